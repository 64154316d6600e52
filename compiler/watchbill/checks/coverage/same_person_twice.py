"""One person holds two roles at one time that must be held by different people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.intervals import Stretch, intersect, union
from watchbill.model.on_call import Schedule
from watchbill.roster.timeline import Timeline


def _judge(facts: Facts) -> Iterator[Finding]:
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        if roster is None:
            continue
        for first, second in _pairs(schedule):
            a, b = roster.timelines.get(first), roster.timelines.get(second)
            if a is None or b is None:
                continue
            for person in sorted({*a.people} & {*b.people}):
                for both in intersect(_held(a, person, facts.judged), _held(b, person, facts.judged)):
                    yield _finding(schedule, first, second, person, both)


def _pairs(schedule: Schedule) -> list[tuple[str, str]]:
    """Return the pairs of roles that must differ, each once, in file order."""
    order = {role.id: number for number, role in enumerate(schedule.roles)}
    sets = (sorted((role for role in roles if role in order), key=order.__getitem__) for roles in schedule.distinct)
    return list(dict.fromkeys(pair for roles in sets for pair in combinations(roles, 2)))


def _held(timeline: Timeline, person: str, judged: Stretch) -> list[Stretch]:
    number = timeline.people.index(person)
    low, high = judged
    return union(
        (max(start, low), min(end, high))
        for start, end, holder in zip(timeline.start, timeline.end, timeline.person, strict=True)
        if holder == number and low < end and start < high
    )


def _finding(schedule: Schedule, first: str, second: str, person: str, both: Stretch) -> Finding:
    places = {role.id: role.place.key() for role in schedule.roles}
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=places[second],
        message=f"{person} is {first} and {second} of {schedule.id} at one time, "
        f"{spell_stretch(both, schedule.timezone)}",
        help=f"change the order or the members of one role, write an override, or take the pair out of `distinct` "
        f"if one person may be both {first} and {second}",
        subject=f"schedule/{schedule.id}",
        stretch=both,
        labels=(Label(place=places[first], text=f"{person} holds this role too"),),
        group=f"{person} {first} {second}",
    )


RULE = Rule(
    name="same-person-twice",
    family="coverage",
    summary="One person holds two roles at one time that must be held by different people.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="schedule",
    ages=True,
    judge=_judge,
)
