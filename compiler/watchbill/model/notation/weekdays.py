"""Names of weekdays: ``mon`` and ``monday`` are the same."""

from __future__ import annotations

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = "(?:" + "|".join(f"{name}|{name[:3]}" for name in NAMES) + ")"
"""A regular expression for one weekday; longer names come first."""

_NUMBERS = {spelling: number for number, name in enumerate(NAMES) for spelling in (name, name[:3])}


def weekday(name: str) -> int:
    """Return the number of a weekday that ``DAY`` matched: 0 is Monday."""
    return _NUMBERS[name]
