"""Handoffs: the instants at which turns pass on, in closed form.

A version's *points* are all occurrences of its handoff pattern; its *handoffs* are those points that count: with
``during``, the stretch up to the next point must meet the weekly pattern. Turn n runs from handoff n to handoff n+1.
Everything is computed on the wall clock and then brought to UTC, so nothing drifts over clock changes.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import lcm
from typing import Protocol

from watchbill.model.on_call import Version
from watchbill.model.time_values import HandoffPoint, Period, Window
from watchbill.roster.clock import DAY, LAST_YEAR, day_of, wall, zone
from watchbill.roster.windows import WEEK, meets_pattern, monday_before, pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What of a version decides its handoffs."""

    start: date
    timezone: str
    every: Period
    points: tuple[HandoffPoint, ...]
    during: Window | None


class Handoffs(Protocol):
    """The handoffs of one version, numbered from 0, without an end of their own."""

    def instant(self, n: int) -> int:
        """Return the instant of handoff n in UTC seconds."""

    def between(self, first: int, last: int) -> list[int]:
        """Return the instants of handoffs ``first`` to ``last``, both included."""

    def first_at_or_after(self, instant: int) -> int:
        """Return the number of the first handoff at or after an instant (0 if all are later)."""


@lru_cache(maxsize=8192)
def _pattern_instants(zone_name: str, first: int, count: int, period: int, offsets: tuple[int, ...]) -> list[int]:
    """Return the instants of ``count`` periods from wall-clock number ``first``; shared by all rotations alike."""
    walls = [start + offset for start in range(first, first + count * period, period) for offset in offsets]
    return zone(zone_name).utc_of_many(walls)


_CHUNK_SECONDS = 128 * WEEK
"""Rotations ask for whole chunks of periods, so that those with the same pattern share one list."""


class RegularHandoffs:
    """Handoffs with a fixed period on the wall clock: every N hours, days or weeks.

    ``counted`` are the indices of the points of one cycle that count (``None``: all do); a cycle has ``cycle_points``
    points, and ``first_point`` is the index of the point that is handoff 0.
    """

    __slots__ = (
        "_chunk",
        "_counted",
        "_cycle_points",
        "_first_rank",
        "_offsets",
        "_period",
        "_phase",
        "_ranks",
        "_shift",
        "_zone",
    )

    def __init__(self, rhythm: Rhythm, base: int, period: int, offsets: tuple[int, ...]) -> None:
        self._zone = rhythm.timezone
        self._period, self._offsets = period, offsets
        self._chunk = max(1, _CHUNK_SECONDS // period)
        self._phase = base % period
        self._shift = (base - self._phase) // period
        self._counted, self._cycle_points = _counted_points(rhythm.during, base, period, offsets)
        self._first_rank = 0
        self._ranks: dict[int, int] = {}
        midnight = zone(self._zone).midnight(rhythm.start)
        self._first_rank = self._rank_at_or_after(midnight)

    def _point(self, index: int) -> int:
        periods, position = divmod(index, len(self._offsets))
        chunk, inside = divmod(self._shift + periods, self._chunk)
        return self._instants(chunk)[inside * len(self._offsets) + position]

    def _instants(self, chunk: int) -> list[int]:
        first = self._phase + chunk * self._chunk * self._period
        return _pattern_instants(self._zone, first, self._chunk, self._period, self._offsets)

    def _index(self, rank: int) -> int:
        """Return the index of the point with a rank among those that count."""
        if self._counted is None:
            return rank
        cycle, position = divmod(rank, len(self._counted))
        return cycle * self._cycle_points + self._counted[position]

    def _rank_at_or_after(self, instant: int) -> int:
        rank = self._ranks.get(instant)
        if rank is None:
            # A compile asks for the same few instants (the edges of its horizon) over and over.
            rank = self._ranks[instant] = self._find_rank(instant)
        return rank

    def _find_rank(self, instant: int) -> int:
        wall_time = zone(self._zone).wall_at(instant)
        periods = (wall_time - self._phase) // self._period - self._shift - 1
        if self._counted is None:
            rank = periods * len(self._offsets)
        else:
            rank = (periods * len(self._offsets) // self._cycle_points - 1) * len(self._counted)
        while self._point(self._index(rank)) < instant:
            rank += 1
        return rank

    def instant(self, n: int) -> int:
        """Return the instant of handoff n."""
        return self._point(self._index(self._first_rank + n))

    def between(self, first: int, last: int) -> list[int]:
        """Return the instants of handoffs ``first`` to ``last``."""
        if self._counted is not None:
            return [self.instant(n) for n in range(first, last + 1)]
        low, high = self._first_rank + first, self._first_rank + last
        width = len(self._offsets)
        chunk_points = self._chunk * width
        start = low + self._shift * width
        stop = high + self._shift * width + 1
        result: list[int] = []
        while start < stop:
            chunk, inside = divmod(start, chunk_points)
            take = min(stop - start, chunk_points - inside)
            result += self._instants(chunk)[inside : inside + take]
            start += take
        return result

    def first_at_or_after(self, instant: int) -> int:
        """Return the number of the first handoff at or after an instant."""
        return max(self._rank_at_or_after(instant) - self._first_rank, 0)


def _counted_points(
    during: Window | None, base: int, period: int, offsets: tuple[int, ...]
) -> tuple[tuple[int, ...] | None, int]:
    """Return which points of a cycle count, and how many points a cycle has.

    The cycle is the least common multiple of the period and a week, because the pattern of ``during`` is weekly.
    """
    if during is None:
        return None, len(offsets)
    open_stretches = pattern(during)
    if open_stretches is None:
        return None, len(offsets)
    periods = lcm(period, WEEK) // period
    points = [base + i * period + offset for i in range(periods) for offset in offsets]
    points.append(base + periods * period + offsets[0])
    counted = tuple(i for i in range(len(points) - 1) if meets_pattern(open_stretches, points[i], points[i + 1]))
    if not counted or len(counted) == len(points) - 1:
        return None, len(offsets)
    return counted, len(points) - 1


class MonthlyHandoffs:
    """Handoffs every N months, on days of the month (clamped to its last day) or on an n-th weekday.

    Months and weeks share no short cycle, so with ``during`` the points that count are listed up to the last year.
    """

    __slots__ = ("_counted", "_first", "_first_month", "_points", "_step", "_zone")

    def __init__(self, rhythm: Rhythm) -> None:
        self._zone = rhythm.timezone
        self._points, self._step = rhythm.points, rhythm.every.count
        self._first_month = rhythm.start.year * 12 + rhythm.start.month - 1
        self._first = 0
        midnight = zone(self._zone).midnight(rhythm.start)
        # Month 0 is the month that holds the first handoff, as week 0 is for weeks.
        if self._instant_in(self._first_month, len(self._points) - 1) < midnight:
            self._first_month += 1
        while self._point(0) < midnight:
            self._first += 1
        self._counted = self._counted_points(rhythm.during)

    def _wall_in(self, month: int, position: int) -> int:
        return sorted(_wall_in_month(month, point) for point in self._points)[position]

    def _instant_in(self, month: int, position: int) -> int:
        return zone(self._zone).utc_of(self._wall_in(month, position))

    def _month_and_position(self, index: int) -> tuple[int, int]:
        periods, position = divmod(self._first + index, len(self._points))
        return self._first_month + periods * self._step, position

    def _point(self, index: int) -> int:
        return self._instant_in(*self._month_and_position(index))

    def _counted_points(self, during: Window | None) -> list[int] | None:
        """Return the indices of the points that count, or ``None`` if all do."""
        open_stretches = None if during is None else pattern(during)
        if open_stretches is None or len(self._points) == 1:
            return None  # a month or more always meets a weekly pattern
        periods = max((LAST_YEAR + 1) * 12 - self._first_month, 0) // self._step + 1
        walls = [self._wall_in(*self._month_and_position(i)) for i in range(periods * len(self._points) + 1)]
        counted = [i for i in range(len(walls) - 1) if meets_pattern(open_stretches, walls[i], walls[i + 1])]
        return counted if counted else None

    def instant(self, n: int) -> int:
        """Return the instant of handoff n."""
        if self._counted is None:
            return self._point(n)
        beyond = n - len(self._counted) + 1
        return self._point(self._counted[-1] + beyond if beyond > 0 else self._counted[n])

    def between(self, first: int, last: int) -> list[int]:
        """Return the instants of handoffs ``first`` to ``last``."""
        return [self.instant(n) for n in range(first, last + 1)]

    def first_at_or_after(self, instant: int) -> int:
        """Return the number of the first handoff at or after an instant."""
        day = day_of(zone(self._zone).wall_at(instant))
        months = day.year * 12 + day.month - 1 - self._first_month
        index = max((months // self._step - 1) * len(self._points) - self._first, 0)
        while self._point(index) < instant:
            index += 1
        return index if self._counted is None else bisect_left(self._counted, index)


def _wall_in_month(month: int, point: HandoffPoint) -> int:
    """Return the wall-clock number of a point in a month, counted from year 0."""
    year, index = divmod(month, 12)
    first_weekday, last_day = monthrange(year, index + 1)
    if point.day is not None:
        day = min(point.day, last_day)
    else:
        first = (0 if point.weekday is None else point.weekday) - first_weekday
        day = first % 7 + 1
        if point.nth == -1:
            day += (last_day - day) // 7 * 7
        else:
            day += 7 * ((point.nth or 1) - 1)
    return wall(date(year, index + 1, day), point.seconds)


class ListedHandoffs:
    """Handoffs of a version that lists its turns."""

    __slots__ = ("_instants",)

    def __init__(self, instants: list[int]) -> None:
        self._instants = instants

    def instant(self, n: int) -> int:
        """Return the instant of handoff n."""
        return self._instants[n]

    def between(self, first: int, last: int) -> list[int]:
        """Return the instants of handoffs ``first`` to ``last``."""
        return self._instants[first : last + 1]

    def first_at_or_after(self, instant: int) -> int:
        """Return the number of the first handoff at or after an instant; one past the last if there is none."""
        return bisect_left(self._instants, instant)

    def __len__(self) -> int:
        """Return the number of handoffs."""
        return len(self._instants)


def _regular_shape(rhythm: Rhythm) -> tuple[int, int, tuple[int, ...]]:
    """Return base (wall-clock number), period and offsets of the points in it, in seconds."""
    start, every = wall(rhythm.start), rhythm.every
    if every.unit == "days":
        return start, every.count * DAY, tuple(sorted(point.seconds for point in rhythm.points))
    if every.unit == "hours":
        step = every.count * 3600
        return start, DAY, tuple(range(rhythm.points[0].seconds % step, DAY, step))
    offsets = tuple(sorted((point.weekday or 0) * DAY + point.seconds for point in rhythm.points))
    base = monday_before(start)
    place = zone(rhythm.timezone)
    # Week 0 is the Monday-based week that holds the first point at or after the start.
    if place.utc_of(base + offsets[-1]) < place.midnight(rhythm.start):
        base += WEEK
    return base, every.count * WEEK, offsets


def handoffs_of(version: Version) -> Handoffs:
    """Return the handoffs of a version."""
    if version.turns:
        place = zone(version.timezone)
        midnight = place.midnight(version.start)
        instants = sorted(place.instant(turn.start) for turn in version.turns)
        return ListedHandoffs(instants[bisect_left(instants, midnight) :])
    every = version.every
    if every is None:
        raise ValueError("a version without turns needs a period")
    return _rotation_handoffs(version.start, version.timezone, every, version.handoff, version.during)


@lru_cache(maxsize=8192)
def _rotation_handoffs(
    start: date, timezone: str, every: Period, points: tuple[HandoffPoint, ...], during: Window | None
) -> Handoffs:
    """Return the handoffs of a rotation; versions that are written alike share them, whatever their members."""
    rhythm = Rhythm(start=start, timezone=timezone, every=every, points=points, during=during)
    if every.unit == "months":
        return MonthlyHandoffs(rhythm)
    return RegularHandoffs(rhythm, *_regular_shape(rhythm))
