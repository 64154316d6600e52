"""The measures of all people over all schedules: the one front that rules, pages and reports read.

Nothing is computed before somebody asks, and nothing twice. Roles are named by id; ``any`` stands for all roles that
promise coverage, as one: two shifts at a time count once. ``own`` leaves out what was taken over from others. All
windows lie inside the horizon, and what is over by now never counts.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from watchbill.insight import bounds, marks, peaks, public_holidays
from watchbill.insight.bounds import Outline
from watchbill.insight.coverage import days_off_of
from watchbill.insight.figures import LocalTime, PersonFigures, doubled, figures
from watchbill.insight.loads import ANY, Columns, Held, Load, Split, clipped, disjoint
from watchbill.insight.marks import Marks
from watchbill.insight.peaks import Peak
from watchbill.insight.sharing import SharedRotations
from watchbill.insight.times_on_call import TimesOnCall
from watchbill.intervals import Stretch, clip, intersect, total
from watchbill.roster.clock import DAY, zone
from watchbill.roster.windows import WEEK, DaysOff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from watchbill.model.repository import Model
    from watchbill.roster.timeline import Roster

DAYS_A_WEEK = WEEK // DAY

_Alike = tuple[object, ...]
"""What people have in common whose duty is the same."""


class Measures:
    """All measures of some rosters. ``horizon`` and ``now`` are UTC seconds, ``timezone`` is the organisation's."""

    def __init__(self, model: Model, rosters: Mapping[str, Roster], horizon: Stretch, now: int, timezone: str) -> None:
        self.model, self.horizon, self.now, self.timezone = model, horizon, now, timezone
        self._rosters = rosters
        self._loads: dict[str, Load] = {}
        self._keys: dict[tuple[str, str, bool], _Alike] = {}
        self._outlines: dict[_Alike, Outline] = {}
        self._marks: dict[tuple[object, ...], Marks] = {}
        self._duties: dict[_Alike, Columns] = {}
        self._peaks: dict[tuple[object, ...], tuple[int, Peak | None]] = {}

    def __eq__(self, other: object) -> bool:
        """Say whether two were made of the same: what has been computed so far makes no difference."""
        return isinstance(other, Measures) and self._given() == other._given()

    __hash__ = None  # type: ignore[assignment]

    def _given(self) -> tuple[object, ...]:
        return self.model, self._rosters, self.horizon, self.now, self.timezone

    # -- people and their shifts ---------------------------------------------------------------------------------

    @cached_property
    def split(self) -> Split:
        """Return the shifts of all people."""
        return Split(self.model.schedules, self._rosters)

    @cached_property
    def times(self) -> TimesOnCall:
        """Return when people are on call, whatever the role."""
        return TimesOnCall(self.split)

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody who holds a shift, in order of id."""
        return self.split.people

    def load(self, person: str) -> Load:
        """Return the shifts of a person, by start; nobody's are empty."""
        if person not in self._loads:
            self._loads[person] = self.split.load(person)
        return self._loads[person]

    def duty(self, person: str, role: str = ANY, *, own: bool = False) -> Columns:
        """Return the set of instants of the horizon at which a person holds a role, as two columns to be read only."""
        key = self._alike(person, role, own)
        if key not in self._duties:
            columns = self.split.columns(person, self.split.groups(person, role), own=own)
            self._duties[key] = clipped(*disjoint(*columns), self.horizon)
        return self._duties[key]

    def _alike(self, person: str, role: str, own: bool) -> _Alike:
        """Return a key that people have in common whose duty is the same: what is found for one holds for all.

        Rotations of one length that hand off at one time are many, so in a large organisation most people have
        somebody like them. Without what was taken over, a duty is the person's own.
        """
        asked = (person, role, own)
        if asked not in self._keys:
            if own and self.split.took_over(person, role):
                self._keys[asked] = asked
            else:
                self._keys[asked] = tuple(self.split.likeness(person, g) for g in self.split.groups(person, role))
        return self._keys[asked]

    def _outline(self, person: str, role: str) -> Outline:
        """Return the outline of all that a person does in a role: bounds of it hold for what is own, too."""
        key = self._alike(person, role, own=False)
        if key not in self._outlines:
            self._outlines[key] = bounds.outline(*self.duty(person, role))
        return self._outlines[key]

    def shifts(self, person: str, stretch: Stretch, role: str = ANY, *, own: bool = False) -> tuple[Held, ...]:
        """Return the shifts of a person that touch a stretch, by start: what a figure was made of."""
        return tuple(self.load(person).shifts(role, stretch, own=own))

    @cached_property
    def sharing(self) -> SharedRotations:
        """Return how the people who share rotations share them."""
        return SharedRotations(self.model, self._rosters, self.horizon, self.zone_of)

    # -- local time ----------------------------------------------------------------------------------------------

    def zone_of(self, person: str) -> str:
        """Return the zone in which a person's days are counted: the own one, else the organisation's.

        Where neither is written, it is that of the person's first schedule by id.
        """
        known = self.model.people.get(person)
        written = (known.timezone if known else None) or self.model.organization.timezone
        if written:
            return written
        first = self.model.schedules.get(self.split.first_schedule(person) or "")
        return first.timezone if first else self.timezone

    def days_off_of(self, person: str) -> DaysOff:
        """Return the days off of a person, of the own country or holidays file."""
        known = self.model.people.get(person)
        code = known.holidays if known else None
        if code is None:
            return ()
        if not public_holidays.is_country(code):
            return self._holidays.get(code.removeprefix("holidays/"), ())
        first, last = (zone("UTC").local(edge).day.year for edge in self.horizon)
        return public_holidays.days_off(code, first, last + 1)

    @cached_property
    def _holidays(self) -> dict[str, DaysOff]:
        return days_off_of(self.model)

    def days(self, person: str) -> Marks:
        """Return the local days of a person."""
        name = self.zone_of(person)
        return self._kept(("days", name), lambda: marks.days(name, self.horizon))

    def nights(self, person: str) -> Marks:
        """Return the nights of a person."""
        name = self.zone_of(person)
        return self._kept(
            ("nights", name), lambda: marks.nights(self.model.workload.night, name, self._holidays, self.horizon)
        )

    def weekends(self, person: str) -> Marks:
        """Return the weekends of a person."""
        name = self.zone_of(person)
        return self._kept(
            ("weekends", name), lambda: marks.weekends(self.model.workload.weekend, name, self._holidays, self.horizon)
        )

    def holidays(self, person: str) -> Marks:
        """Return the days off of a person, as local days."""
        name, off = self.zone_of(person), self.days_off_of(person)
        return self._kept(("holidays", name, off), lambda: marks.days_off(off, name, self.horizon))

    def working_hours(self, person: str) -> Marks:
        """Return the working hours of a person, without the days off."""
        name, off = self.zone_of(person), self.days_off_of(person)
        window = self.model.workload.working_hours
        return self._kept(
            ("working hours", name, off), lambda: marks.working_hours(window, off, name, self._holidays, self.horizon)
        )

    def _kept(self, key: tuple[object, ...], find: Callable[[], Marks]) -> Marks:
        """Return marks that are the same for all people of a zone, found once."""
        if key not in self._marks:
            self._marks[key] = find()
        return self._marks[key]

    # -- the worst windows -----------------------------------------------------------------------------------------

    def most_seconds(
        self, person: str, role: str = ANY, *, weeks: int, own: bool = False, above: int = 0
    ) -> Peak | None:
        """Return the most seconds on call in any ``weeks`` times 604,800 seconds, if more than ``above``.

        For a share, ``above`` is the share of that window, rounded down.
        """
        if bounds.seconds(self._outline(person, role), weeks * WEEK) <= above:
            return None

        def find(starts: list[int], ends: list[int]) -> Peak | None:
            return peaks.most_seconds(starts, ends, weeks * WEEK, after=self.now, above=above)

        return self._worst(None, person, role, weeks, own, above, find)

    def most_nights(
        self, person: str, role: str = ANY, *, weeks: int, own: bool = False, above: int = 0
    ) -> Peak | None:
        """Return the most nights touched in any ``weeks`` times seven nights in a row, if more than ``above``."""
        return self._most(person, role, self.nights(person), weeks * DAYS_A_WEEK, own, above)

    def most_weekends(
        self, person: str, role: str = ANY, *, weeks: int, own: bool = False, above: int = 0
    ) -> Peak | None:
        """Return the most weekends touched in any ``weeks`` weeks in a row, if more than ``above``."""
        return self._most(person, role, self.weekends(person), weeks, own, above)

    def most_holidays(
        self, person: str, role: str = ANY, *, weeks: int, own: bool = False, above: int = 0
    ) -> Peak | None:
        """Return the most days off touched in any ``weeks`` times seven local days in a row, if more than ``above``."""
        return self._most(person, role, self.holidays(person), weeks * DAYS_A_WEEK, own, above)

    def _most(self, person: str, role: str, touched: Marks, width: int, own: bool, above: int) -> Peak | None:
        if not touched.starts:
            return None
        if touched.regular and bounds.touched(self._outline(person, role), touched, width) <= above:
            return None

        def find(starts: list[int], ends: list[int]) -> Peak | None:
            return peaks.most_touched(starts, ends, touched, width, after=self.now, above=above)

        return self._worst(touched, person, role, width, own, above, find)

    def _worst(
        self,
        touched: Marks | None,
        person: str,
        role: str,
        width: int,
        own: bool,
        above: int,
        find: Callable[[list[int], list[int]], Peak | None],
    ) -> Peak | None:
        """Return the worst peak if it is above a limit, and search only if no earlier search has told.

        ``touched`` are the marks of which a peak is the most; without any it is of seconds.
        """
        key = (touched, width, self._alike(person, role, own))
        searched, peak = self._peaks.get(key, (above + 1, None))
        if peak is None and above < searched:
            peak = find(*self.duty(person, role, own=own))
            self._peaks[key] = (above, peak)
        return peak if peak is not None and peak.value > above else None

    def longest_run(self, person: str, role: str = ANY, *, own: bool = False, above: int = 0) -> Peak | None:
        """Return the most local days in a row with any duty, if more than ``above``."""
        days = self.days(person)

        def find(starts: list[int], ends: list[int]) -> Peak | None:
            return peaks.longest_run(starts, ends, days, after=self.now, above=above)

        return self._worst(days, person, role, 0, own, above, find)

    def shortest_rest(
        self, person: str, role: str = ANY, *, own: bool = False, below: int | None = None
    ) -> Peak | None:
        """Return the shortest rest between two stretches of duty in seconds, if shorter than ``below``.

        A break inside one turn of one role, as when a colleague covers an appointment, is no rest.
        """
        gap = self._outline(person, role).gap
        # What is own can have gaps where nothing else has: a shift taken over may lie between two own turns.
        if not own and (gap is None or (below is not None and gap >= below)):
            return None
        starts, ends = self.duty(person, role, own=own)
        found = peaks.rests(starts, ends, after=self.now, below=below)
        if not found:
            return None
        load = self.load(person)
        return next((rest for rest in found if not load.is_one_turn(role, rest.stretch, own=own)), None)

    # -- one stretch -------------------------------------------------------------------------------------------------

    def figures(self, person: str, stretch: Stretch, *, schedule: str | None = None) -> PersonFigures:
        """Return the figures of a person in a stretch of the horizon, of all schedules or of one."""
        shifts = [
            shift
            for shift in self.load(person).touching(stretch)
            if schedule is None or shift.track.schedule == schedule
        ]
        inside = clip([self.horizon], *stretch)
        local = LocalTime(
            nights=self.nights(person),
            weekends=self.weekends(person),
            holidays=self.holidays(person),
            days=self.days(person),
            working_hours=self.working_hours(person),
        )
        counting = [shift for shift in shifts if shift.track.counts]
        by_role: dict[str, list[Held]] = {}
        for shift in shifts:
            by_role.setdefault(shift.track.role, []).append(shift)
        weights = self.model.workload.weights
        return PersonFigures(
            person=person,
            stretch=stretch,
            total=figures(counting, inside, stretch, local, weights),
            roles={role: figures(held, inside, stretch, local, weights) for role, held in sorted(by_role.items())},
            double_booked=total(intersect(doubled(counting), inside)),
        )
