"""Hours that people carry: per person, schedule and role, inside a stretch."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.intervals import Stretch
from watchbill.records import dataclass
from watchbill.roster.timeline import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The seconds that one person holds one role of one schedule, in a number of shifts."""

    person: str
    schedule: str
    role: str
    seconds: int
    shifts: int


def carried(rosters: Mapping[str, Roster], stretch: Stretch) -> tuple[Carried, ...]:
    """Return what each person carries inside a stretch, sorted by person, schedule and role."""
    start, end = stretch
    seconds: dict[tuple[str, str, str], list[int]] = {}
    for name, roster in rosters.items():
        for role, timeline in roster.timelines.items():
            for low, high, person in zip(timeline.start, timeline.end, timeline.person, strict=True):
                inside = min(high, end) - max(low, start)
                if inside > 0:
                    entry = seconds.setdefault((timeline.people[person], name, role), [0, 0])
                    entry[0] += inside
                    entry[1] += 1
    return tuple(
        Carried(person=person, schedule=schedule, role=role, seconds=total, shifts=shifts)
        for (person, schedule, role), (total, shifts) in sorted(seconds.items())
    )
