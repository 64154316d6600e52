"""Which paths an output tree may hold: relative, plain, and different on every file system."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"[A-Za-z0-9._-]{1,255}")


class UnsafePathError(ValueError):
    """An output path that must not be written; a mistake in Watchbill, never in a repository."""


def folders_of(paths: Iterable[str]) -> list[str]:
    """Return the folders that these files need, parents first.

    Raises ``UnsafePathError`` for an absolute path, a part that is empty, ``.`` or ``..`` or holds anything but ASCII
    letters, digits, dot, hyphen and underscore; for two paths that differ in case only; and for a path that is both
    a file and a folder.
    """
    folders: set[str] = set()
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        if not all(_PART.fullmatch(part) and part not in (".", "..") for part in parts):
            raise UnsafePathError(f"{path!a} is no plain relative path")
        parents = ["/".join(parts[:end]) for end in range(1, len(parts))]
        folders.update(parents)
        for each in (*parents, path):
            if seen.setdefault(each.casefold(), each) != each:
                raise UnsafePathError(f"{path} and {seen[each.casefold()]} differ in upper and lower case only")
        if path in folders:
            raise UnsafePathError(f"{path} is both a file and a folder")
    both = folders.intersection(paths)
    if both:
        raise UnsafePathError(f"{min(both)} is both a file and a folder")
    return sorted(folders)
