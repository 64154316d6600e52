"""One person holds two roles at one time that must be held by different people."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.overlaps import overlaps
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule


def _judge(facts: Facts) -> Iterator[Finding]:
    for schedule in facts.model.schedules.values() if facts.times.doubled else ():
        roster = facts.rosters.get(schedule.id)
        for distinct in schedule.distinct if roster else ():
            roles = [role.id for role in schedule.roles if role.id in distinct]
            timelines = [roster.timelines[role] for role in roles] if roster else []
            for person, both, one, other in overlaps(timelines, roles, facts.times.doubled, facts.judged):
                first, second = sorted((one, other))
                yield _finding(schedule, roles[first], roles[second], person, both)


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
