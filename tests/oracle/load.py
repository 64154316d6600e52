"""What a person carries, minute by minute: each minute of a horizon is asked who holds what, and what it counts for.

Slow and plain on purpose. Shifts are read as ``Shift`` views, local time comes from ``zoneinfo``; nothing is shared
with ``watchbill.insight``. All edges must lie on whole minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from oracle.wall_clock import DAY, days_between, written, zone_info
from watchbill.model.repository import Model
from watchbill.model.time_values import Window
from watchbill.roster.timeline import Roster, Shift

MINUTE = 60
WEEK = 7 * 24 * 3600
Turn = tuple[str, str, str | None, int | None, int]
Minutes = dict[int, set[Turn | None]]
"""The minutes on duty, each with the turns that are held then."""


def is_own(shift: Shift) -> bool:
    """Say whether a shift was the holder's own."""
    kind = shift.cause.kind
    if kind == "follower":
        return not shift.cause.skipped
    return kind not in ("cover", "override")


class Counted(NamedTuple):
    """What counting gives for a whole horizon, in seconds, turns and days."""

    seconds: int
    taken_over: int
    outside: int
    doubled: int
    turns: int
    days: int
    weighted: Fraction


class LoadOracle:
    """The load of one person over all schedules inside a horizon; ``now`` decides what is over."""

    def __init__(
        self, model: Model, rosters: Mapping[str, Roster], horizon: tuple[int, int], now: int, person: str, zone: str
    ) -> None:
        self._model, self._rosters, self._person = model, rosters, person
        self._low, self._high = horizon
        self._now, self._zone = now, zone

    def minutes(self, role: str, own: bool) -> Minutes:
        """Return the minutes of the horizon at which the person holds a role, or any role that promises coverage."""
        found: Minutes = {}
        for schedule in self._model.schedules.values():
            for each in schedule.roles:
                if bool(each.coverage) if role == "any" else each.id == role:
                    for shift in self._rosters[schedule.id].timelines[each.id]:
                        if shift.person == self._person and (is_own(shift) or not own):
                            self._walk(shift, (schedule.id, each.id), found)
        return found

    def _walk(self, shift: Shift, track: tuple[str, str], found: Minutes) -> None:
        cause = shift.cause
        turn = None if cause.turn is None else (*track, cause.layer, cause.version, cause.turn)
        for minute in range(max(shift.start, self._low), min(shift.end, self._high), MINUTE):
            found.setdefault(minute, set()).add(turn)

    # -- figures -------------------------------------------------------------------------------------------------

    def most_seconds(self, minutes: Minutes, width: int) -> int:
        """Return the most seconds of duty in any window of a width that holds duty after now.

        How full a window is changes evenly between whole minutes, so its most is at a whole minute or where the first
        second after now comes into the window. One that starts before the horizon holds no more than one that starts
        with it.
        """
        coming = [minute for minute in minutes if minute >= self._now]
        if not coming:
            return 0
        before, held = {}, 0
        for minute in range(self._low, self._high, MINUTE):
            before[minute] = held
            held += MINUTE if minute in minutes else 0

        def until(instant: int) -> int:
            whole = instant // MINUTE * MINUTE
            if whole not in before:
                return held
            return before[whole] + (instant - whole if whole in minutes else 0)

        least, last = min(coming) + 1 - width, max(coming)
        starts = [start for start in before if least <= start <= last]
        starts += [least] if least > self._low else []
        return max(until(start + width) - until(start) for start in starts)

    def most_touched(self, minutes: Minutes, kind: Iterable[tuple[int, int, int]], width: int) -> int:
        """Return the most numbers touched among ``width`` in a row, one of them after now.

        ``kind`` are marks: start, end and number.
        """
        touched: set[int] = set()
        coming: set[int] = set()
        for start, end, number in kind:
            held = [minute for minute in range(start, end, MINUTE) if minute in minutes]
            if held:
                touched.add(number)
                if held[-1] >= self._now:
                    coming.add(number)
        most = 0
        for first in touched:
            window = {number for number in touched if first <= number < first + width}
            if window & coming:
                most = max(most, len(window))
        return most

    def longest_run(self, minutes: Minutes) -> int:
        """Return the most local days in a row with any duty, of runs with duty after now."""
        days = sorted({self._day(minute) for minute in minutes})
        coming = {self._day(minute) for minute in minutes if minute >= self._now}
        most, run = 0, 0
        for at, day in enumerate(days):
            run = run + 1 if at and days[at - 1] + DAY == day else 1
            if day in coming:
                most = max(most, run)
        return most

    def shortest_rest(self, minutes: Minutes) -> int | None:
        """Return the shortest stretch without duty between two with, but for breaks inside of one turn."""
        shortest: int | None = None
        last: int | None = None
        for minute in range(self._low, self._high, MINUTE):
            if minute not in minutes:
                continue
            if last is not None and minute > last + MINUTE:
                rest = minute - last - MINUTE
                broken = minutes[last] & minutes[minute] - {None}
                if minute > self._now and not broken:
                    shortest = rest if shortest is None else min(shortest, rest)
            last = minute
        return shortest

    def figures(self, kinds: Mapping[str, list[tuple[int, int, int]]], weights: Mapping[str, Fraction]) -> Counted:
        """Count the figures of all roles that promise coverage over the whole horizon; ``kinds`` are marks by name."""
        minutes, own = self.minutes("any", False), self.minutes("any", True)
        tracks = [
            self._track(schedule.id, role.id)
            for schedule in self._model.schedules.values()
            for role in schedule.roles
            if role.coverage
        ]
        heavy = Fraction(0)
        for minute in minutes:
            applying = [weight for kind, weight in weights.items() if self.inside(minute, kinds[kind])]
            heavy += MINUTE * max(applying, default=Fraction(1))
        return Counted(
            seconds=MINUTE * len(minutes),
            taken_over=MINUTE * (len(minutes) - len(own)),
            outside=MINUTE * sum(not self.inside(minute, kinds["working"]) for minute in minutes),
            doubled=MINUTE * sum(sum(minute in track for track in tracks) > 1 for minute in minutes),
            turns=len({turn for turns in own.values() for turn in turns} - {None}),
            days=len({self._day(minute) for minute in minutes}),
            weighted=heavy,
        )

    def _track(self, schedule: str, role: str) -> Minutes:
        found: Minutes = {}
        for shift in self._rosters[schedule].timelines[role]:
            if shift.person == self._person:
                self._walk(shift, (schedule, role), found)
        return found

    @staticmethod
    def inside(minute: int, marks: Iterable[tuple[int, int, int]]) -> bool:
        """Say whether a minute lies in any mark."""
        return any(start <= minute < end for start, end, _ in marks)

    # -- local time ----------------------------------------------------------------------------------------------

    def _day(self, minute: int) -> date:
        return datetime.fromtimestamp(minute, zone_info(self._zone)).date()

    def marks(self, window: Window, per: int) -> list[tuple[int, int, int]]:
        """Return the spans of a window near the horizon as marks, numbered by ``per`` days from a Monday on."""
        found: list[tuple[int, int, int]] = []
        for day in days_between(self._zone, self._low, self._high):
            for span in (span for part in window.parts for span in part.spans or ()):
                if span.weekday == day.weekday():
                    start = written(self._zone, day, span.start)
                    end = written(self._zone, day + span.days * DAY, span.end)
                    found.append((start, end, (day - date(2018, 1, 1)).days // per))
        return [mark for mark in found if mark[0] < mark[1]]

    def days_off(self, days: Iterable[tuple[date, date]]) -> list[tuple[int, int, int]]:
        """Return days off as marks."""
        found: list[tuple[int, int, int]] = []
        for day in days_between(self._zone, self._low, self._high):
            if any(first <= day <= last for first, last in days):
                found.append((written(self._zone, day), written(self._zone, day + DAY), day.toordinal()))
        return found
