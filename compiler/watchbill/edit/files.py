"""The files of a repository while they are edited: their texts as they are now, and what has become of them."""

from __future__ import annotations

from watchbill.edit.refusals import EditRefusedError
from watchbill.findings import Finding
from watchbill.model.kinds import BY_NAME, Location, locate
from watchbill.records import dataclass
from watchbill.source.file_names import LONGEST_NAME
from watchbill.source.limits import FILE_BYTES
from watchbill.source.strict_yaml import parse
from watchbill.source.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One file before and after an edit; ``before`` is ``None`` for a new file."""

    path: str
    before: bytes | None
    after: bytes


class Files:
    """The files of a tree, with edits on top. Texts have line feeds alone; a file of ``\\r\\n`` gets them back."""

    def __init__(self, tree: Tree, at_most: int) -> None:
        self._tree = tree
        self.paths = tree.list(at_most).files
        self._before: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}

    def text(self, path: str) -> str:
        """Return the present text of a file. Raises ``EditRefusedError`` if it is none that the reader accepts."""
        if path not in self._texts:
            content = next(iter(self._tree.contents([path], FILE_BYTES)))[1]
            problem = content.message if isinstance(content, Finding) else ""
            if not isinstance(content, Finding):
                problems = parse(content)[1]
                problem = problems[0].message if problems else ""
            if problem or isinstance(content, Finding):
                raise EditRefusedError(
                    f"{path} cannot be read: {problem}", "Mend it first; `watchbill check` says where."
                )
            self._before[path] = content
            self._texts[path] = content.decode().replace("\r\n", "\n")
        return self._texts[path]

    def put(self, path: str, text: str) -> None:
        """Give a file a new text; a path that is not there yet is a new file."""
        self._texts[path] = text

    def has(self, path: str) -> bool:
        """Say whether a file is there, or has been made."""
        return path in self._texts or path in self.paths

    def changes(self) -> tuple[FileChange, ...]:
        """Return what has changed so far, in order of path."""
        found = []
        for path, text in sorted(self._texts.items()):
            before = self._before.get(path)
            ends = before is not None and b"\r\n" in before
            after = (text.replace("\n", "\r\n") if ends else text).encode()
            if after != before:
                found.append(FileChange(path=path, before=before, after=after))
        return tuple(found)

    def home_of(self, kind: str, name: str) -> tuple[str, tuple[str, ...]]:
        """Return where a new thing of a kind belongs, and the data path of its body there.

        If the repository keeps that kind in one file, that is the place; otherwise a file of its own.
        """
        home = BY_NAME[kind].home
        if BY_NAME[kind].collection and self.has(f"{home}.yaml"):
            return f"{home}.yaml", (name,)
        return f"{home}/{name}.yaml", ()

    def listed_under(self, kind: str, name: str) -> str | None:
        """Return the file of a kind that is named after an id, in whatever folder, if there is one."""
        for path in self.paths:
            location = locate(path)
            if isinstance(location, Location) and location.kind.name == kind and location.id == name:
                return path
        return None

    def free_path(self, kind: str, stem: str) -> str:
        """Return a path for a new file of a kind, one that no file has: the stem, with a number if it is taken."""
        home, stem = BY_NAME[kind].home, stem[: LONGEST_NAME - 4].strip("-")
        taken = {path.rpartition("/")[2] for path in (*self.paths, *self._texts)}
        names = (f"{stem}.yaml", *(f"{stem}-{number}.yaml" for number in range(2, len(taken) + 3)))
        return f"{home}/{next(name for name in names if name not in taken)}"
