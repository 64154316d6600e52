"""Somebody is on call while away. The roster never does that; this checks that it never does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import sub

from watchbill.checks.presences import Presences
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.intervals import Stretch, clip
from watchbill.model.on_call import Schedule
from watchbill.roster.presence import Presence
from watchbill.roster.timeline import Shift, Timeline


def _judge(facts: Facts) -> Iterator[Finding]:
    presences = Presences(facts)
    suspects = frozenset(person for person in presences.away_in(facts.judged) if _may_clash(person, presences, facts))
    for schedule in facts.model.schedules.values() if suspects else ():
        roster = facts.rosters.get(schedule.id)
        for timeline in roster.timelines.values() if roster else ():
            if not suspects.isdisjoint(timeline.people):
                yield from _in_timeline(timeline, suspects, schedule, presences, facts)


def _may_clash(person: str, presences: Presences, facts: Facts) -> bool:
    """Say whether any shift of a person, of whatever schedule, touches an absence ahead."""
    times = facts.times.by_person.get(person)
    return times is not None and any(
        times.touching(away) for presence in presences.all_of(person) for away in clip(presence.away, *facts.judged)
    )


def _in_timeline(
    timeline: Timeline, people: frozenset[str], schedule: Schedule, presences: Presences, facts: Facts
) -> Iterator[Finding]:
    found = [(person, presences.of(person, schedule)) for person in timeline.people if person in people]
    absences = [(p, presence, away) for p, presence in found if presence for away in clip(presence.away, *facts.judged)]
    if not absences:
        return
    longest = max(map(sub, timeline.end, timeline.start), default=0)
    for person, presence, away in absences:
        number = timeline.people.index(person)
        first, last = bisect_left(timeline.start, away[0] - longest), bisect_left(timeline.start, away[1])
        for index in range(first, last):
            if timeline.person[index] == number and timeline.end[index] > away[0]:
                both = max(timeline.start[index], away[0]), min(timeline.end[index], away[1])
                yield _finding(timeline.shift(index), both, schedule, timeline.role, presence)


def _finding(shift: Shift, both: Stretch, schedule: Schedule, role: str, presence: Presence) -> Finding:
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
