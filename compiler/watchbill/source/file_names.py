"""Which names files and folders may have, so that every file system and every sink can carry them."""

from __future__ import annotations

import re
from enum import Enum

LONGEST_NAME = 100
"""Characters of a file name without its ending."""

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)
_CALENDARS = ("schedules/time-off/", "schedules/holidays/")

# Windows cannot check out a file of these names, whatever its ending.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


class Fate(Enum):
    """What becomes of a file: it is read, passed over, or a finding."""

    READ = "read"
    IGNORE = "ignore"
    ODD_NAME = "odd name"
    UNEXPECTED = "unexpected"


def reserved(name: str) -> bool:
    """Return whether Windows reserves the name, whatever its ending."""
    return name.partition(".")[0].lower() in _RESERVED


def stem_fits(stem: str) -> bool:
    """Return whether a name without its ending is one: lower-case words and numbers, with hyphens between."""
    return len(stem) <= LONGEST_NAME and not reserved(stem) and _STEM.match(stem) is not None


def folder_fits(name: str) -> bool:
    """Return whether a folder may have this name."""
    return stem_fits(name)


def fate_of(path: str) -> Fate:
    """Return what becomes of a regular file.

    ``README.md`` is for people, and a name that starts with a dot (``.gitkeep``) for other programs; but a hidden
    ``.yaml`` file is configuration that would be left out without a word.
    """
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if name == "README.md" or (name.startswith(".") and ending.lower() not in ("yaml", "yml")):
        return Fate.IGNORE
    readable = ending == "yaml" or (ending == "ics" and path.startswith(_CALENDARS))
    if dot and readable and stem_fits(stem):
        return Fate.READ
    if dot and (readable or ending.lower() == "yaml"):
        return Fate.ODD_NAME
    return Fate.UNEXPECTED
