"""Somebody who has left still has turns; others cover them."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Label, Level
from watchbill.roster.clock import spell
from watchbill.roster.timeline import Timeline


def _judge(facts: Facts) -> Iterator[Finding]:
    leavers = {person.id: person for person in facts.model.people.values() if person.left is not None}
    if not leavers:
        return
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for timeline in roster.timelines.values() if roster else ():
            for person_id, index in _covered_turns(timeline, facts).items():
                person = leavers[person_id]
                begins = max(timeline.start[index], facts.now)
                yield Finding(
                    rule=RULE.name,
                    level=RULE.level,
                    place=timeline.causes[timeline.cause[index]].place,
                    message=f"{person_id}, whose last day is {person.left}, still has turns as {timeline.role} of "
                    f"{schedule.id}; the next one that others cover starts {spell(begins, schedule.timezone)}",
                    help=f"add a version without {person_id} that starts after the last day",
                    subject=f"person/{person_id}",
                    stretch=(begins, max(begins + 1, facts.judged[1])),
                    labels=(Label(place=person.place.at("left"), text=f"{person_id} leaves"),),
                )


def _covered_turns(timeline: Timeline, facts: Facts) -> dict[str, int]:
    """Return the first shift ahead in which somebody covers for a leaver, by the leaver's id."""
    leaver_of = {
        number: skip.person
        for number, row in enumerate(timeline.causes)
        for skip in row.skipped
        if row.kind == "cover" and skip.reason == "left" and skip.person == row.instead_of
    }
    first: dict[str, int] = {}
    if leaver_of:
        for index, (end, number) in enumerate(zip(timeline.end, timeline.cause, strict=True)):
            if number in leaver_of and end > facts.judged[0]:
                first.setdefault(leaver_of[number], index)
    return first


RULE = Rule(
    name="leaver-in-rotation",
    family="people",
    summary="Somebody who has left still has turns, which others cover.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
