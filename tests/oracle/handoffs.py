"""The handoffs of a version, by walking through the calendar day by day."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from oracle.wall_clock import DAY, moment, written
from watchbill.model.on_call import Version
from watchbill.model.time_values import HandoffPoint, Window


def point_day(point: HandoffPoint, year: int, month: int) -> date:
    """Return the day of a monthly point: clamped to the last day, or the n-th (-1: last) weekday."""
    length = calendar.monthrange(year, month)[1]
    if point.day is not None:
        return date(year, month, min(point.day, length))
    assert point.nth is not None
    days = [date(year, month, d) for d in range(1, length + 1) if date(year, month, d).weekday() == point.weekday]
    return days[point.nth - 1] if point.nth > 0 else days[-1]


def written_handoffs(version: Version) -> Iterator[tuple[date, int]]:
    """Iterate for ever over the written handoffs, as days and seconds of the clock face, before ``during`` counts."""
    assert version.every is not None
    unit, count = version.every.unit, version.every.count
    points = version.handoff
    anchor: date | None = None
    day = version.start
    while True:
        if unit == "hours":
            step = count * 3600
            times = [(points[0].seconds % step) + k * step for k in range(86_400 // step)]
        elif unit == "days":
            times = [p.seconds for p in points]
        elif unit == "weeks":
            times = [p.seconds for p in points if p.weekday == day.weekday()]
        else:
            times = [p.seconds for p in points if point_day(p, day.year, day.month) == day]
        if times and anchor is None:
            anchor = day
        if anchor is not None and _in_phase(unit, count, anchor, day):
            for seconds in sorted(times):
                yield day, seconds
        day += DAY


def _in_phase(unit: str, count: int, anchor: date, day: date) -> bool:
    if unit == "days":
        return (day - anchor).days % count == 0
    if unit == "weeks":
        monday = anchor - anchor.weekday() * DAY
        return (day - monday).days // 7 % count == 0
    if unit == "months":
        return ((day.year - anchor.year) * 12 + day.month - anchor.month) % count == 0
    return True


def meets_pattern(window: Window | None, start: datetime, end: datetime) -> bool:
    """Say whether a stretch of written time shares a moment with the weekly pattern, holidays and clocks aside."""
    if window is None:
        return True
    for part in window.parts:
        if part.spans is None:
            return start < end
        day = start - timedelta(days=9)
        day = datetime(day.year, day.month, day.day)  # noqa: DTZ001
        while day < end:
            for span in part.spans:
                opens = day + timedelta(seconds=span.start)
                closes = day + timedelta(days=span.days, seconds=span.end)
                if span.weekday == day.weekday() and max(start, opens) < min(end, closes):
                    return True
            day += DAY
    return False


def handoff_instants(version: Version, limit: int) -> list[int]:
    """Return the handoffs that count, up to the first one after ``limit``."""
    zone = version.timezone
    if version.turns:
        begin = written(zone, version.start)
        return sorted(start for turn in version.turns if (start := moment(turn.start, zone)) >= begin)
    result: list[int] = []
    for (day, seconds), (next_day, next_seconds) in pairwise(written_handoffs(version)):
        start = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001
        end = datetime(next_day.year, next_day.month, next_day.day) + timedelta(seconds=next_seconds)  # noqa: DTZ001
        if meets_pattern(version.during, start, end):
            result.append(written(zone, day, seconds))
            if result[-1] > limit:
                break
    return result
