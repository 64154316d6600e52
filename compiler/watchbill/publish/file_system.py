"""The file-system calls that publishing makes, in one place, so that a test can let any of them fail."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""What published files and folders get, whatever the umask: a web server must be able to read them."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


class FileSystem:
    """The real calls. Every method may raise ``OSError``."""

    def make_private_folder(self, parent: Path, prefix: str) -> Path:
        """Make a new folder with a name that nobody else uses, readable by its owner only."""
        return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))

    def make_folder(self, path: Path) -> None:
        """Make one folder."""
        path.mkdir()
        path.chmod(FOLDER_MODE)

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file."""
        with path.open("xb") as stream:
            stream.write(data)
            os.fchmod(stream.fileno(), FILE_MODE)

    def open_up(self, path: Path) -> None:
        """Make a finished private folder readable for everybody."""
        path.chmod(FOLDER_MODE)

    def flush(self, folder: Path) -> None:
        """Bring what was written to the disk, so that a power cut after the exchange cannot leave empty files."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            syncfs = getattr(_libc(), "syncfs", None)
            if syncfs is None:
                os.sync()
            elif syncfs(descriptor) != 0:
                raise _os_error(folder)
        finally:
            os.close(descriptor)

    def flush_names(self, folder: Path) -> None:
        """Bring the names in a folder to the disk."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two existing names change places in one step. Returns whether this file system can do that."""
        renameat2 = getattr(_libc(), "renameat2", None)
        if renameat2 is None:
            return False
        if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
            return True
        if ctypes.get_errno() in _NO_EXCHANGE:
            return False
        raise _os_error(other)

    def rename(self, old: Path, new: Path) -> None:
        """Give a folder a new name that is free."""
        old.rename(new)

    def remove(self, folder: Path) -> None:
        """Remove a folder with everything in it."""
        shutil.rmtree(folder)

    def lock(self, folder: Path) -> int | None:
        """Lock a folder for this process and return the descriptor to close.

        ``None`` if another process has it, or if this file system has no locks.
        """
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _os_error(path: Path) -> OSError:
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code), str(path))
