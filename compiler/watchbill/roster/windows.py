"""Windows: weekly patterns of local time, applied to a zone and its holidays.

Both ends of a span follow the clock's rule for holes and folds, so windows that touch on the wall touch in UTC, and a
window that lies wholly inside a hole is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from watchbill.intervals import Stretch, clip, intersect, subtract, union
from watchbill.model.time_values import Span, Window, WindowPart
from watchbill.roster.clock import DAY, wall, zone

WEEK = 7 * DAY
_EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday

DaysOff = tuple[tuple[date, date], ...]
"""First and last day (included) of each holiday."""
Holidays = Mapping[str, DaysOff]
"""Days off by the id of their holidays file."""


def _bounds(span: Span) -> Stretch:
    """Return a span in seconds from Monday 00:00 of its week."""
    start = span.weekday * DAY + span.start
    return start, (span.weekday + span.days) * DAY + span.end


def monday_before(wall_time: int) -> int:
    """Return the wall-clock number of Monday 00:00 of the week that holds a wall-clock number."""
    return wall_time - (wall_time + _EPOCH_WEEKDAY * DAY) % WEEK


@lru_cache(maxsize=4096)
def _span_stretches(spans: tuple[Span, ...], zone_name: str, start: int, end: int) -> tuple[Stretch, ...]:
    place = zone(zone_name)
    first = monday_before(place.wall_at(start)) - 2 * WEEK
    last = place.wall_at(end) + WEEK
    weeks = range(first, last, WEEK)
    found: list[Stretch] = []
    for low, high in map(_bounds, spans):
        starts = place.utc_of_many([week + low for week in weeks])
        ends = place.utc_of_many([week + high for week in weeks])
        found += zip(starts, ends, strict=True)
    return tuple(clip(union(found), start, end))


def local_days(days_off: DaysOff, zone_name: str) -> list[Stretch]:
    """Return the set of whole local days of a holidays file in a zone."""
    place = zone(zone_name)
    return union((place.midnight(first), place.utc_of(wall(last) + DAY)) for first, last in days_off)


def _part_stretches(part: WindowPart, zone_name: str, holidays: Holidays, start: int, end: int) -> list[Stretch]:
    found = [(start, end)] if part.spans is None else list(_span_stretches(part.spans, zone_name, start, end))
    if part.only_days is not None:
        found = intersect(found, local_days(holidays.get(part.only_days, ()), zone_name))
    if part.except_days is not None:
        found = subtract(found, local_days(holidays.get(part.except_days, ()), zone_name))
    return found


def stretches(window: Window, zone_name: str, holidays: Holidays, start: int, end: int) -> list[Stretch]:
    """Return the set of instants of ``[start, end)`` at which a window is open in a zone."""
    if start >= end:
        return []
    parts = [_part_stretches(part, zone_name, holidays, start, end) for part in window.parts]
    if len(parts) == 1:
        return parts[0]
    return union(stretch for part in parts for stretch in part)


def pattern(window: Window) -> list[Stretch] | None:
    """Return a window's weekly pattern alone, in seconds from Monday 00:00, unrolled over two weeks.

    Clock changes and holidays are ignored. ``None`` means that the pattern is always open.
    """
    if any(part.spans is None for part in window.parts):
        return None
    bounds = [_bounds(span) for part in window.parts for span in part.spans or ()]
    return union((low + shift, high + shift) for low, high in bounds for shift in (-WEEK, 0, WEEK))


def meets_pattern(open_stretches: list[Stretch] | None, start: int, end: int) -> bool:
    """Say whether ``[start, end)``, wall-clock numbers, meets a weekly pattern as ``pattern`` returns it."""
    if start >= end:
        return False
    if open_stretches is None or end - start >= WEEK:
        return open_stretches != []
    shift = monday_before(start)
    return any(low < end - shift and start - shift < high for low, high in open_stretches)
