"""Somebody who comes new to a schedule is primary without having shadowed or been trained before."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.readiness import FirstTurn, Readiness
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Label, Level
from watchbill.model.on_call import Schedule
from watchbill.roster.clock import spell, zone


def _judge(facts: Facts) -> Iterator[Finding]:
    readiness = Readiness(facts)
    for schedule in facts.model.schedules.values():
        if not _changes(schedule, facts):
            continue
        turns = readiness.first_turns(schedule)
        new = [turn for turn in turns if readiness.is_new(turn)]
        if not new or len(new) == len(turns) or readiness.keeps_records(turns):
            continue  # nobody is there to learn from, or `primary-without-training` looks after it
        for turn in new:
            if not readiness.is_trained(turn) and not readiness.has_shadowed(turn):
                yield _finding(turn)


def _changes(schedule: Schedule, facts: Facts) -> bool:
    """Say whether anybody new can come: by a version that lies ahead, or by an override."""
    today = zone(schedule.timezone).local(facts.now).day
    return any(
        version.start > today for role in schedule.roles[:1] for layer in role.layers for version in layer.versions
    )


def _finding(turn: FirstTurn) -> Finding:
    person, schedule, timeline = turn.person, turn.schedule, turn.timeline
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=timeline.causes[timeline.cause[turn.index]].place,
        message=f"{person.id} is {turn.role.id} of {schedule.id} for the first time from "
        f"{spell(turn.start, schedule.timezone)}, without having shadowed anybody before",
        help="add a role without `coverage`, such as `shadow`, with a turn before that; "
        f"or write the day of a training below `trained` of {person.id}",
        subject=f"person/{person.id}",
        stretch=(turn.start, timeline.end[turn.index]),
        labels=(Label(place=person.place, text="no training is written down here"),),
    )


RULE = Rule(
    name="primary-without-shadow",
    family="people",
    summary="Somebody new to a schedule is primary without having shadowed before.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "off"},
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
