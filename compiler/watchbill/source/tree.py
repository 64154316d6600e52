"""The confined walk: which files of a repository are read, and their bytes.

A repository may come from a stranger's pull request. So every folder and file is opened relative to the folder above
it, without following a symbolic link at any step, and only regular files are read; everything else is a finding.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Protocol

from watchbill.findings import Finding
from watchbill.records import dataclass
from watchbill.source import obstacles
from watchbill.source.limits import DEPTH
from watchbill.source.walk import Walk

FOLDERS = ("incidents", "policies", "schedules")
"""The folders that are read, in order."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK the opening of a FIFO would wait for a writer for ever.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class TreeError(Exception):
    """There is nothing to read: the message says what is missing, ``help`` what to do."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.help = way_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a tree holds: the paths of files to read, sorted, and what stands in the way.

    ``too_many`` says that the listing was given up because there are more entries than allowed.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    too_many: bool = False


class Tree(Protocol):
    """A repository as reading sees it: a folder on disk, or a commit."""

    def list(self, at_most: int) -> Listing:
        """Return the files of the three folders. Raises ``TreeError`` if there are none of these folders."""
        ...

    def contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        """Yield the bytes of each path in order, or the finding why it cannot be read (or is over ``at_most``)."""
        ...


class DirectoryTree:
    """A repository in a folder on disk.

    The root itself may be reached through links: the user names it. Nothing below it may.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def list(self, at_most: int) -> Listing:
        """Return the files of the three folders, sorted by path."""
        with self._open_root() as root:
            there = [folder for folder in FOLDERS if _exists(root, folder)]
        if not there:
            raise TreeError(
                f"{self.root} has no folder schedules, policies or incidents",
                "Run Watchbill in the folder of your roster repository, or start one with `watchbill init`.",
            )
        return self.below(there, at_most)

    def below(self, folders: Sequence[str], at_most: int) -> Listing:
        """Return the files below some folders of the root, sorted by path."""
        walk = _Walk(at_most)
        with self._open_root() as root:
            for folder in folders:
                walk.enter(root, folder, folder)
        return Listing(files=tuple(sorted(walk.files)), findings=tuple(walk.findings), too_many=walk.too_many)

    def contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        """Yield the bytes of each path in order, or the finding why it cannot be read."""
        with self._open_root() as root:
            for folder, group in groupby(paths, key=lambda path: path.rpartition("/")[0]):
                yield from _folder_contents(root, folder, group, at_most)

    @contextmanager
    def _open_root(self) -> Iterator[int]:
        try:
            opened = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            reason = (error.strerror or "cannot be opened").lower()
            raise TreeError(
                f"the folder {self.root} cannot be read: {reason}", "Name a folder that exists and that you may read."
            ) from error
        try:
            yield opened
        finally:
            os.close(opened)


class _Walk(Walk):
    """One walk over the three folders; gives up when it has seen too many entries."""

    def __init__(self, at_most: int) -> None:
        super().__init__()
        self.too_many = False
        self._left = at_most

    def enter(self, parent: int, name: str, path: str) -> None:
        """Walk a folder; at most ``DEPTH`` folders deep, so recursion is bounded."""
        if path.count("/") >= DEPTH:
            self.findings.append(obstacles.folders_too_deep(path))
            return
        try:
            opened = os.open(name, _FOLDER, dir_fd=parent)
        except OSError as error:
            self.findings.append(_why_not(parent, name, path, error))
            return
        try:
            self._entries(opened, path)
        except OSError as error:
            self.findings.append(obstacles.unreadable(path, error))
        finally:
            os.close(opened)

    def _entries(self, folder: int, path: str) -> None:
        with os.scandir(folder) as scan:
            entries = []
            for entry in scan:
                self._left -= 1
                if self._left < 0:
                    self.too_many = True
                    return
                entries.append(entry)
        if path.count("/") and any(entry.name == ".git" for entry in entries):
            self.findings.append(obstacles.submodule(path))
            return
        names = {entry.name for entry in entries}
        for entry in sorted(entries, key=lambda entry: entry.name):
            if self.too_many:
                return
            self._entry(folder, entry, f"{path}/{entry.name}", names)

    def _entry(self, folder: int, entry: os.DirEntry[str], path: str, names: set[str]) -> None:
        if entry.is_symlink():
            self.findings.append(obstacles.symlink(path))
        elif entry.is_dir(follow_symlinks=False):
            if self.may_enter(path, names):
                self.enter(folder, entry.name, path)
        elif not entry.is_file(follow_symlinks=False):
            self.findings.append(obstacles.special_file(path, entry.stat(follow_symlinks=False).st_mode))
        else:
            self.add(path, names)


def _exists(root: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=root, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _folder_contents(
    root: int, folder: str, paths: Iterator[str], at_most: int
) -> Iterator[tuple[str, bytes | Finding]]:
    try:
        opened = _open_folder(root, folder)
    except OSError as error:
        for path in paths:
            yield path, obstacles.unreadable(path, error)
        return
    try:
        for path in paths:
            yield path, _content(opened, path, at_most)
    finally:
        os.close(opened)


def _open_folder(root: int, folder: str) -> int:
    """Open a folder below ``root``, one step at a time, none of them a link."""
    opened = os.dup(root)
    for step in folder.split("/") if folder else ():
        if step in ("", ".", ".."):
            os.close(opened)
            raise FileNotFoundError(f"no folder: {folder!a}")
        try:
            below = os.open(step, _FOLDER, dir_fd=opened)
        finally:
            os.close(opened)
        opened = below
    return opened


def _content(folder: int, path: str, at_most: int) -> bytes | Finding:
    name = path.rpartition("/")[2]
    try:
        opened = os.open(name, _FILE, dir_fd=folder)
    except (OSError, ValueError) as error:
        return _why_not(folder, name, path, error) if isinstance(error, OSError) else obstacles.unreadable(path, None)
    try:
        status = os.fstat(opened)
        if not stat.S_ISREG(status.st_mode):
            return obstacles.special_file(path, status.st_mode)
        content = _read(opened, min(status.st_size, at_most))
    except OSError as error:
        return obstacles.unreadable(path, error)
    finally:
        os.close(opened)
    return content if len(content) <= at_most else obstacles.file_too_large(path, status.st_size, at_most)


def _read(opened: int, size: int) -> bytes:
    """Return the content of an open file that is said to have ``size`` bytes; at most one byte more if it has grown.

    One call is enough for a file as long as it is said to be: the byte more that was asked for was not there.
    """
    content = os.read(opened, size + 1)
    while len(content) < size and (more := os.read(opened, size + 1 - len(content))):
        content += more
    return content


def _why_not(parent: int, name: str, path: str, error: OSError) -> Finding:
    """Return the finding for a name that could not be opened: a link where a file or folder was meant, or no right."""
    try:
        mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    except OSError:
        return obstacles.unreadable(path, error)
    if stat.S_ISLNK(mode):
        return obstacles.symlink(path)
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return obstacles.special_file(path, mode)
    if path in FOLDERS and stat.S_ISREG(mode):
        return obstacles.unexpected(path)
    return obstacles.unreadable(path, error)
