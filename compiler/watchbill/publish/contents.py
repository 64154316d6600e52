"""What an output folder holds: a list of its files beside them, so that nothing else is ever deleted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

LIST = ".watchbill-build"
"""The name of the list. A folder without it is not ours."""

_HEADING = "# Written by watchbill build, which replaces this whole folder. Its files:\n"
_LEFT_BY_FILE_MANAGERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def listing(paths: Iterable[str]) -> bytes:
    """Return the list of an output's files."""
    return (_HEADING + "".join(f"{path}\n" for path in sorted(paths))).encode()


def foreign_files(folder: Path) -> list[str] | None:
    """Return the files in an output folder that Watchbill did not write; ``None`` if the folder has no list.

    An empty folder has no foreign files. Raises ``OSError`` if the folder cannot be read.
    """
    try:
        text = (folder / LIST).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None if any(folder.iterdir()) else []
    except IsADirectoryError:
        return None
    if not text.startswith(_HEADING):
        return None
    ours = {LIST, *text.removeprefix(_HEADING).splitlines()}
    return sorted(path for path in _files(folder) if path not in ours and Path(path).name not in _LEFT_BY_FILE_MANAGERS)


def _files(folder: Path) -> Iterator[str]:
    """Yield everything below a folder that is no folder itself, without following links."""
    pending = [""]
    while pending:
        inside = pending.pop()
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                path = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                else:
                    yield path
