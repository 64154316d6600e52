"""Files that a user names, outside of the three folders: single files, and folders with all YAML files below them.

Who names a path may reach it through links; nothing below a folder may be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from watchbill.findings import Finding
from watchbill.records import dataclass
from watchbill.source.tree import DirectoryTree, Listing, TreeError


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFiles:
    """A tree of the files that are meant by some paths, by the names under which they are shown."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, tuple[DirectoryTree, str]] = field(default_factory=dict)
    too_many: bool = False

    def list(self, at_most: int) -> Listing:
        """Return the files, sorted by the names under which they are shown."""
        return Listing(files=self.files, findings=self.findings, too_many=self.too_many or len(self.files) > at_most)

    def contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        """Yield the bytes of each file in order, or the finding why it cannot be read."""
        for path in paths:
            if path not in self.places:
                continue
            folder, name = self.places[path]
            for _, content in folder.contents([name], at_most):
                yield path, _moved(content, path) if isinstance(content, Finding) else content


def named_files(paths: Sequence[Path], at_most: int) -> NamedFiles:
    """Return the files that some paths mean. Raises ``TreeError`` if there is nothing at one of them."""
    places: dict[str, tuple[DirectoryTree, str]] = {}
    findings: list[Finding] = []
    too_many = False
    for path in paths:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            raise TreeError(
                f"there is no file or folder {path.as_posix()!a}", "Name a file or a folder that exists."
            ) from error
        root, name = DirectoryTree(real.parent), real.name
        if not real.is_dir():
            # A file that is named is read whatever its name.
            places[path.as_posix()] = root, name
            continue
        listing = root.below([name], at_most)
        places |= {_shown(path, file): (root, file) for file in listing.files if file.endswith(".yaml")}
        findings += [_moved(finding, _shown(path, finding.place.file)) for finding in listing.findings]
        too_many = too_many or listing.too_many
    return NamedFiles(files=tuple(sorted(places)), findings=tuple(findings), places=places, too_many=too_many)


def files_below(root: Path, folder: str, at_most: int) -> NamedFiles:
    """Return the files of one folder of a repository, which may itself be no link; shown from its root."""
    tree = DirectoryTree(root)
    listing = tree.below([folder], at_most)
    places = {file: (tree, file) for file in listing.files if file.endswith(".yaml")}
    return NamedFiles(files=tuple(sorted(places)), findings=listing.findings, places=places, too_many=listing.too_many)


def _shown(path: Path, file: str) -> str:
    """Return how a file below a named folder is shown; ``file`` begins with the real name of that folder."""
    return (path / file.partition("/")[2]).as_posix()


def _moved(finding: Finding, shown: str) -> Finding:
    return replace(finding, place=finding.place._replace(file=shown))
