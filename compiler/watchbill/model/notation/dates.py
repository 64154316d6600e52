"""Dates, wall-clock times, moments and instants, as they are written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from watchbill.model.notation.problem import Problem, shown
from watchbill.model.time_values import Moment

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})")
_LOOSE_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[ T](?P<time>[0-9]{2}:[0-9]{2})(?P<seconds>:[0-9]{2})?(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_DAY_SECONDS = 86_400
_LARGEST_OFFSET = 14 * 3600
_HOW_DATE = "write the year, month and day, such as `2026-01-31`"
_HOW_TIME = "write hours and minutes with two digits each, such as `09:00`"
_HOW_MOMENT = "write a date and a time, such as `2026-12-24 09:00` or `2026-12-24T09:00+01:00`"
_HOW_INSTANT = "write date, time and offset from UTC, such as `2026-11-03T02:09:00+01:00` or `2026-11-03T01:09:00Z`"


@lru_cache(maxsize=16_384)
def parse_date(text: str) -> date | Problem:
    """Read a real day of the calendar from 1970 to 2100, such as ``2026-01-31``."""
    match = _DATE.fullmatch(text)
    if match is None:
        return Problem(text=f"{shown(text)} is no date", help=_HOW_DATE)
    year, month, day = (int(group) for group in match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return Problem(text=f"{shown(text)} lies outside {_FIRST_YEAR} to {_LAST_YEAR}", help="check the year")
    try:
        return date(year, month, day)
    except ValueError:
        return Problem(text=f"the calendar has no day {shown(text)}", help="check the month and the day")


@lru_cache(maxsize=4096)
def parse_time(text: str, end: bool = False) -> int | Problem:
    """Read a time of day, ``00:00`` to ``23:59``, as seconds of the clock face; ``24:00`` only as an ``end``."""
    match = _TIME.fullmatch(text)
    if match is None:
        return Problem(text=f"{shown(text)} is no time", help=_better_time(text))
    hours, minutes = int(match[1]), int(match[2])
    if end and (hours, minutes) == (24, 0):
        return _DAY_SECONDS
    if hours > 23 or minutes > 59:
        return Problem(text=f"no clock shows {shown(text)}", help="write a time from `00:00` to `23:59`")
    return hours * 3600 + minutes * 60


def _better_time(text: str) -> str:
    match = _LOOSE_TIME.fullmatch(text.strip())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return f"write `{int(match[1]):02}:{match[2] or '00'}`"
    return _HOW_TIME


@lru_cache(maxsize=16_384)
def parse_moment(text: str) -> Moment | Problem:
    """Read a day, a wall-clock time on a day (``2026-12-24 09:00``), or an instant (with an offset or ``Z``)."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return Problem(text=f"{shown(text)} is no date or time on a date", help=_HOW_MOMENT)
    day = parse_date(match["day"])
    if isinstance(day, Problem) or match["time"] is None:
        return day if isinstance(day, Problem) else Moment(day=day)
    seconds = parse_time(match["time"])
    if isinstance(seconds, Problem):
        return seconds
    extra = int(match["seconds"][1:]) if match["seconds"] else 0
    if extra > 59:
        return Problem(text=f"no clock shows {shown(text)}", help=_HOW_MOMENT)
    offset = _offset(match["offset"])
    if isinstance(offset, Problem):
        return offset
    return Moment(day=day, seconds=seconds + extra, offset=offset)


def _offset(text: str | None) -> int | Problem | None:
    if text is None:
        return None
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    seconds = hours * 3600 + minutes * 60
    if minutes > 59 or seconds > _LARGEST_OFFSET:
        return Problem(text=f"{shown(text)} is no offset from UTC", help="write an offset such as `+01:00`, or `Z`")
    return seconds if text[0] == "+" else -seconds


@lru_cache(maxsize=16_384)
def parse_instant(text: str) -> int | Problem:
    """Read an instant, which must carry an offset or ``Z``, as UTC seconds."""
    moment = parse_moment(text)
    if isinstance(moment, Problem):
        return Problem(text=moment.text.replace("no date or time on a date", "no instant"), help=_HOW_INSTANT)
    if moment.seconds is None or moment.offset is None:
        missing = "a time and an offset" if moment.seconds is None else "an offset"
        return Problem(text=f"{shown(text)} lacks {missing}", help=_HOW_INSTANT)
    midnight = datetime(moment.day.year, moment.day.month, moment.day.day, tzinfo=UTC)
    return int((midnight + timedelta(seconds=moment.seconds - moment.offset)).timestamp())
