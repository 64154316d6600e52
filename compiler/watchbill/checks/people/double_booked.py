"""One person is on call for two schedules at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level, Place
from watchbill.intervals import Stretch
from watchbill.roster.timeline import Timeline

_Holding = tuple[int, int, int]
"""Start, end, and the number of a track: a schedule and a role."""


def _judge(facts: Facts) -> Iterator[Finding]:
    tracks = [
        (schedule.id, role.id, role.place.key())
        for schedule in facts.model.schedules.values()
        if schedule.id in facts.rosters
        for role in schedule.roles
        if role.coverage
    ]
    timelines = [facts.rosters[schedule].timelines.get(role) for schedule, role, _ in tracks]
    for person, holdings in _holdings(timelines, facts.judged, _on_two_schedules(tracks, timelines)):
        zone_name = facts.model.people[person].timezone if person in facts.model.people else None
        for (start, end), first, second in _overlaps(holdings, [schedule for schedule, _, _ in tracks]):
            yield _finding(person, (start, end), tracks[first], tracks[second], zone_name or facts.timezone)


def _on_two_schedules(tracks: Sequence[tuple[str, str, Place]], timelines: Sequence[Timeline | None]) -> set[str]:
    """Return the people who appear on more than one schedule: nobody else needs a look."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for (schedule, _, _), timeline in zip(tracks, timelines, strict=True):
        for person in timeline.people if timeline else ():
            if seen.setdefault(person, schedule) != schedule:
                twice.add(person)
    return twice


def _holdings(
    timelines: Sequence[Timeline | None], judged: Stretch, wanted: set[str]
) -> Iterable[tuple[str, list[_Holding]]]:
    """Return what each of some people holds inside a stretch, in order of start."""
    low, high = judged
    held: dict[str, list[_Holding]] = defaultdict(list)
    for track, timeline in enumerate(timelines):
        if timeline is None:
            continue
        lists = [held[person] if person in wanted else None for person in timeline.people]
        for start, end, number in zip(timeline.start, timeline.end, timeline.person, strict=True):
            if low < end and start < high and (mine := lists[number]) is not None:
                mine.append((start if start > low else low, end if end < high else high, track))
    for person in sorted(held):
        held[person].sort()
        yield person, held[person]


def _overlaps(holdings: Sequence[_Holding], schedule_of: Sequence[str]) -> Iterator[tuple[Stretch, int, int]]:
    """Return the stretches in which two tracks of different schedules are held, with both tracks."""
    held: list[_Holding] = []
    for start, end, track in holdings:
        if held:
            held = [holding for holding in held if holding[1] > start]
            for _, other_end, other in held:
                if schedule_of[other] != schedule_of[track]:
                    yield (start, min(end, other_end)), other, track
        held.append((start, end, track))


def _finding(
    person: str, both: Stretch, one: tuple[str, str, Place], other: tuple[str, str, Place], zone_name: str
) -> Finding:
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
