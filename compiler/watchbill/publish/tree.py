"""Publishes a whole output tree at once, or not at all.

The new tree is written beside the old one, in a private folder on the same file system, and then the two change
places in one step (``renameat2`` with ``RENAME_EXCHANGE``). A reader, a full disk or a killed process sees the whole
old tree or the whole new one. Where the file system cannot exchange, two renames do it, and a run that was killed
between them is mended by the next.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from watchbill.publish.contents import LIST, foreign_files, listing
from watchbill.publish.file_system import FileSystem
from watchbill.publish.paths import folders_of


class PublishError(Exception):
    """The output was not published and the previous one is untouched. ``help`` says what to do about it."""

    def __init__(self, message: str, help_text: str) -> None:
        super().__init__(message)
        self.help = help_text


def publish(files: Mapping[str, bytes], target: Path, file_system: FileSystem | None = None) -> None:
    """Put a tree of files (relative POSIX path to bytes) in place of the folder ``target``.

    Files get mode 0644 and folders 0755 whatever the umask. Raises ``PublishError`` if the target is no output of
    Watchbill or cannot be written, and ``UnsafePathError`` for a path that leaves the target.
    """
    folders = folders_of([*files, LIST])
    disk = file_system or FileSystem()
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link must not be followed here
    try:
        _check(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _clean(disk, target)
        with _staging(disk, target) as new:
            for folder in folders:
                disk.make_folder(new / folder)
            for path, data in sorted(files.items()):
                disk.write(new / path, data)
            disk.write(new / LIST, listing(files))
            disk.open_up(new)
            disk.flush(new)
            _put_in_place(disk, new, target)
    except OSError as error:
        raise _explain(error, target) from error


def _check(target: Path) -> None:
    if target.is_symlink():
        where = target.readlink()
        raise PublishError(f"{target} is a symbolic link to {where}", "Name the folder itself with --out.")
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"{target} is a file, not a folder", "Remove it, or name another folder with --out.")
    foreign = foreign_files(target)
    if foreign is None:
        raise PublishError(
            f"{target} is not empty and was not written by watchbill build",
            "Name another folder with --out; the whole folder is replaced by each build.",
        )
    if foreign:
        others = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise PublishError(
            f"{target} holds {foreign[0]!a}{others}, which watchbill build did not write",
            "Move what is not Watchbill's out of the folder; the whole folder is replaced by each build.",
        )


def _new_prefix(target: Path) -> str:
    return f".{target.name}.watchbill-new-"


def _old_prefix(target: Path) -> str:
    return f".{target.name}.watchbill-old-"


def _clean(disk: FileSystem, target: Path) -> None:
    """Remove what killed runs left beside the target; first put back an output that was being replaced."""
    left = sorted(path for path in target.parent.iterdir() if path.name.startswith(_old_prefix(target)))
    if left and not target.exists():
        disk.rename(left.pop(), target)
    left += sorted(path for path in target.parent.iterdir() if path.name.startswith(_new_prefix(target)))
    for folder in left:
        with contextlib.suppress(FileNotFoundError):
            lock = disk.lock(folder)
            if lock is not None:
                try:
                    disk.remove(folder)
                finally:
                    os.close(lock)


@contextlib.contextmanager
def _staging(disk: FileSystem, target: Path) -> Iterator[Path]:
    """Give a private folder beside the target, locked against the cleaning of other runs; remove what is left of it."""
    new = disk.make_private_folder(target.parent, _new_prefix(target))
    try:
        lock = disk.lock(new)
        try:
            yield new
        finally:
            if lock is not None:
                os.close(lock)
    finally:
        # After the exchange this name holds the old tree. What cannot be removed now, the next run removes.
        with contextlib.suppress(OSError):
            disk.remove(new)


def _put_in_place(disk: FileSystem, new: Path, target: Path) -> None:
    if not target.exists():
        disk.rename(new, target)
    elif not disk.exchange(new, target):
        old = disk.make_private_folder(target.parent, _old_prefix(target))
        _replace_in_two_steps(disk, new, target, old)
    with contextlib.suppress(OSError):
        disk.flush_names(target.parent)


def _replace_in_two_steps(disk: FileSystem, new: Path, target: Path, old: Path) -> None:
    disk.rename(target, old)
    try:
        disk.rename(new, target)
    except OSError:
        disk.rename(old, target)
        raise
    with contextlib.suppress(OSError):
        disk.remove(old)


_WAYS_OUT = {
    errno.ENOSPC: ("the disk is full", "Free some space, or name a folder on another disk with --out."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, or name a folder on another disk with --out."),
    errno.EFBIG: ("a file would be larger than the limit of this process", "Raise the limit (ulimit -f)."),
    errno.EMFILE: ("this process has too many open files", "Raise the limit (ulimit -n)."),
    errno.ENFILE: ("the machine has too many open files", "Close some programs and build again."),
    errno.EACCES: ("permission is denied", "Make its parent folder writable, or name another folder with --out."),
    errno.EPERM: ("it is not permitted", "Make its parent folder writable, or name another folder with --out."),
    errno.EROFS: ("the file system is read-only", "Name a folder on a writable file system with --out."),
    errno.EBUSY: ("it is in use, perhaps as a mount point", "Name a folder inside the mounted one with --out."),
    errno.EXDEV: ("it is a mount point", "Name a folder inside the mounted one with --out."),
    errno.ENAMETOOLONG: ("its name is too long", "Name a folder with a shorter path with --out."),
    errno.ENOENT: (
        "no folder can be made beside it, or it was removed while it was written",
        "Build again, one build at a time, or name another folder with --out.",
    ),
    errno.EEXIST: ("a part of its path is a file", "Name another folder with --out."),
    errno.ENOTDIR: ("a part of its path is a file", "Name another folder with --out."),
}


def _explain(error: OSError, target: Path) -> PublishError:
    reason, help_text = _WAYS_OUT.get(
        error.errno or 0, (error.strerror or "the system refused", "Name another folder with --out.")
    )
    return PublishError(f"{target} cannot be written: {reason}", help_text)
