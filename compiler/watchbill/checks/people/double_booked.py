"""One person is on call for two schedules at one time."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.overlaps import overlaps
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level, Place
from watchbill.intervals import Stretch
from watchbill.roster.timeline import Timeline

_Track = tuple[str, str, Place]
"""A schedule, one of its roles, and the place of the role."""


def _judge(facts: Facts) -> Iterator[Finding]:
    if not facts.times.doubled:
        return
    tracks: list[_Track] = []
    timelines: list[Timeline] = []
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for role in schedule.roles:
            if roster and role.coverage and role.id in roster.timelines:
                tracks.append((schedule.id, role.id, role.place.key()))
                timelines.append(roster.timelines[role.id])
    schedules = [schedule for schedule, _, _ in tracks]
    for person, both, one, other in overlaps(timelines, schedules, facts.times.doubled, facts.judged):
        zone_name = facts.model.people[person].timezone if person in facts.model.people else None
        yield _finding(person, both, tracks[one], tracks[other], zone_name or facts.timezone)


def _finding(person: str, both: Stretch, one: _Track, other: _Track, zone_name: str) -> Finding:
    (first, first_role, first_place), (second, second_role, second_place) = sorted((one, other), key=lambda t: t[:2])
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=first_place,
        message=f"{person} is on call for {first} ({first_role}) and {second} ({second_role}) at one time, "
        f"{spell_stretch(both, zone_name)}",
        help="take the person out of one rotation, swap a turn, or write an override",
        subject=f"person/{person}",
        stretch=both,
        labels=(Label(place=second_place, text=f"{person} holds this role too"),),
        group=f"{first} {second}",
    )


RULE = Rule(
    name="double-booked",
    family="people",
    summary="One person is on call for two schedules at one time.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
