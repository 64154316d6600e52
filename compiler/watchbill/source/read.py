"""Reads a whole tree: every file to a document, or to findings that say why not."""

from __future__ import annotations

from watchbill.findings import Finding, Level, Place
from watchbill.source.documents import Data, Document, Reading
from watchbill.source.limits import FILE_BYTES, Limits
from watchbill.source.plain_files import PlainFiles
from watchbill.source.problems import findings
from watchbill.source.tree import Tree


def read(tree: Tree, limits: Limits | None = None, parsed: dict[bytes, Data] | None = None) -> Reading:
    """Return the documents of ``tree``, the files that could not be read, and what was wrong with them.

    Reading never stops at the first problem. Only where the whole tree is over a limit is nothing read: then there is
    one finding and no document. ``parsed`` holds the data of whole files by their bytes; it is looked at before a file
    is parsed, and grows.

    Raises ``TreeError`` if there is no tree to read.
    """
    limits = limits or Limits()
    listing = tree.list(limits.files)
    if listing.too_many:
        return Reading(documents=(), unreadable=(), findings=(_too_many_files(limits),))
    found = list(listing.findings)
    documents: list[Document] = []
    unreadable: list[str] = []
    plain = PlainFiles()
    total = 0
    for path, content in tree.contents(listing.files, FILE_BYTES):
        if isinstance(content, Finding):
            unreadable.append(path)
            found.append(content)
            continue
        total += len(content)
        if total > limits.total_bytes:
            return Reading(documents=(), unreadable=listing.files, findings=(_too_large(limits),))
        if parsed is not None and content in parsed:
            documents.append(Document(path=path, data=parsed[content]))
            continue
        document, problems = _document(path, content, plain)
        found += problems
        if document is None:
            unreadable.append(path)
        else:
            documents.append(document)
            if parsed is not None and not isinstance(document.data, bytes):
                parsed[content] = document.data
    return Reading(documents=tuple(documents), unreadable=tuple(unreadable), findings=tuple(sorted(found, key=_order)))


def _document(path: str, content: bytes, plain: PlainFiles) -> tuple[Document | None, list[Finding]]:
    if path.endswith(".ics"):
        return Document(path=path, data=content), []
    quick = plain.read(content)
    if quick is not None:
        return Document(path=path, data=quick), []
    # Many repositories hold plain files alone, and need no libyaml.
    from watchbill.source.strict_yaml import parse

    data, problems = parse(content)
    if problems:
        return None, findings(path, problems)
    return Document(path=path, data=data), []


def _order(finding: Finding) -> tuple[str, int, int, str]:
    mark = finding.place.mark
    return finding.place.file, mark.line if mark else 0, mark.column if mark else 0, finding.rule


def _too_many_files(limits: Limits) -> Finding:
    return Finding(
        rule="too-many-files",
        level=Level.ERROR,
        place=Place(file="."),
        message=f"the repository has more than {limits.files:,} files and folders in schedules, policies and incidents",
        help="Move what is not configuration elsewhere, or gather many small files in one.",
    )


def _too_large(limits: Limits) -> Finding:
    megabytes = limits.total_bytes / (1024 * 1024)
    return Finding(
        rule="repository-too-large",
        level=Level.ERROR,
        place=Place(file="."),
        message=f"the files in schedules, policies and incidents are together larger than {megabytes:,.6g} MB",
        help="Move what is not configuration elsewhere; old incident records can live in an archive repository.",
    )
