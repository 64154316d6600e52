"""Who is ready to be primary: trained, or seasoned by shifts of the past; and who comes new to a rotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from watchbill.checks.rule import Facts
from watchbill.model.on_call import Role, Schedule
from watchbill.model.people import Person
from watchbill.records import dataclass
from watchbill.roster.clock import zone
from watchbill.roster.timeline import Timeline

_ANY = "on-call"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTurn:
    """The first shift ahead of a person in the first role of a schedule, and where the reason for it is written."""

    person: Person
    schedule: Schedule
    role: Role
    timeline: Timeline
    index: int

    @property
    def start(self) -> int:
        """When the shift starts, in UTC seconds."""
        return self.timeline.start[self.index]


class Readiness:
    """Looks people up in the training records and in the timelines."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def services_of(self) -> dict[str, set[str]]:
        """Return the ids of the services that each schedule watches."""
        found: dict[str, set[str]] = defaultdict(set)
        for service in self._facts.model.services.values():
            if service.schedule is not None:
                found[service.schedule].add(service.id)
        return found

    def holders(self, schedule: Schedule) -> tuple[str, ...]:
        """Return everybody who holds the first role of a schedule in any known shift."""
        roster = self._facts.rosters.get(schedule.id)
        return roster.timelines[schedule.roles[0].id].people if roster and schedule.roles else ()

    def first_turns(self, schedule: Schedule) -> list[FirstTurn]:
        """Return the first shift ahead of everybody in a schedule's first role, if that promises coverage."""
        roster = self._facts.rosters.get(schedule.id)
        role = schedule.roles[0] if schedule.roles else None
        if roster is None or role is None or not role.coverage:
            return []
        timeline = roster.timelines[role.id]
        first: dict[int, int] = {}
        low, high = self._facts.judged
        for index, (start, end, person) in enumerate(
            zip(timeline.start, timeline.end, timeline.person, strict=True),
        ):
            if end > low and start < high and person not in first:
                first[person] = index
                if len(first) == len(timeline.people):
                    break
        people = self._facts.model.people
        return [
            FirstTurn(person=people[name], schedule=schedule, role=role, timeline=timeline, index=index)
            for number, index in first.items()
            if (name := timeline.people[number]) in people
        ]

    def trained(self, person: Person, schedule: Schedule) -> date | None:
        """Return since when a person is trained for a schedule: for on-call, for itself, or for one of its services."""
        keys = {_ANY, schedule.id, *self.services_of.get(schedule.id, ())}
        return min((day for key, day in person.trained.items() if key in keys), default=None)

    def is_trained(self, turn: FirstTurn) -> bool:
        """Say whether somebody is trained for a schedule on the day of a shift."""
        since = self.trained(turn.person, turn.schedule)
        return since is not None and since <= zone(turn.schedule.timezone).local(turn.start).day

    def keeps_records(self, turns: list[FirstTurn]) -> bool:
        """Say whether most people of a schedule have a record of training, so that those without stand out."""
        return 2 * sum(self.trained(turn.person, turn.schedule) is not None for turn in turns) > len(turns)

    def is_new(self, turn: FirstTurn) -> bool:
        """Say whether a shift is the very first: no version that has begun names the person, nor does a known shift."""
        timeline = turn.timeline
        number = timeline.people.index(turn.person.id)
        if turn.start <= self._facts.now or number in timeline.person[: turn.index]:
            return False
        return turn.person.id not in self._seasoned(turn.schedule)

    def _seasoned(self, schedule: Schedule) -> set[str]:
        """Return everybody whom a version that has begun names, in any role of a schedule that promises coverage."""
        return set(_named(schedule, zone(schedule.timezone).local(self._facts.now).day))

    def has_shadowed(self, turn: FirstTurn) -> bool:
        """Say whether a person holds a role without coverage, or another role of the schedule, before a shift."""
        roster = self._facts.rosters[turn.schedule.id]
        return any(
            end <= turn.start and timeline.people[person] == turn.person.id
            for timeline in roster.timelines.values()
            if timeline is not turn.timeline and turn.person.id in timeline.people
            for end, person in zip(timeline.end, timeline.person, strict=True)
        )


def _named(schedule: Schedule, today: date) -> Iterator[str]:
    for role in schedule.roles:
        for version in (version for layer in role.layers if role.coverage for version in layer.versions):
            if version.start <= today:
                yield from (person for member in version.members for person in member)
                yield from (person for turn in version.turns for person in turn.member)
