"""Wall-clock arithmetic by definition, on ``zoneinfo`` with the files of the ``tzdata`` package.

Nothing here is shared with ``watchbill.roster.clock``: a mistake in one shows as a difference between the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from watchbill.model.time_values import DatedStretch, Moment, Window

DAY = timedelta(days=1)
Span = tuple[int, int]


@cache
def zone_info(name: str) -> ZoneInfo:
    """Return a zone from the pinned data, never from the machine's."""
    data = resources.files("tzdata").joinpath("zoneinfo")
    for part in name.split("/"):
        data = data.joinpath(part)
    with data.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


def offset_of(zone: str, instant: int) -> int:
    """Return the seconds east of UTC at an instant."""
    offset = datetime.fromtimestamp(instant, zone_info(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def face(zone: str, instant: int) -> datetime:
    """Return what the clock on the wall shows at an instant, without a zone."""
    return datetime.fromtimestamp(instant, zone_info(zone)).replace(tzinfo=None, fold=0)


@cache
def written(zone: str, day: date, seconds: int = 0) -> int:
    """Return the instant that a written time means: the earlier of two, or the first instant after a hole."""
    wanted = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001
    early = int(wanted.replace(tzinfo=zone_info(zone), fold=0).astimezone(UTC).timestamp())
    late = int(wanted.replace(tzinfo=zone_info(zone), fold=1).astimezone(UTC).timestamp())
    for guess in sorted({early, late}):
        if face(zone, guess) == wanted:
            return guess
    low, high = min(early, late), max(early, late)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if face(zone, middle) < wanted else (low, middle)
    return high


def moment(value: Moment, zone: str) -> int:
    """Return the instant of a moment; a bare date is the local midnight that starts it."""
    if value.offset is not None:
        midnight = int(datetime(value.day.year, value.day.month, value.day.day, tzinfo=UTC).timestamp())
        return midnight + (value.seconds or 0) - value.offset
    return written(zone, value.day, value.seconds or 0)


def dated(stretch: DatedStretch, zone: str) -> Span:
    """Return the instants of a dated stretch; ``through`` is included."""
    if stretch.through is not None:
        return moment(stretch.start, zone), written(zone, stretch.through + DAY)
    assert stretch.until is not None
    return moment(stretch.start, zone), moment(stretch.until, zone)


def days_between(zone: str, low: int, high: int) -> Iterator[date]:
    """Iterate over all local days that could touch ``[low, high)``, and a good week on both sides."""
    day, last = face(zone, low).date() - 9 * DAY, face(zone, high).date() + 2 * DAY
    while day <= last:
        yield day
        day += DAY


Holidays = dict[str, list[tuple[date, date]]]


def _holiday(holidays: Holidays, name: str, zone: str, instant: int) -> bool:
    return any(written(zone, first) <= instant < written(zone, last + DAY) for first, last in holidays.get(name, []))


def in_window(window: Window | None, zone: str, holidays: Holidays, instant: int) -> bool:
    """Say whether an instant lies in a window of weekly local time."""
    if window is None:
        return True
    for part in window.parts:
        if part.except_days and _holiday(holidays, part.except_days, zone, instant):
            continue
        if part.only_days and not _holiday(holidays, part.only_days, zone, instant):
            continue
        if part.spans is None:
            return True
        for day in days_between(zone, instant, instant):
            for span in part.spans:
                if span.weekday != day.weekday():
                    continue
                if written(zone, day, span.start) <= instant < written(zone, day + span.days * DAY, span.end):
                    return True
    return False


def window_edges(window: Window | None, zone: str, holidays: Holidays, low: int, high: int) -> set[int]:
    """Return all instants near ``[low, high)`` at which a window can begin or end."""
    edges: set[int] = set()
    for part in window.parts if window else ():
        for name in (part.except_days, part.only_days):
            for first, last in holidays.get(name or "", []):
                edges |= {written(zone, first), written(zone, last + DAY)}
        for day in days_between(zone, low, high):
            for span in part.spans or ():
                if span.weekday == day.weekday():
                    edges |= {written(zone, day, span.start), written(zone, day + span.days * DAY, span.end)}
    return edges
