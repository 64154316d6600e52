"""Nights, weekends and days of a zone, so that a stretch of duty can be asked which of them it touches.

A mark is one of them: a stretch of UTC seconds with the number that it counts under. A night and a day count under the
number of the local day on which they start, a weekend under the number of its week, Monday first. The stretches come
from the same windows and the same clock that made the roster, so they are exact over clock changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from operator import sub

from watchbill.intervals import Stretch, subtract
from watchbill.model.time_values import Window
from watchbill.roster.clock import DAY, Zone, wall, zone
from watchbill.roster.windows import WEEK, DaysOff, Holidays, local_days, monday_before, stretches

_EDGE = 8 * DAY
"""Marks are known this far beyond the stretch asked for, so that those at its edges are whole (no window is longer)."""

_EVER = 1 << 40
"""Seconds that no stretch is as long as."""


class _Remembered(dict[int, int]):
    """The answers of a function of an instant; most instants are asked for by many people, because handoffs meet."""

    def __init__(self, find: Callable[[int], int]) -> None:
        self._find = find

    def __missing__(self, instant: int) -> int:
        answer = self[instant] = self._find(instant)
        return answer


class Marks:
    """Sorted disjoint stretches, parallel columns: ``starts``, ``ends`` (UTC seconds) and ``numbers`` (ascending).

    ``regular``: the numbers leave none out, and none comes twice.
    """

    __slots__ = ("_first", "_known", "_past", "ends", "numbers", "regular", "starts")

    def __init__(self, starts: Sequence[int], ends: Sequence[int], numbers: Sequence[int]) -> None:
        self.starts, self.ends, self.numbers = starts, ends, numbers
        self.regular = list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
        self._known: dict[int | str, int] = {}
        self._first = _Remembered(lambda start: bisect_right(ends, start))
        self._past = _Remembered(lambda end: bisect_left(starts, end))

    def touched(self, start: int, end: int) -> range:
        """Return the indices of the marks that share at least a second with ``[start, end)``, which is not empty."""
        return range(self._first[start], self._past[end])

    def firsts(self, starts: Iterable[int]) -> list[int]:
        """Return for each start of a stretch the index of the first mark that the stretch may touch."""
        return list(map(self._first.__getitem__, starts))

    def pasts(self, ends: Iterable[int]) -> list[int]:
        """Return for each end of a stretch the index after the last mark that the stretch may touch."""
        return list(map(self._past.__getitem__, ends))

    def count(self, starts: Sequence[int], ends: Sequence[int]) -> int:
        """Return how many numbers a set of stretches touches."""
        indices = chain.from_iterable(map(range, self.firsts(starts), self.pasts(ends)))
        return len(set(map(self.numbers.__getitem__, indices)))

    @property
    def longest(self) -> int:
        """Return the seconds of the longest mark."""
        return self._measured("longest", lambda: max(map(sub, self.ends, self.starts), default=0))

    @property
    def nearest(self) -> int:
        """Return the fewest seconds from the start of a mark to that of the next."""
        return self._measured("nearest", lambda: min(map(sub, self.starts[1:], self.starts), default=1))

    def span(self, count: int) -> int:
        """Return the most seconds from the start of a mark to the end of the last of ``count`` in a row."""
        return self._measured(count, lambda: max(map(sub, self.ends[count - 1 :], self.starts), default=_EVER))

    def _measured(self, key: int | str, measure: Callable[[], int]) -> int:
        if key not in self._known:
            self._known[key] = measure()
        return self._known[key]

    def stretches(self) -> list[Stretch]:
        """Return all marks as stretches."""
        return list(zip(self.starts, self.ends, strict=True))


def _numbered(found: Iterable[Stretch], number: Callable[[int], int]) -> Marks:
    listed = list(found)
    return Marks([start for start, _ in listed], [end for _, end in listed], [number(start) for start, _ in listed])


def _whole(window: Window, zone_name: str, holidays: Holidays, within: Stretch) -> list[Stretch]:
    """Return the stretches of a window that touch ``within``, and some around, but none that the edge has cut."""
    low, high = within[0] - _EDGE, within[1] + _EDGE
    return [
        (start, end)
        for start, end in stretches(window, zone_name, holidays, low, high)
        if (low < start or end > within[0]) and (end < high or start < within[1])
    ]


def nights(window: Window, zone_name: str, holidays: Holidays, within: Stretch) -> Marks:
    """Return the nights that touch a stretch. Each belongs to the local day on which it starts."""
    place = zone(zone_name)
    found = _whole(window, zone_name, holidays, within)
    return _numbered(found, lambda start: place.wall_at(start) // DAY)


def weekends(window: Window, zone_name: str, holidays: Holidays, within: Stretch) -> Marks:
    """Return the weekends that touch a stretch. Each belongs to the week on which it starts."""
    place = zone(zone_name)
    found = _whole(window, zone_name, holidays, within)
    return _numbered(found, lambda start: monday_before(place.wall_at(start)) // WEEK)


def _midnights(place: Zone, within: Stretch) -> list[int]:
    first = place.wall_at(within[0]) // DAY * DAY - 2 * DAY
    last = place.wall_at(within[1]) + 3 * DAY
    return sorted(set(place.utc_of_many(list(range(first, last, DAY)))))


def days(zone_name: str, within: Stretch) -> Marks:
    """Return the local days that touch a stretch. A day that a zone left out of its calendar is none."""
    place = zone(zone_name)
    return _numbered(pairwise(_midnights(place, within)), lambda start: place.wall_at(start) // DAY)


def days_off(off: DaysOff, zone_name: str, within: Stretch) -> Marks:
    """Return the local days of a stretch that are days off."""
    place, low, high = zone(zone_name), within[0] - _EDGE, within[1] + _EDGE
    first, last = place.local(low).day, place.local(high).day
    listed = sorted({day for start, end in off for day in _each_day(max(start, first), min(end, last))})
    found = ((place.midnight(day), place.utc_of(wall(day) + DAY)) for day in listed)
    return _numbered(((start, end) for start, end in found if start < end), lambda start: place.wall_at(start) // DAY)


def _each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))


def working_hours(window: Window, off: DaysOff, zone_name: str, holidays: Holidays, within: Stretch) -> Marks:
    """Return the working hours of a stretch, without the days off. They are not numbered."""
    found = subtract(stretches(window, zone_name, holidays, *within), local_days(off, zone_name))
    return _numbered(found, lambda _: 0)
