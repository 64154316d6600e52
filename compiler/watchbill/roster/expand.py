"""Expands schedules into timelines: the roles of a schedule in their order, each from layers or by following.

A shift that touches a demanded stretch is given with its true start and end. To know them, a schedule is computed on
a *reach*: the demanded stretch widened by whole turns, once for each role that depends on another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import count
from operator import attrgetter

from watchbill.findings import Finding
from watchbill.intervals import Stretch, total, union
from watchbill.model.on_call import Role
from watchbill.model.repository import Model
from watchbill.roster.calm import expand_calm, timeline
from watchbill.roster.causes import CauseTable, Segment, SegmentFinder, touching
from watchbill.roster.clock import END_OF_TIME
from watchbill.roster.followers import FollowerExpander, followed_turns, pinned_turns
from watchbill.roster.layers import LayerExpander, holders, merge
from watchbill.roster.observations import layer_findings, replacement_findings, swap_finding
from watchbill.roster.overrides import Replacement, apply_replacements, replacement_of, swap_replacements
from watchbill.roster.reach import Reach
from watchbill.roster.resolved_times import judge_times
from watchbill.roster.role_order import followed_by, in_order, root_of
from watchbill.roster.schedule_input import InputBuilder, ScheduleInput
from watchbill.roster.stand_ins import Availability
from watchbill.roster.timeline import Roster, Timeline
from watchbill.roster.turns import LayerTurns

_FIRST_REACH = 400 * 86_400
"""Seconds that a stretch is widened at most for one long turn; more only if a shift turns out to be longer."""


class ScheduleExpander:
    """Expands one schedule. Holds what does not depend on the stretch: presences, turns, orders, replacements."""

    def __init__(self, given: ScheduleInput) -> None:
        self.given = given
        self.schedule = given.schedule
        self.findings: list[Finding] = []
        self._below: dict[str, SegmentFinder] = {}
        self._causes: dict[str, CauseTable] = {}
        self._presences = {presence.person: presence for presence in given.presences}
        holidays = dict(given.holidays)
        self._layers: dict[str, list[LayerExpander]] = {
            role.id: [LayerExpander(LayerTurns(layer, holidays), self._presences) for layer in role.layers]
            for role in self.schedule.roles
        }
        self._replacements = self._all_replacements()

    @cached_property
    def reach(self) -> Reach:
        """Return what knows how far around a stretch this schedule is computed."""
        return Reach(
            self.schedule,
            self._layers,
            [replacement for found in self._replacements.values() for replacement in found],
            self.given.presences,
            [days_off for _, days_off in self.given.holidays],
            self._depth - (0 if self._layered() else 1),
        )

    @cached_property
    def _roles(self) -> list[Role]:
        return in_order(self.schedule.roles)

    def _layered(self) -> bool:
        several = any(len(role.layers) > 1 for role in self.schedule.roles)
        return several or any(self._replacements.values())

    def _all_replacements(self) -> dict[str, list[Replacement]]:
        """Return the overrides and swaps of each role, in order of rank."""
        found: dict[str, list[Replacement]] = {role.id: [] for role in self.schedule.roles}
        for override in self.given.overrides:
            replacement = replacement_of(override, self.schedule, self._presences)
            if override.role in found and replacement.start < replacement.end:
                found[override.role].append(replacement)
        for swap in self.given.swaps:
            layers = self._layers.get(swap.role, [])
            replacements, missing = swap_replacements(swap, self.schedule, layers, self._presences)
            if swap.role in found:
                found[swap.role] += replacements
            self.findings += [swap_finding(swap, side, self.schedule) for side in missing]
        return {role: sorted(listed, key=attrgetter("rank")) for role, listed in found.items()}

    def expand(self, demanded: Sequence[Stretch], *, bulk: bool = True) -> Roster:
        """Return the timelines of all roles for the demanded stretches."""
        stretches = union(demanded)
        self._causes = {role.id: CauseTable() for role in self.schedule.roles}
        timelines = self._mostly_calm(stretches[0]) if bulk and len(stretches) == 1 else None
        if timelines is None:
            timelines = self._general(stretches)
        for role in self.schedule.roles:
            for layer in self._layers[role.id]:
                self.findings += layer_findings(self.schedule, role, layer)
        return Roster(schedule=self.schedule.id, timelines=timelines)

    def _mostly_calm(self, stretch: Stretch) -> dict[str, Timeline] | None:
        """Return the timelines made in bulk, with the restless stretches put in; ``None`` if too much is restless."""
        if any(self._replacements.values()):
            return None
        found = expand_calm(self.schedule, self._layers, stretch, self.given.presences, self._causes)
        if found is None:
            return None
        calm, restless = found
        if total(restless) * 4 > stretch[1] - stretch[0]:
            return None
        for start, end in restless:
            for role_id, segments in self._expand_stretch(start, end, self._causes).items():
                # A turn at the edge is looked at whole; of its pieces only those that touch what is asked are wanted.
                asked = touching(segments, *stretch)
                calm[role_id].replace((start, end), asked)
        return {role_id: timeline(self.schedule.id, role_id, columns, stretch) for role_id, columns in calm.items()}

    def _general(self, stretches: Sequence[Stretch]) -> dict[str, Timeline]:
        found: dict[str, list[Segment]] = {role.id: [] for role in self.schedule.roles}
        for start, end in stretches:
            for role_id, segments in self._expand_stretch(start, end, self._causes).items():
                # A long shift can touch two stretches.
                known = set(found[role_id])
                found[role_id] += [segment for segment in segments if segment not in known] if known else segments
        return {
            role.id: _timeline(self.schedule.id, role.id, found[role.id], self._causes[role.id], stretches)
            for role in self.schedule.roles
        }

    def _expand_stretch(self, start: int, end: int, causes: Mapping[str, CauseTable]) -> dict[str, list[Segment]]:
        """Return the segments that touch a stretch, by role, with their true bounds."""
        # Whoever stands in for a long turn is found by looking at all of it, and at all that depends on it.
        widest = END_OF_TIME if self._presences and self._depth > 1 else _FIRST_REACH
        while True:
            low, high, capped = self.reach.around(start, end, widest)
            computed = self._compute(low, high, causes)
            inside = {role: touching(segments, start, end) for role, segments in computed.items()}
            if not capped or all(low <= s.start and s.end <= high for segments in inside.values() for s in segments):
                break
            widest *= 8
        for role in self.schedule.roles:
            here = [r for r in self._replacements[role.id] if r.start < end and start < r.end]
            if here:
                self.findings += replacement_findings(self.schedule, role, self._below[role.id], here)
        return inside

    @cached_property
    def _depth(self) -> int:
        """Return the length of the longest chain of roles that depend on each other."""
        depths: dict[str, int] = {}
        for role in self._roles:
            before = (
                {*followed_by(role, self.schedule.roles), *self._distinct_from(role.id)} if self._depends(role) else ()
            )
            depths[role.id] = 1 + max((depths.get(other, 0) for other in before), default=0)
        return max(depths.values(), default=1)

    def _depends(self, role: Role) -> bool:
        return role.follows is not None or bool(self._presences)

    def _compute(self, start: int, end: int, causes: Mapping[str, CauseTable]) -> dict[str, list[Segment]]:
        """Return the segments of each role, exact inside ``[start, end)``; beyond it turns are whole but unmerged."""
        final: dict[str, list[Segment]] = {}
        self._below = {}
        for role in self._roles:
            table = causes[role.id]
            excluding = [*self._distinct_from(role.id), *followed_by(role, self.schedule.roles)]
            earlier = [final[other] for other in dict.fromkeys(excluding) if other in final]
            availability = Availability(self._presences, partial(_held_by, earlier if self._depends(role) else []))
            if role.follows is not None:
                # The followed role alone excludes, and nothing is overridden in it: then a follower gives way just
                # where he is the holder of the turn that he follows.
                alone = role.follows.role in self._below and earlier == [self._below[role.follows.role].segments]
                below = self._follow(role, start, end, causes, availability, alone=alone)
            else:
                results = [layer.expand(start, end, table, availability) for layer in self._layers[role.id]]
                below = merge(results) if results else []
            self._below[role.id] = finder = SegmentFinder(below)
            replacements = [r for r in self._replacements[role.id] if r.start < end and start < r.end]
            final[role.id] = apply_replacements(finder, replacements, table) if replacements else below
        return final

    def _follow(
        self,
        role: Role,
        start: int,
        end: int,
        causes: Mapping[str, CauseTable],
        availability: Availability,
        *,
        alone: bool,
    ) -> list[Segment]:
        root, ahead, layer_id = root_of(role, self.schedule.roles)
        if root is None or root.id not in self._below:
            return []
        layers = {layer.id: layer for layer in self._layers[root.id]}
        expander = FollowerExpander(ahead, causes[role.id], availability)
        if layer_id is not None:
            return expander.expand(pinned_turns(layers[layer_id], start, end)) if layer_id in layers else []
        below = self._below[root.id].segments
        followed = followed_turns(below, causes[root.id], layers)
        if alone and len(followed) == len(below):
            return expander.expand_beside(followed, [segment.person for segment in below])
        return expander.expand(followed)

    def _distinct_from(self, role_id: str) -> list[str]:
        return [other for group in self.schedule.distinct if role_id in group for other in group if other != role_id]


def _held_by(roles: Sequence[Sequence[Segment]]) -> dict[str, list[Stretch]]:
    """Return when each person holds a seat in any of several roles."""
    if len(roles) == 1:
        return holders(roles[0])
    return holders(sorted(segment for segments in roles for segment in segments))


def _timeline(
    schedule: str, role: str, segments: list[Segment], causes: CauseTable, demanded: Sequence[Stretch]
) -> Timeline:
    if segments:
        start, seat, end, persons, turn, cause = (list(column) for column in zip(*segments, strict=True))
    else:
        start, seat, end, persons, turn, cause = [], [], [], [], [], []
    people = tuple(dict.fromkeys(persons))
    index = dict(zip(people, count(), strict=False))
    return Timeline(
        schedule=schedule,
        role=role,
        demanded=tuple(demanded),
        people=people,
        causes=tuple(causes.rows),
        start=start,
        end=end,
        person=list(map(index.__getitem__, persons)),
        seat=seat,
        turn=turn,
        cause=cause,
    )


def expand(given: ScheduleInput, demanded: Sequence[Stretch], *, bulk: bool = True) -> tuple[Roster, list[Finding]]:
    """Expand one schedule for the demanded stretches; return its timelines and what was noticed on the way.

    ``bulk`` allows calm stretches to be made in bulk; without it all goes the general way, with the same result.
    """
    expander = ScheduleExpander(given)
    roster = expander.expand(demanded, bulk=bulk)
    return roster, list(dict.fromkeys(expander.findings))


class Expansions:
    """Schedules that have been expanded, by id: one whose input and demands are as before is not expanded again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[ScheduleInput, tuple[Stretch, ...], tuple[Roster, list[Finding]]]] = {}

    def expand(self, given: ScheduleInput, demanded: Sequence[Stretch]) -> tuple[Roster, list[Finding]]:
        """Expand a schedule, or return what came of the same input before."""
        asked = tuple(demanded)
        known = self._known.get(given.schedule.id)
        if known is not None and known[0] == given and known[1] == asked:
            return known[2]
        found = expand(given, demanded)
        self._known[given.schedule.id] = given, asked, found
        return found


def expand_all(
    model: Model, demanded: Sequence[Stretch], known: Expansions | None = None
) -> tuple[dict[str, Roster], list[Finding]]:
    """Expand all schedules of a model, in order of id; ``known`` are those of another model, and grow."""
    builder = InputBuilder(model)
    rosters: dict[str, Roster] = {}
    findings = judge_times(model)
    for schedule_id in sorted(model.schedules):
        given = builder.input_of(model.schedules[schedule_id])
        roster, noticed = expand(given, demanded) if known is None else known.expand(given, demanded)
        rosters[schedule_id] = roster
        findings += noticed
    return rosters, findings
