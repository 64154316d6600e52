"""What speaks for and against each person who might take over a shift."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from watchbill.checks.settings import SEVERITY
from watchbill.findings import Finding, Level, Place
from watchbill.insight.covers import covers, debts
from watchbill.insight.loads import ANY, Held
from watchbill.insight.prospects import ShiftToCover, StandInChoice
from watchbill.intervals import Stretch, clip, intersect, total, union
from watchbill.model.on_call import Override, TimeOff
from watchbill.model.time_values import DatedStretch, Moment
from watchbill.planning.judging import Judged, Judging
from watchbill.roster.clock import spell, zone
from watchbill.roster.presence import WEIGHS_ONLY, Absence, presence_of, stretch_of
from watchbill.roster.windows import WEEK

AROUND = 12 * WEEK
"""Seconds before and after a shift in which it is counted what people carry."""
_PLACE = Place(file="schedules/overrides")


def overrides_of(shift: ShiftToCover, person: str, stand_in: str) -> tuple[Override, ...]:
    """Return the overrides that give a person's shift to somebody, one for each piece."""
    found: list[Override] = []
    for piece in shift.pieces:
        start, end = (moment_of(instant, shift.timezone) for instant in piece)
        found.append(
            Override(
                place=_PLACE.at(len(found)),
                schedule=shift.schedule,
                role=shift.role,
                stretch=DatedStretch(place=_PLACE, start=start, until=end),
                person=stand_in,
                instead_of=person,
            )
        )
    return tuple(found)


def moment_of(instant: int, zone_name: str) -> Moment:
    """Return an instant as it is written: wall-clock time of a zone, with the offset where that time comes twice."""
    place = zone(zone_name)
    local = place.local(instant)
    plain = Moment(day=local.day, seconds=local.seconds)
    return plain if place.instant(plain) == instant else dataclasses.replace(plain, offset=local.offset)


class Choosing:
    """Looks at the candidates for one shift, each compiled with the override that would give it to them.

    ``candidates`` are ids in order, with whether somebody takes turns in the schedule.
    """

    def __init__(self, judging: Judging, person: str, shift: ShiftToCover, candidates: Mapping[str, bool]) -> None:
        self._judging, self._base = judging, judging.base
        self._person, self._shift, self._candidates = person, shift, candidates
        self._around = shift.stretch[0] - AROUND, shift.stretch[1] + AROUND
        self._carried = {name: self._seconds(name) for name in candidates}
        self._debts = debts(covers(self._base.rosters, self._around))
        self._anybody_trained = any(known.trained for known in self._base.model.people.values())

    def choices(self) -> Iterator[StandInChoice]:
        """Yield a choice for each candidate, in their order."""
        for place, name in enumerate(self._candidates):
            choice = StandInChoice(person=name, place=place, refused=self._absence(name))
            yield choice if choice.refused else self._looked_at(choice)

    def _looked_at(self, choice: StandInChoice) -> StandInChoice:
        name, model = choice.person, self._base.model
        overrides = overrides_of(self._shift, self._person, name)
        changed = self._judging.judged(dataclasses.replace(model, overrides=(*model.overrides, *overrides)))
        others = [seconds for other, seconds in self._carried.items() if other != name]
        before, after = self._rest(changed, name)
        return dataclasses.replace(
            choice,
            refused=self._elsewhere(changed, name),
            breaks=self._appeared(changed),
            takes_turns=self._candidates[name],
            trained=self._trained(name),
            prefers_not=self._prefers_not(name),
            carried=self._carried[name],
            others=sum(others) // len(others) if others else 0,
            owes=self._debts.get((name, self._person), 0) - self._debts.get((self._person, name), 0),
            night_seconds=self._night_seconds(name),
            rest_before=before,
            rest_after=after,
        )

    def _appeared(self, changed: Judged) -> tuple[Finding, ...]:
        found = self._judging.appeared(changed)
        return tuple(finding for finding in found if SEVERITY[finding.level] >= SEVERITY[Level.WARNING])

    def _seconds(self, name: str) -> int:
        """Return the seconds on call around the shift, over all schedules."""
        starts, ends = self._base.measures.duty(name)
        return total(clip(list(zip(starts, ends, strict=True)), *self._around))

    def _rest(self, changed: Judged, name: str) -> tuple[int | None, int | None]:
        """Return the seconds since the last duty in the same role and until the next one, beside the shift itself."""
        start, end = self._shift.stretch
        starts, ends = changed.measures.duty(name, self._shift.role)
        beside = clip(list(zip(starts, ends, strict=True)), *self._around)
        before = [min(high, start) for low, high in beside if low < start]
        after = [max(low, end) for low, high in beside if high > end]
        return (start - before[-1] if before else None), (after[0] - end if after else None)

    def _absence(self, name: str) -> str:
        """Return why somebody is not there, by the first absence that touches the shift."""
        known = self._base.model.people[name]
        zone_name = known.timezone or self._base.model.organization.timezone or self._shift.timezone
        presence = presence_of(known, self._time_off(name), zone_name)
        found = (presence.absence_at(*piece) for piece in self._shift.pieces)
        return next((self._said(absence) for absence in found if absence is not None), "")

    def _said(self, absence: Absence) -> str:
        zone_name = self._shift.timezone
        if absence.reason == "left":
            return f"has left by {spell(absence.start, zone_name)}"
        if absence.reason == "not-joined":
            return f"joins only {spell(absence.end, zone_name)}"
        return f"is away {self._spelled((absence.start, absence.end))}"

    def _spelled(self, stretch: Stretch) -> str:
        zone_name = self._shift.timezone
        start = spell(stretch[0], zone_name).removesuffix(f" {zone_name}")
        return f"from {start} until {spell(stretch[1], zone_name)}"

    def _night_seconds(self, name: str) -> int:
        """Return how much of the shift is night in a person's own zone."""
        return total(intersect(union(self._base.measures.nights(name).stretches()), self._shift.pieces))

    def _elsewhere(self, changed: Judged, name: str) -> str:
        """Return what hinders somebody who would hold two seats at once, or would not hold the shift after all."""
        pieces = self._shift.pieces
        held = [
            shift
            for shift in changed.measures.shifts(name, self._shift.stretch, ANY)
            if clip(pieces, shift.start, shift.end)
        ]
        other = next((shift for shift in held if not self._is_here(shift)), None)
        if other is not None:
            when = self._spelled((other.start, other.end))
            return f"is on call for {other.track.schedule} as {other.track.role} {when}"
        if any(shift.turn is not None for shift in held):
            return "takes this turn already"
        taken = intersect(union((shift.start, shift.end) for shift in held), pieces)
        if self._counts and total(taken) < total(pieces):
            return "would not get it: another override lies on top"
        return ""

    @property
    def _counts(self) -> bool:
        schedule = self._base.model.schedules[self._shift.schedule]
        return any(role.coverage for role in schedule.roles if role.id == self._shift.role)

    def _is_here(self, shift: Held) -> bool:
        return (shift.track.schedule, shift.track.role) == (self._shift.schedule, self._shift.role)

    def _trained(self, name: str) -> bool | None:
        if self._candidates[name]:
            return True
        if not self._anybody_trained:
            return None
        skills = self._base.model.people[name].trained
        since = [skills[skill] for skill in ("on-call", self._shift.schedule, self._shift.role) if skill in skills]
        day = zone(self._shift.timezone).local(self._shift.stretch[0]).day
        return any(first <= day for first in since)

    def _time_off(self, name: str) -> list[TimeOff]:
        return [entry for entry in self._base.model.time_off if entry.person == name]

    def _prefers_not(self, name: str) -> bool:
        place = zone(self._base.measures.zone_of(name))
        wishes = (stretch_of(entry.stretch, place) for entry in self._time_off(name) if entry.kind == WEIGHS_ONLY)
        return any(clip(self._shift.pieces, low, high) for low, high in wishes)
