"""Whom the targets of escalation policies reach, and when, from now to the end of the horizon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from watchbill.checks.presences import Presences
from watchbill.checks.rule import Facts
from watchbill.insight.coverage import held
from watchbill.intervals import Stretch, clip, subtract, union
from watchbill.model.services import Target
from watchbill.roster.timeline import Timeline

_DEEPEST = 8
"""How many policies that name policies are followed: loops are told by ``escalation-dead-end``."""


class Notified:
    """Resolves targets to people. What could not be understood counts as reaching somebody at any time."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._presences = Presences(facts)
        self._people: dict[str, list[Stretch]] = {}
        self._timelines: dict[tuple[str, str], dict[str, list[Stretch]]] = {}
        # Policies that name several policies each would be walked again and again: 20 of them 20 ** 8 times.
        self._somebody_of: dict[tuple[str, int], list[Stretch]] = {}
        self._people_of_policy: dict[tuple[str, int], dict[str, list[Stretch]]] = {}

    def timelines(self, targets: Iterable[Target]) -> list[Timeline]:
        """Return the timelines of the schedules among some targets."""
        found = (self._timeline(target) for target in targets if target.kind == "schedule")
        return [timeline for timeline in found if timeline is not None]

    def somebody(self, targets: Iterable[Target], depth: int = 0) -> list[Stretch]:
        """Return the set in which any of some targets reaches anybody."""
        return union(stretch for target in targets for stretch in self._somebody(target, depth))

    def people(self, targets: Iterable[Target], depth: int = 0) -> dict[str, list[Stretch]]:
        """Return for each person whom some targets reach the set in which they do."""
        found: dict[str, list[Stretch]] = {}
        for target in targets:
            for person, stretches in self._people_of(target, depth).items():
                found[person] = union([*found.get(person, ()), *stretches])
        return found

    def always_there(self, targets: Iterable[Target]) -> frozenset[str]:
        """Return the people whom some targets name directly or by team, and who are never away."""
        return self.named(targets).difference(self._presences.ever_away) & self._facts.model.people.keys()

    def named(self, targets: Iterable[Target]) -> frozenset[str]:
        """Return the people whom some targets name directly or by team."""
        return frozenset(name for target in targets for name in self._named(target))

    def _named(self, target: Target) -> tuple[str, ...]:
        if target.kind == "person":
            return (target.id,)
        team = self._facts.model.teams.get(target.id) if target.kind == "team" else None
        return team.members if team else ()

    def _is_broken(self, target: Target) -> bool:
        broken = self._facts.model.broken
        return (target.kind, target.id) in broken or (target.kind, "*") in broken

    def _somebody(self, target: Target, depth: int) -> list[Stretch]:
        if self._is_broken(target):
            return [self._facts.judged]
        timeline = self._timeline(target)
        if timeline is not None:
            return held(timeline, self._facts.judged)
        if target.kind == "escalation":
            key = target.id, depth
            if key not in self._somebody_of:
                self._somebody_of[key] = self.somebody(self._first_step(target, depth), depth + 1)
            return self._somebody_of[key]
        return union(stretch for stretches in self._people_of(target, depth).values() for stretch in stretches)

    def _people_of(self, target: Target, depth: int) -> Mapping[str, list[Stretch]]:
        timeline = self._timeline(target)
        if timeline is not None:
            return self._holders(timeline)
        if target.kind == "escalation":
            key = target.id, depth
            if key not in self._people_of_policy:
                self._people_of_policy[key] = self.people(self._first_step(target, depth), depth + 1)
            return self._people_of_policy[key]
        return {person: self._present(person) for person in self._named(target)}

    def _first_step(self, target: Target, depth: int) -> tuple[Target, ...]:
        policy = self._facts.model.escalation.get(target.id)
        return policy.steps[0].notify if policy and policy.steps and depth < _DEEPEST else ()

    def _timeline(self, target: Target) -> Timeline | None:
        """Return the timeline behind a schedule, or behind an incident role that is always called."""
        name, role = target.id, target.role
        if target.kind == "incident-role" and not target.severities:
            found = self._facts.model.incident_roles.get(target.id)
            name = found.schedule or "" if found else ""
        elif target.kind != "schedule":
            return None
        roster = self._facts.rosters.get(name)
        if roster is None:
            return None
        return roster.timelines.get(role) if role else next(iter(roster.timelines.values()), None)

    def _holders(self, timeline: Timeline) -> dict[str, list[Stretch]]:
        key = timeline.schedule, timeline.role
        if key not in self._timelines:
            found: dict[str, list[Stretch]] = {person: [] for person in timeline.people}
            for start, end, person in zip(timeline.start, timeline.end, timeline.person, strict=True):
                found[timeline.people[person]].append((start, end))
            self._timelines[key] = {p: clip(union(held_), *self._facts.judged) for p, held_ in found.items()}
        return self._timelines[key]

    def _present(self, person_id: str) -> list[Stretch]:
        if person_id not in self._people:
            self._people[person_id] = self._looked_up(person_id)
        return self._people[person_id]

    def _looked_up(self, person_id: str) -> list[Stretch]:
        judged = self._facts.judged
        if person_id not in self._presences.ever_away:
            return clip([judged], *judged)
        return subtract([judged], union(a for known in self._presences.all_of(person_id) for a in known.away))
