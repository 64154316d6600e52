"""Every limit on the size of a repository, in one place.

A limit is checked before the work that it bounds: a file is not parsed, a roster not expanded, to learn that it is
too large. ``Limits()`` is for one's own repository, ``UNTRUSTED`` for pull requests from strangers.
"""

from __future__ import annotations

from watchbill.records import dataclass

FILE_BYTES = 256 * 1024
"""The size of one file; the same for everybody, because a file that large is not written by hand."""

DEPTH = 24
"""How deep lists and mappings may be nested in a file, and folders in the repository."""

SCALAR_CHARACTERS = 8 * 1024
"""The length of one text (a key, a name, a paragraph)."""

INTEGER_DIGITS = 15
"""Digits of a plain integer; a longer one stays text. 15 digits are exact in every JSON reader (below 2**53)."""

PROBLEMS_PER_FILE = 20
"""Findings of the reader about one file; one more would help nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a whole repository may hold. ``shifts`` bounds what a roster expands to, all schedules together."""

    files: int = 200_000
    total_bytes: int = 512 * 1024 * 1024
    shifts: int = 5_000_000


UNTRUSTED = Limits(files=20_000, total_bytes=64 * 1024 * 1024, shifts=500_000)
"""For a repository that a stranger may have changed: a pull request."""
