"""Writes one file whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from watchbill.publish.file_system import FILE_MODE


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place of what has its name, in one step; the folders above it are made if they are missing.

    A reader sees the old file or the new one, and where the disk is full the old one stays. A link is replaced and not
    followed. What is no file, such as ``/dev/stdout`` or a pipe, is written to. Raises ``OSError``.
    """
    if _is_a_stream(path):
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor has no path
            stream.write(data)
            stream.flush()
            os.fchmod(descriptor, FILE_MODE)
            os.fsync(descriptor)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _is_a_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
