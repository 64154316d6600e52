"""The example organisation of this repository, compiled at a given time."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from watchbill.compilation import Compilation
from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree

ROOT = Path(__file__).parents[1]
FOLDERS = ("schedules", "policies", "incidents")
BERLIN = "Europe/Berlin"
FIRST_MONDAY = date(2026, 11, 23)
LAST_MONDAY = date(2028, 12, 25)
DAY = 86_400
WEEK = 7 * DAY


def instant(text: str, zone: str = BERLIN) -> int:
    """Return UTC seconds of a local time such as ``2026-11-23 09:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


NOW = instant("2026-11-23 09:00")


@cache
def on(day: date) -> Compilation:
    """Return the organisation compiled at 09:00 in Berlin on a day."""
    return compile_tree(DirectoryTree(ROOT), now=instant(f"{day} 09:00"))


@cache
def whole() -> Compilation:
    """Return the organisation compiled at ``NOW``, with holders from the first turn until the end of 2028."""
    everything = (instant("2026-01-12 00:00"), instant("2029-01-01 00:00"))
    return compile_tree(DirectoryTree(ROOT), now=NOW, demanded=(everything,))
