"""One person holds two roles at one time that must be held by different people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from operator import ne

from watchbill.checks.holdings import overlaps
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule


def _judge(facts: Facts) -> Iterator[Finding]:
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for first, second in _pairs(schedule) if roster else ():
            pair = [roster.timelines[role] for role in (first, second) if roster and role in roster.timelines]
            if len(pair) == 2:
                in_both = {*pair[0].people} & {*pair[1].people}
                for person, both, _, _ in overlaps(pair, in_both, facts.judged, ne):
                    yield _finding(schedule, first, second, person, both)


def _pairs(schedule: Schedule) -> list[tuple[str, str]]:
    """Return the pairs of roles that must differ, each once, in file order."""
    order = {role.id: number for number, role in enumerate(schedule.roles)}
    sets = (sorted((role for role in roles if role in order), key=order.__getitem__) for roles in schedule.distinct)
    return list(dict.fromkeys(pair for roles in sets for pair in combinations(roles, 2)))


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
