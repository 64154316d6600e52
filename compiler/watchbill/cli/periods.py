"""What ``--period``, ``--last`` and ``--next`` mean: whole days, first one included, last one not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import click

Days = tuple[date, date]
"""The first day, and the day after the last."""

_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_LENGTH = re.compile(r"([0-9]{1,4}) ?(d|w|days?|weeks?)")
_LONGEST = 366 * 10
_HOW = "Write a year (2026), a quarter (2026-Q4), a month (2026-12), a week (2026-W49) or 2026-10-01..2026-12-31."


def named(text: str) -> Days:
    """Return the days of a year, quarter, month, ISO week, or of ``first..last`` (the last one included)."""
    try:
        days = _named(text)
    except ValueError:
        days = None
    if days is None:
        raise click.UsageError(f"{text!a} is no period. {_HOW}")
    if not timedelta(0) < days[1] - days[0] <= timedelta(days=_LONGEST):
        raise click.UsageError(f"{text!a} ends before it starts, or is longer than ten years. {_HOW}")
    return days


def _named(text: str) -> Days | None:
    if match := _QUARTER.fullmatch(text):
        year, month = int(match[1]), int(match[2]) * 3 - 2
        return date(year, month, 1), _month_after(year, month + 2)
    if match := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=7)
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        return date(year, month, 1), _month_after(year, month)
    if match := _RANGE.fullmatch(text):
        return date.fromisoformat(match[1]), date.fromisoformat(match[2]) + timedelta(days=1)
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text) + 1, 1, 1)
    return None


def _month_after(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)


def length(text: str) -> timedelta:
    """Return how long ``12w``, ``12 weeks`` or ``90d`` is."""
    match = _LENGTH.fullmatch(text)
    days = int(match[1]) * (7 if match[2].startswith("w") else 1) if match else 0
    if not 0 < days <= _LONGEST:
        raise click.UsageError(f"{text!a} is no length of days or weeks. Write 12w or 90d (at most ten years).")
    return timedelta(days=days)
