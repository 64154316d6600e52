"""A commit as a tree: read from git's objects, without a working tree and without the index.

Everything that a stranger could have committed is met as in a folder: links, submodules, odd names and large files are
findings. Names go to git nowhere: blobs are asked for by the ids of their objects, all through one process.
"""

from __future__ import annotations

import os
import stat
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, cast

from watchbill.findings import Finding
from watchbill.source import obstacles
from watchbill.source.git_commands import GitError, command, commit_of, environment, prefix_of
from watchbill.source.limits import DEPTH
from watchbill.source.tree import FOLDERS, Listing, TreeError
from watchbill.source.walk import Walk

_AT_A_TIME = 64
"""Blobs asked for before the answers are read: the ids fit into a pipe, so that nobody waits for ever."""

_COMMIT = "commit"
_FOLDER = "tree"


class _Entry(NamedTuple):
    """One line of ``git ls-tree``: mode, type, id and size of an object."""

    mode: int
    kind: str
    oid: str
    size: int


class GitTree:
    """The three folders of a repository as they are in a commit. Use it with ``with``: it keeps a process of git.

    ``repository`` is the folder that would hold the three folders, in or below the top of a clone; ``commit`` is the id
    of the commit that ``revision`` means. Raises ``GitError`` if there is no such commit.
    """

    def __init__(self, repository: Path, revision: str) -> None:
        self.repository = repository
        self.commit = commit_of(repository, revision)
        self._prefix = prefix_of(repository)
        self._blobs: dict[str, _Entry] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> GitTree:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process of git, if one was needed."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def list(self, at_most: int) -> Listing:
        """Return the files of the three folders, sorted by path."""
        entries = self._entries(at_most)
        if entries is None:
            return Listing(files=(), findings=(), too_many=True)
        if not entries:
            raise TreeError(
                f"the commit {self.commit[:12]} has no folder schedules, policies or incidents",
                "Name a commit in which the roster repository is there already.",
            )
        walk = _Walk(entries)
        walk.top()
        self._blobs = {path: entry for path, entry in entries.items() if stat.S_ISREG(entry.mode)}
        return Listing(files=tuple(sorted(walk.files)), findings=tuple(walk.findings))

    def contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        """Yield the bytes of each path in order, or the finding why it cannot be read."""
        if not self._blobs:
            with suppress(TreeError):
                self.list(1 << 30)
        for first in range(0, len(paths), _AT_A_TIME):
            yield from self._some_contents(paths[first : first + _AT_A_TIME], at_most)

    def _some_contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        entries = [self._blobs.get(path) for path in paths]
        wanted = [entry is not None and entry.size <= at_most for entry in entries]
        answers = iter(self._read([entry.oid for entry, want in zip(entries, wanted, strict=True) if entry and want]))
        for path, entry, want in zip(paths, entries, wanted, strict=True):
            if entry is None:
                yield path, obstacles.unreadable(path, None)
            elif not want:
                yield path, obstacles.file_too_large(path, entry.size, at_most)
            else:
                data = next(answers)
                yield path, obstacles.unreadable(path, None) if data is None else data

    def _read(self, oids: Sequence[str]) -> tuple[bytes | None, ...]:
        """Return the bytes of blobs, ``None`` for one that this clone does not hold.

        All answers are taken at once, so that the next question is never answered with what was left of this one.
        """
        if not oids:
            return ()
        if self._process is None:
            self._process = _start(self.repository, "cat-file", "--batch")
        asked, answered = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        asked.write("".join(f"{oid}\n" for oid in oids).encode("ascii"))
        asked.flush()
        return tuple(_answer(answered) for _ in oids)

    def _entries(self, at_most: int) -> dict[str, _Entry] | None:
        """Return all entries below the three folders by path, ``None`` if there are too many."""
        asked = [f"{self._prefix}{folder}" for folder in FOLDERS]
        process = _start(self.repository, "ls-tree", "-r", "-t", "-l", "-z", "--full-tree", self.commit, *asked)
        found: dict[str, _Entry] = {}
        try:
            for raw in _records(cast("IO[bytes]", process.stdout)):
                path, entry = _parsed(raw)
                if not path.startswith(self._prefix) or path == self._prefix.removesuffix("/"):
                    continue
                below = path[len(self._prefix) :]
                if below.partition("/")[0] in FOLDERS:
                    found.setdefault(below, entry)
                if len(found) > at_most + len(FOLDERS):
                    return None
            if process.wait() != 0:
                raise GitError(
                    f"git cannot read the folders of the commit {self.commit[:12]}",
                    "If this is a partial clone, fetch the rest with `git fetch --refetch`; otherwise run `git fsck`.",
                )
        finally:
            _end(process)
        return found


def _answer(stream: IO[bytes]) -> bytes | None:
    """Return the next object that ``git cat-file --batch`` gives: a line that tells its type and size, then itself."""
    head = stream.readline().split()
    if not head:
        raise GitError("git stopped in the middle of its answer", "Run `git fsck`, then try again.")
    if len(head) != 3:
        return None
    data = stream.read(int(head[2]) + 1)
    return data[:-1] if head[1] == b"blob" else None


def _parsed(raw: bytes) -> tuple[str, _Entry]:
    facts, _, name = raw.partition(b"\t")
    mode, kind, oid, size = facts.decode("ascii").split()
    return os.fsdecode(name), _Entry(int(mode, 8), kind, oid, int(size) if size.isdigit() else 0)


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what lies between null bytes."""
    left = b""
    while piece := stream.read(1 << 16):
        *whole, left = (left + piece).split(b"\0")
        yield from whole


class _Walk(Walk):
    """Walks the entries of a commit as ``DirectoryTree`` walks folders, with the same findings."""

    def __init__(self, entries: dict[str, _Entry]) -> None:
        super().__init__()
        self._entries = entries
        self._names: dict[str, list[str]] = defaultdict(list)
        for path in entries:
            folder, _, name = path.rpartition("/")
            self._names[folder].append(name)

    def top(self) -> None:
        """Walk the three folders."""
        for folder in FOLDERS:
            entry = self._entries.get(folder)
            if entry is None:
                continue
            if stat.S_ISLNK(entry.mode):
                self.findings.append(obstacles.symlink(folder))
            elif entry.kind == _COMMIT:
                self.findings.append(obstacles.submodule(folder))
            elif entry.kind != _FOLDER:
                self.findings.append(obstacles.unexpected(folder))
            else:
                self._enter(folder)

    def _enter(self, folder: str) -> None:
        """Walk a folder; at most ``DEPTH`` folders deep, so recursion is bounded."""
        if folder.count("/") >= DEPTH:
            self.findings.append(obstacles.folders_too_deep(folder))
            return
        names = set(self._names[folder])
        for name in sorted(names):
            self._entry(f"{folder}/{name}", names)

    def _entry(self, path: str, names: set[str]) -> None:
        entry = self._entries[path]
        if stat.S_ISLNK(entry.mode):
            self.findings.append(obstacles.symlink(path))
        elif entry.kind == _COMMIT:
            self.findings.append(obstacles.submodule(path))
        elif entry.kind == _FOLDER:
            if self.may_enter(path, names):
                self._enter(path)
        else:
            self.add(path, names)


def _start(directory: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - no shell, and only ids of objects and the three folders
        command(*arguments),
        cwd=directory,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process that only reads, and close what leads to it."""
    process.kill()
    with suppress(OSError):
        process.communicate()
