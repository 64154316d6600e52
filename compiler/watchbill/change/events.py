"""Which calendar events a change touches: what subscribers of the feeds will see appear, change or disappear.

An event is known by schedule, role, seat and true start, as in ``watchbill.feeds``, which a test holds this to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from watchbill.change.records import EventChange, What
from watchbill.compilation import Compilation
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule
from watchbill.roster.timeline import CauseKind, Timeline

_PUBLIC_CAUSE: Mapping[CauseKind, str] = {
    "turn": "turn",
    "follower": "turn",
    "cover": "stand-in",
    "advance": "stand-in",
    "swap": "swap",
    "override": "override",
}
"""What an event says of the cause of its shift."""

Key = tuple[str, str, int, int]


class _Event(NamedTuple):
    """What an event shows: end, holder, the names in its title, its zone and the cause as far as it is told."""

    end: int
    person: str
    name: str
    title: str
    zone: str
    cause: str


def events(base: Compilation, head: Compilation, skipped: Collection[str]) -> list[EventChange]:
    """Return the events that change, by schedule, role and start; schedules in ``skipped`` are not looked at."""
    found: list[EventChange] = []
    for schedule_id in sorted({*base.rosters, *head.rosters} - set(skipped)):
        found += _of_schedule(schedule_id, base, head)
    return found


def _of_schedule(schedule_id: str, base: Compilation, head: Compilation) -> list[EventChange]:
    if _shared(schedule_id, base, head):
        return []
    before, after = _written(schedule_id, base), _written(schedule_id, head)
    if before == after:
        return []
    found: list[tuple[What, Key, _Event]] = [("removed", key, before[key]) for key in before.keys() - after.keys()]
    for key, event in after.items():
        if key not in before:
            found.append(("added", key, event))
        elif before[key] != event:
            found.append(("changed", key, event))
    return [
        EventChange(
            what=what, schedule=schedule_id, role=role, seat=seat, start=start, end=event.end, person=event.person
        )
        for what, (_, role, seat, start), event in sorted(found, key=_order)
    ]


def _shared(schedule_id: str, base: Compilation, head: Compilation) -> bool:
    """Say quickly whether nothing of a schedule's events can differ: one roster for both, with the same names."""
    before, after = base.model.schedules.get(schedule_id), head.model.schedules.get(schedule_id)
    roster = head.rosters.get(schedule_id)
    if before is None or after is None or roster is None or base.rosters.get(schedule_id) is not roster:
        return False
    people = {person for timeline in roster.timelines.values() for person in timeline.people}
    same_names = all(base.model.people.get(each) == head.model.people.get(each) for each in people)
    return same_names and (before.name, before.timezone) == (after.name, after.timezone)


def _order(entry: tuple[What, Key, _Event]) -> tuple[str, int, int, str]:
    what, (_, role, seat, start), _ = entry
    return role, start, seat, what


def _written(schedule_id: str, compilation: Compilation) -> dict[Key, _Event]:
    roster = compilation.rosters.get(schedule_id)
    if roster is None:
        return {}
    schedule = compilation.model.schedules[schedule_id]
    found: dict[Key, _Event] = {}
    for timeline in roster.timelines.values():
        _add(found, schedule, timeline, compilation, compilation.horizon)
    return found


def _add(
    found: dict[Key, _Event], schedule: Schedule, timeline: Timeline, compilation: Compilation, horizon: Stretch
) -> None:
    people = compilation.model.people
    names = [people[person].name if person in people else person for person in timeline.people]
    causes = [_PUBLIC_CAUSE[cause.kind] for cause in timeline.causes]
    columns = (timeline.start, timeline.end, timeline.seat, timeline.person, timeline.cause)
    for start, end, seat, person, cause in zip(*columns, strict=True):
        if start < horizon[1] and horizon[0] < end:
            found[schedule.id, timeline.role, seat, start] = _Event(
                end, timeline.people[person], names[person], schedule.name, schedule.timezone, causes[cause]
            )
