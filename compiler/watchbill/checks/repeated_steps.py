"""Steps of an escalation policy that reach only people who have been asked before, and when they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from watchbill.checks.notified import Notified
from watchbill.checks.rule import Facts
from watchbill.intervals import Stretch, intersect, subtract, union
from watchbill.model.services import EscalationPolicy, Target
from watchbill.records import dataclass
from watchbill.roster.timeline import Timeline

_SEEN_AT_A_GLANCE = frozenset({"schedule", "person", "team"})
"""Kinds of targets of which it is quickly known whom they reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A step (by index; the number of steps for the last resort), when it only repeats, and who is asked again.

    ``stuck``: no later step reaches anybody else either, so the escalation is at its end.
    """

    step: int
    stretches: tuple[Stretch, ...]
    people: tuple[str, ...]
    stuck: bool


def repetition(policy: EscalationPolicy, notified: Notified, facts: Facts) -> Repetition | None:
    """Return the first step after which nobody new is reached at some time, else the first that repeats, else none.

    Times at which a schedule of the policy breaks its promise are left to the rules about gaps, and two roles of one
    schedule that must be held by different people to ``same-person-twice``.
    """
    if len(policy.steps) + (policy.last_resort is not None) < 2 or obviously_apart(policy, notified, facts):
        return None
    return repetition_by_shift(policy, notified, facts)


def repetition_by_shift(policy: EscalationPolicy, notified: Notified, facts: Facts) -> Repetition | None:
    """Return what ``repetition`` does, by a look at every shift; the policy has two stages at least."""
    stages = [step.notify for step in policy.steps]
    if policy.last_resort is not None:
        stages.append((policy.last_resort,))
    told = _told(stages, facts)
    first = notified.people(stages[0])
    later = notified.people([target for stage in stages[1:] for target in stage])
    stuck = subtract(intersect(union_of(first), _repeats(later, first)), told)
    if stuck:
        return Repetition(step=1, stretches=tuple(stuck), people=_who(later, stuck[0]), stuck=True)
    earlier = dict(first)
    for index, step in enumerate(policy.steps[1:], start=1):
        here = notified.people(step.notify)
        again = subtract(_repeats(here, earlier), told)
        if again and not _is_deliberate(step.notify, stages[:index], facts):
            return Repetition(step=index, stretches=tuple(again), people=_who(here, again[0]), stuck=False)
        for person, stretches in here.items():
            earlier[person] = union([*earlier.get(person, ()), *stretches])
    return None


def union_of(people: Mapping[str, Sequence[Stretch]]) -> list[Stretch]:
    """Return the set in which anybody is reached."""
    return union(stretch for stretches in people.values() for stretch in stretches)


def _repeats(here: Mapping[str, list[Stretch]], earlier: Mapping[str, list[Stretch]]) -> list[Stretch]:
    """Return the set in which somebody is reached, and nobody who has not been asked before."""
    new = union(s for person, there in here.items() for s in subtract(there, earlier.get(person, ())))
    return subtract(union_of(here), new)


def _who(people: Mapping[str, list[Stretch]], stretch: Stretch) -> tuple[str, ...]:
    return tuple(person for person, there in people.items() if intersect(there, [stretch]))


def _is_deliberate(step: Sequence[Target], earlier: Sequence[Sequence[Target]], facts: Facts) -> bool:
    """Say whether a step names just what an earlier one does (it asks again), or a role that must be somebody else."""
    before = [target for stage in earlier for target in stage]
    named = {(target.kind, target.id, target.role) for target in before}
    return all(
        (target.kind, target.id, target.role) in named or any(_are_distinct(target, other, facts) for other in before)
        for target in step
    )


def _are_distinct(one: Target, other: Target, facts: Facts) -> bool:
    schedule = facts.model.schedules.get(one.id) if one.kind == "schedule" else None
    if schedule is None or other.kind != "schedule" or other.id != one.id:
        return False
    first = schedule.roles[0].id
    return any({one.role or first, other.role or first} <= set(roles) for roles in schedule.distinct)


def obviously_apart(policy: EscalationPolicy, notified: Notified, facts: Facts) -> bool:
    """Say whether each step surely reaches somebody whom no earlier one asks, without a look at each shift.

    So it is where a step names more people who are never away than can be asked before at any one time, or where it
    notifies other schedules only and nobody of them ever has two shifts at a time. The last resort counts where no
    step surely reaches somebody at all times.
    """
    before = _Asked()
    surely = False
    for number, stage in enumerate(step.notify for step in policy.steps):
        if any(target.kind not in _SEEN_AT_A_GLANCE for target in stage):
            return False
        timelines, named = notified.timelines(stage), notified.named(stage)
        if number and named and len(notified.always_there(stage) - before.named) > before.seats:
            surely = True
        elif number and not before.are_others(timelines, len(stage), facts):
            return False
        before.add(timelines, named)
    if policy.last_resort is None or surely:
        return True
    return len(notified.always_there([policy.last_resort]) - before.named) > before.seats


class _Asked:
    """Whom earlier steps ask: people by name, and the holders of so many seats of some timelines."""

    def __init__(self) -> None:
        self.named: set[str] = set()
        self.seats = 0
        self._tracks: set[tuple[str, str]] = set()

    def add(self, timelines: Sequence[Timeline], named: Iterable[str]) -> None:
        self.named.update(named)
        self.seats += sum(max(timeline.seat, default=-1) + 1 for timeline in timelines)
        self._tracks.update((timeline.schedule, timeline.role) for timeline in timelines)

    def are_others(self, timelines: Sequence[Timeline], targets: int, facts: Facts) -> bool:
        """Say whether a step with so many targets asks holders of timelines only, and never one who is asked before."""
        return len(timelines) == targets and all(
            (timeline.schedule, timeline.role) not in self._tracks
            and self.named.isdisjoint(timeline.people)
            and facts.times.doubled.isdisjoint(timeline.people)
            for timeline in timelines
        )


def _told(stages: Sequence[Sequence[Target]], facts: Facts) -> list[Stretch]:
    schedules = {target.id for stage in stages for target in stage if target.kind == "schedule"}
    return union(gap.stretch for gap in facts.gaps if gap.schedule in schedules)
