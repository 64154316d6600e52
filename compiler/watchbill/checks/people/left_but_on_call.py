"""Somebody who has left still has turns, which others cover, or is still notified by an escalation policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Label, Level, Place
from watchbill.model.people import Person
from watchbill.model.services import EscalationPolicy, Target
from watchbill.roster.clock import spell, zone
from watchbill.roster.timeline import Timeline


def _judge(facts: Facts) -> Iterator[Finding]:
    leavers = {person.id: person for person in facts.model.people.values() if person.left is not None}
    if leavers:
        yield from _turns(leavers, facts)
        yield from _targets(leavers, facts)


def _turns(leavers: Mapping[str, Person], facts: Facts) -> Iterator[Finding]:
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for timeline in roster.timelines.values() if roster else ():
            for person_id, index in _covered_turns(timeline, facts).items():
                person = leavers[person_id]
                begins = max(timeline.start[index], facts.now)
                yield _finding(
                    person,
                    timeline.causes[timeline.cause[index]].place,
                    f"still has turns as {timeline.role} of {schedule.id}; "
                    f"the next one that others cover starts {spell(begins, schedule.timezone)}",
                    f"add a version without {person_id} that starts after the last day",
                    (begins, max(begins + 1, facts.judged[1])),
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


def _targets(leavers: Mapping[str, Person], facts: Facts) -> Iterator[Finding]:
    for policy in facts.model.escalation.values():
        for where, target in _people_of(policy):
            person = leavers.get(target.id)
            if person is None or person.left is None:
                continue
            gone = max(zone(person.timezone or facts.timezone).midnight(person.left + timedelta(days=1)), facts.now)
            if gone < facts.judged[1]:
                yield _finding(
                    person,
                    target.place,
                    f"is still notified by {where} of the escalation policy {policy.id}",
                    "name somebody who stays, or better a schedule or a team: their people change without an edit here",
                    (gone, facts.judged[1]),
                )


def _people_of(policy: EscalationPolicy) -> Iterator[tuple[str, Target]]:
    for number, step in enumerate(policy.steps, start=1):
        yield from ((f"step {number}", target) for target in step.notify if target.kind == "person")
    if policy.last_resort is not None and policy.last_resort.kind == "person":
        yield "the last resort", policy.last_resort


def _finding(person: Person, place: Place, what: str, help_text: str, stretch: tuple[int, int]) -> Finding:
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=place,
        message=f"{person.id}, whose last day is {person.left}, {what}",
        help=help_text,
        subject=f"person/{person.id}",
        stretch=stretch,
        labels=(Label(place=person.place.at("left"), text=f"{person.id} leaves"),),
    )


RULE = Rule(
    name="left-but-on-call",
    family="people",
    summary="Somebody who has left still has turns, which others cover, or is still notified.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
