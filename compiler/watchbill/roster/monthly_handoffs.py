"""Handoffs every N months: on days of the month, clamped to its last day without drift, or on an n-th weekday."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from datetime import date

from watchbill.model.time_values import HandoffPoint, Window
from watchbill.roster.clock import LAST_YEAR, day_of, wall, zone
from watchbill.roster.rhythm import Rhythm
from watchbill.roster.windows import meets_pattern, pattern


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
        if during is None or len(self._points) == 1:
            return None  # a month or more always meets a weekly pattern
        open_stretches = pattern(during)
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
