"""Coverage against what a role promises: exact unions of stretches, never rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from watchbill.findings import Place
from watchbill.intervals import Stretch, clip, intersect, subtract, union
from watchbill.model.on_call import Requirement, Role, Schedule
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.clock import zone
from watchbill.roster.presence import stretch_of
from watchbill.roster.timeline import Roster, Timeline
from watchbill.roster.windows import DaysOff, stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch in which a role has fewer distinct responders than its coverage requires, as long as it goes on.

    It is split where it changes between nobody and too few, because the two are different findings.

    ``present`` is 0 where nobody is on call; where there are some but too few, it is the fewest in the stretch.
    ``requirement`` is the place of the coverage that is not met.
    """

    schedule: str
    role: str
    stretch: Stretch
    required: int
    present: int
    requirement: Place


def days_off_of(model: Model) -> dict[str, DaysOff]:
    """Return the days off of each holidays file of a model, as windows need them."""
    return {name: tuple((day.start, day.through) for day in file.days) for name, file in model.holidays.items()}


def unstaffed(schedule: Schedule, role: Role) -> list[Stretch]:
    """Return the set of instants in which a role's coverage is not owed."""
    return union(stretch_of(entry, zone(schedule.timezone)) for entry in role.unstaffed)


def owed(
    schedule: Schedule, role: Role, requirement: Requirement, stretch: Stretch, holidays: Mapping[str, DaysOff]
) -> list[Stretch]:
    """Return the set of instants of a stretch in which a requirement is owed."""
    opened = stretches(requirement.window, schedule.timezone, holidays, *stretch)
    return subtract(opened, unstaffed(schedule, role)) if role.unstaffed else opened


def held(timeline: Timeline, stretch: Stretch) -> list[Stretch]:
    """Return the set of instants of a stretch in which anybody holds a role."""
    start, end = timeline.start, timeline.end
    if start and start[1:] == end[:-1]:
        # Each shift begins where the one before ends: the usual timeline, seen without a look at each shift.
        return clip([(start[0], end[-1])], *stretch)
    return clip(union(zip(start, end, strict=True)), *stretch)


def responders(timeline: Timeline, stretch: Stretch) -> list[tuple[int, int, int]]:
    """Return ``(start, end, number of distinct people)`` for each part of a stretch in which somebody holds a role."""
    by_person: dict[int, list[Stretch]] = {}
    for person, start, end in zip(timeline.person, timeline.start, timeline.end, strict=True):
        by_person.setdefault(person, []).append((start, end))
    steps: dict[int, int] = {}
    for found in by_person.values():
        for start, end in clip(union(found), *stretch):
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
    parts: list[tuple[int, int, int]] = []
    present, since = 0, stretch[0]
    for instant in sorted(steps):
        if present and since < instant:
            parts.append((since, instant, present))
        present, since = present + steps[instant], instant
    return parts


def _requirement_gaps(
    schedule: Schedule,
    role: Role,
    requirement: Requirement,
    timeline: Timeline,
    due: Sequence[Stretch],
    within: Stretch,
) -> list[Gap]:
    def gap(stretch: Stretch, present: int) -> Gap:
        return Gap(
            schedule=schedule.id,
            role=role.id,
            stretch=stretch,
            required=requirement.responders,
            present=present,
            requirement=requirement.place,
        )

    somebody = held(timeline, within)
    gaps = [gap(stretch, 0) for stretch in subtract(due, somebody)]
    if requirement.responders > 1:
        parts = responders(timeline, within)
        enough = union((start, end) for start, end, present in parts if present >= requirement.responders)
        for start, end in subtract(intersect(due, somebody), enough):
            gaps.append(gap((start, end), min(n for s, e, n in parts if s < end and start < e)))
    return gaps


def gaps(schedule: Schedule, roster: Roster, stretch: Stretch, holidays: Mapping[str, DaysOff]) -> tuple[Gap, ...]:
    """Return the gaps of one schedule inside a stretch, by start."""
    found: list[Gap] = []
    for role in schedule.roles:
        timeline = roster.timelines[role.id]
        for requirement in role.coverage:
            due = owed(schedule, role, requirement, stretch, holidays)
            found += _requirement_gaps(schedule, role, requirement, timeline, due, stretch)
    return tuple(sorted(found, key=lambda gap: (gap.stretch, gap.required)) if len(found) > 1 else found)


def all_gaps(model: Model, rosters: Mapping[str, Roster], stretch: Stretch) -> tuple[Gap, ...]:
    """Return the gaps of all schedules of a model inside a stretch, by schedule."""
    holidays = days_off_of(model)
    return tuple(
        gap for name, roster in rosters.items() for gap in gaps(model.schedules[name], roster, stretch, holidays)
    )
