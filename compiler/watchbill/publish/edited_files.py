"""Writes edited files of a repository: each in one step, all or none, and never through a link.

The new contents are written beside the files first. Then each takes the place of its file; if one cannot, those that
were replaced get their old contents back.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from watchbill.publish.paths import UnsafePathError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class EditedFile(Protocol):
    """A file before and after an edit: its path below the repository, with ``/``; ``before`` is ``None`` if new."""

    @property
    def path(self) -> str: ...  # noqa: D102 - told by the class

    @property
    def before(self) -> bytes | None: ...  # noqa: D102

    @property
    def after(self) -> bytes: ...  # noqa: D102


class WritingError(Exception):
    """Nothing was written. ``help`` says what to do about it."""

    def __init__(self, message: str, help_text: str) -> None:
        super().__init__(message)
        self.help = help_text


def put_in_place(root: Path, files: Sequence[EditedFile]) -> None:
    """Write edited files below a folder, all or none.

    Raises ``WritingError`` if a file is no longer what it was when it was read, or cannot be written, and
    ``UnsafePathError`` for a path that leaves the folder.
    """
    staged: list[_Staged] = []
    done: list[_Staged] = []
    complete = False
    try:
        for file in files:
            staged.append(_Staged(root, file))
            staged[-1].write()
        for each in staged:
            each.replace()
            done.append(each)
        complete = True
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        where = str(error.filename or root)
        raise WritingError(f"{where} cannot be written: {reason}", "Nothing was changed.") from error
    except _ChangedError as changed:
        raise WritingError(
            f"{changed} has changed while the command was running", "Nothing was written; run the command again."
        ) from changed
    finally:
        # Whoever stops the command does not want half of it either.
        for each in () if complete else done:
            each.restore()
        for each in staged:
            each.clean()


class _ChangedError(Exception):
    """A file is not what it was."""


class _Staged:
    """One file, and its new contents beside it once they are written."""

    def __init__(self, root: Path, file: EditedFile) -> None:
        self._root, self._file = root, file
        if not {"", ".", ".."}.isdisjoint(file.path.split("/")):
            raise UnsafePathError(f"{file.path!a} is no plain relative path")
        self._folder, _, self._name = file.path.rpartition("/")
        self._new = f".{self._name}.{secrets.token_hex(6)}"

    def write(self) -> None:
        """Write the new contents beside the file. Raises ``OSError`` if that cannot be done."""
        with self._opened(make=True) as folder:
            _write(folder, self._new, self._file.after, _mode(folder, self._name))

    def replace(self) -> None:
        """Let the new contents take the place of the file, if it is still as it was read."""
        with self._opened() as folder:
            if _read(folder, self._name) != self._file.before:
                raise _ChangedError(self._file.path)
            os.rename(self._new, self._name, src_dir_fd=folder, dst_dir_fd=folder)
            os.fsync(folder)

    def restore(self) -> None:
        """Put back what was there."""
        with suppress(OSError), self._opened() as folder:
            if self._file.before is None:
                os.unlink(self._name, dir_fd=folder)
            else:
                _write(folder, self._new, self._file.before, _mode(folder, self._name))
                os.rename(self._new, self._name, src_dir_fd=folder, dst_dir_fd=folder)

    def clean(self) -> None:
        """Remove what was written beside the file, if it is still there."""
        with suppress(OSError), self._opened() as folder:
            os.unlink(self._new, dir_fd=folder)

    @contextmanager
    def _opened(self, *, make: bool = False) -> Iterator[int]:
        opened = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for step in filter(None, self._folder.split("/")):
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(step, dir_fd=opened)
                below = os.open(step, _FOLDER, dir_fd=opened)
                os.close(opened)
                opened = below
            yield opened
        finally:
            os.close(opened)


def _mode(folder: int, name: str) -> int:
    """Return the rights of a file; those that the system gives to a new one if it is not there."""
    try:
        return stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _write(folder: int, name: str, data: bytes, mode: int) -> None:
    with open(os.open(name, _NEW, 0o600, dir_fd=folder), "wb") as stream:  # noqa: PTH123 - relative to a folder
        stream.write(data)
        stream.flush()
        os.fchmod(stream.fileno(), mode)
        os.fsync(stream.fileno())


def _read(folder: int, name: str) -> bytes | None:
    try:
        opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        return None
    with open(opened, "rb") as stream:  # noqa: PTH123
        return stream.read() if stat.S_ISREG(os.fstat(opened).st_mode) else None
