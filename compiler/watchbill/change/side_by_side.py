"""Who holds a role around its first moves, on one side: what a before and an after are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from watchbill.change.moves import Rename
from watchbill.change.records import Holders
from watchbill.intervals import Stretch
from watchbill.roster.clock import DAY, wall, zone
from watchbill.roster.timeline import Timeline

LONGEST = 56 * DAY
"""Seconds that are drawn at most: eight weeks."""


class _Held(NamedTuple):
    """A shift as far as it is drawn."""

    start: int
    end: int
    seat: int
    person: str


def window(moved: Sequence[Stretch], zone_name: str, horizon: Stretch) -> Stretch:
    """Return the whole local days around stretches that are in order, as many as are drawn, inside the horizon."""
    place = zone(zone_name)
    start = place.midnight(place.local(moved[0][0]).day)
    last = min(max(end for _, end in moved), start + LONGEST)
    end = place.utc_of(wall(place.local(last - 1).day) + DAY)
    return max(start, horizon[0]), min(end, horizon[1])


def holders(timeline: Timeline | None, within: Stretch, rename: Rename) -> tuple[Holders, ...]:
    """Return who holds a role in a stretch, with the stretches of nobody, each as long as it lasts."""
    coming = [] if timeline is None else _inside(timeline, within)
    inside = (edge for row in coming for edge in (row.start, row.end) if within[0] < edge < within[1])
    active: list[_Held] = []
    found: list[Holders] = []
    for start, end in pairwise(sorted({*within, *inside})):
        while coming and coming[-1].start <= start:
            active.append(coming.pop())
        active = [row for row in active if row.end > start]
        people = tuple(dict.fromkeys(rename(row.person) for row in sorted(active, key=_by_seat)))
        if found and found[-1].people == people:
            start = found.pop().stretch[0]
        found.append(Holders(stretch=(start, end), people=people))
    return tuple(found)


def _inside(timeline: Timeline, within: Stretch) -> list[_Held]:
    """Return the shifts that touch a stretch, the last one first."""
    columns = zip(timeline.start, timeline.end, timeline.seat, timeline.person, strict=True)
    found = (_Held(start, end, seat, timeline.people[person]) for start, end, seat, person in columns)
    return sorted((row for row in found if row.start < within[1] and within[0] < row.end), reverse=True)


def _by_seat(row: _Held) -> tuple[int, int]:
    return row.seat, row.start
