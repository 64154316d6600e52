"""Handoffs: the instants at which turns pass on, in closed form.

A version's *points* are all occurrences of its handoff pattern; its *handoffs* are those points that count: with
``during``, the stretch up to the next point must meet the weekly pattern. Turn n runs from handoff n to handoff n+1.
Everything is computed on the wall clock and then brought to UTC, so nothing drifts over clock changes.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from math import lcm
from typing import Protocol

from watchbill.model.on_call import Version
from watchbill.model.time_values import HandoffPoint, Period, Window
from watchbill.roster.clock import DAY, wall, zone
from watchbill.roster.monthly_handoffs import MonthlyHandoffs
from watchbill.roster.rhythm import Rhythm
from watchbill.roster.windows import WEEK, meets_pattern, monday_before, pattern


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
        "_first",
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
        self._first = self._point(self._index(self._first_rank))

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
        return self._point(self._index(self._first_rank + n)) if n else self._first

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
