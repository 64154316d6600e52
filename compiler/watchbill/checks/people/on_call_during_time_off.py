"""Somebody is on call while away. The roster never does that; this checks that it never does."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.presences import Presences
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.intervals import clip, intersect
from watchbill.model.on_call import Schedule
from watchbill.roster.presence import Presence
from watchbill.roster.timeline import Shift, Timeline


def _judge(facts: Facts) -> Iterator[Finding]:
    presences = Presences(facts)
    if not presences.ever_away:
        return
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for timeline in roster.timelines.values() if roster else ():
            if not presences.ever_away.isdisjoint(timeline.people):
                yield from _in_timeline(timeline, schedule, presences, facts)


def _in_timeline(timeline: Timeline, schedule: Schedule, presences: Presences, facts: Facts) -> Iterator[Finding]:
    of = [presences.of(person, schedule) for person in timeline.people]
    for index, number in enumerate(timeline.person):
        presence = of[number]
        if presence is None:
            continue
        held = clip([(timeline.start[index], timeline.end[index])], *facts.judged)
        for both in intersect(held, presence.away):
            yield _finding(timeline.shift(index), both, schedule, timeline.role, presence)


def _finding(shift: Shift, both: tuple[int, int], schedule: Schedule, role: str, presence: Presence) -> Finding:
    absence = presence.absence_at(*both)
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=shift.cause.place,
        message=f"{shift.person} is {role} of {schedule.id} {spell_stretch(both, schedule.timezone)}, but is away then",
        help="write an override for the stretch; and tell the makers of Watchbill, because the roster should never "
        "do this",
        subject=f"person/{shift.person}",
        stretch=both,
        labels=(Label(place=absence.place, text="away here"),) if absence else (),
    )


RULE = Rule(
    name="on-call-during-time-off",
    family="people",
    summary="Somebody is on call while away.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
    ages=True,
    fixed=True,
    judge=_judge,
)
