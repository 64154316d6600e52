"""One person stands in for nearly everybody of a rotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import compress

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_count, spell_stretch
from watchbill.findings import Finding, Label, Level, Place
from watchbill.intervals import Stretch
from watchbill.model.on_call import Role, Schedule
from watchbill.records import dataclass
from watchbill.roster.clock import HOUR
from watchbill.roster.timeline import CauseRow, Timeline
from watchbill.roster.windows import WEEK

_ONE_ABSENCE = 4 * WEEK
"""A longer absence counts once for each four weeks of it."""
_CHOICE = 3
"""Among two people, the other one always stands in."""

_Absence = tuple[Place, int]
"""Where an absence is written, and which of its four weeks is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Covers:
    """What each person of a role took over, in seconds, and for which absences; and from whom."""

    seconds: Counter[str]
    absences: dict[str, set[_Absence]]
    absent: dict[str, Counter[str]]


def _judge(facts: Facts) -> Iterator[Finding]:
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for role in schedule.roles:
            # Whoever follows stands in because the one who is followed does.
            if roster is None or not role.coverage or role.follows is not None or role.id not in roster.timelines:
                continue
            timeline = roster.timelines[role.id]
            covered = [_absence(cause) is not None for cause in timeline.causes]
            if any(covered) and len(timeline.people) >= _CHOICE:
                yield from _of_role(facts, schedule, role, timeline, covered)


def _absence(cause: CauseRow) -> Place | None:
    """Return where the absence or override is written for which somebody stands in; who has left is none."""
    if cause.kind == "cover" and cause.skipped and cause.skipped[0].reason == "away":
        return cause.skipped[0].place
    return cause.place if cause.kind == "override" and cause.instead_of is not None else None


def _of_role(
    facts: Facts, schedule: Schedule, role: Role, timeline: Timeline, covered: list[bool]
) -> Iterator[Finding]:
    rows = list(compress(range(len(timeline)), map(covered.__getitem__, timeline.cause)))
    horizon = facts.measures.horizon
    rows = [at for at in rows if timeline.end[at] > horizon[0] and timeline.start[at] < horizon[1]]
    if not any(timeline.end[at] > facts.now for at in rows):
        return
    covers = _covers(timeline, rows, horizon)
    person, seconds = max(covers.seconds.items(), key=lambda each: (each[1], each[0]))
    most = 100 * seconds > facts.number("share") * covers.seconds.total()
    if most and len(covers.absences[person]) >= facts.number("least"):
        own = _seconds(timeline, person, horizon) - seconds
        if 100 * seconds >= facts.number("burden") * own:
            yield _finding(facts, schedule, role, person, covers)


def _seconds(timeline: Timeline, person: str, horizon: Stretch) -> int:
    """Return what a person holds of a timeline in the horizon."""
    number = timeline.people.index(person)
    return sum(
        max(min(end, horizon[1]) - max(start, horizon[0]), 0)
        for start, end, holder in zip(timeline.start, timeline.end, timeline.person, strict=True)
        if holder == number
    )


def _covers(timeline: Timeline, rows: list[int], horizon: Stretch) -> _Covers:
    found = _Covers(seconds=Counter(), absences={}, absent={})
    began: dict[Place, int] = {}
    for at in rows:
        cause = timeline.causes[timeline.cause[at]]
        place = _absence(cause)
        if place is None:
            continue
        start, end = max(timeline.start[at], horizon[0]), min(timeline.end[at], horizon[1])
        person = timeline.people[timeline.person[at]]
        found.seconds[person] += end - start
        block = (start - began.setdefault(place, start)) // _ONE_ABSENCE
        found.absences.setdefault(person, set()).add((place, block))
        found.absent.setdefault(person, Counter())[cause.instead_of or ""] += end - start
    return found


def _finding(facts: Facts, schedule: Schedule, role: Role, person: str, covers: _Covers) -> Finding:
    absences = covers.absences[person]
    whole = len(set().union(*covers.absences.values()))
    hours, of_all = covers.seconds[person] // HOUR, covers.seconds.total() // HOUR
    most = min(covers.absent[person].items(), key=lambda each: (-each[1], each[0]))[0]
    first = min(absences, key=lambda each: (each[0].file, str(each[0].path), each[1]))[0]
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=role.place.key(),
        message=f"{person} stands in for {len(absences)} of {spell_count(whole, 'absence')} in {schedule.id} "
        f"{role.id}, {hours} of {spell_count(of_all, 'hour')}, mostly for {most}, "
        f"{spell_stretch(facts.measures.horizon, schedule.timezone)}",
        help=f"give some of them to others with an override, write `when-away: advance` or `swap`, "
        f"or write a version without {most} for a long leave",
        subject=f"schedule/{schedule.id}",
        stretch=facts.judged,
        labels=(Label(place=first, text="one of the absences"),),
    )


RULE = Rule(
    name="nobody-else-covers",
    family="load",
    summary="One person stands in for nearly everybody of a rotation.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="schedule",
    ages=True,
    options=(
        Option(name="share", default=50, summary="The share of covered hours in per cent above which it is a finding."),
        Option(name="least", default=4, summary="So many absences must have been covered by the person.", least=1),
        Option(
            name="burden",
            default=20,
            summary="So much must the covers add to the person's other hours in the role, in per cent.",
        ),
    ),
    judge=_judge,
)
