"""Somebody holds the first role of a schedule without a record of training."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from watchbill.checks.readiness import FirstTurn, Readiness
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level
from watchbill.roster.clock import spell, zone


def _judge(facts: Facts) -> Iterator[Finding]:
    if not any(person.trained for person in facts.model.people.values()):
        return
    readiness = Readiness(facts)
    ready = _trained_for_anything(facts)
    for schedule in facts.model.schedules.values():
        if ready.issuperset(readiness.holders(schedule)):
            continue
        turns = readiness.first_turns(schedule)
        if not readiness.keeps_records(turns):
            continue
        yield from (_finding(turn, readiness, facts) for turn in turns if not readiness.is_trained(turn))


def _trained_for_anything(facts: Facts) -> frozenset[str]:
    """Return everybody who is trained for on-call by now, whatever the schedule: nobody of them needs a closer look."""
    today = zone(facts.timezone).local(facts.now).day
    people = facts.model.people.values()
    return frozenset(person.id for person in people if person.trained.get("on-call", date.max) < today)


def _finding(turn: FirstTurn, readiness: Readiness, facts: Facts) -> Finding:
    person, schedule = turn.person, turn.schedule
    since = readiness.trained(person, schedule)
    when = f"is trained only from {since}" if since else "has no record of training for it"
    begins = max(turn.start, facts.now)
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=person.place.at("trained"),
        message=f"{person.id} is {turn.role.id} of {schedule.id} from {spell(begins, schedule.timezone)}, but {when}",
        help=f"write the day below `trained` (`on-call`, `{schedule.id}` or a service of it), "
        "or let somebody else take the first turns",
        subject=f"person/{person.id}",
        stretch=(begins, max(begins + 1, turn.timeline.end[turn.index])),
    )


RULE = Rule(
    name="primary-without-training",
    family="people",
    summary="Somebody holds the first role of a schedule without a record of training.",
    since="0.1",
    level=Level.ERROR,
    levels={"small": "off", "medium": "warning"},
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
