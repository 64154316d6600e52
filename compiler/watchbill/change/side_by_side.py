"""Who holds a role around its first moves, on one side: what a before and an after are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from watchbill.change.moves import Rename
from watchbill.change.records import Holders
from watchbill.intervals import Stretch
from watchbill.roster.clock import DAY, wall, zone
from watchbill.roster.timeline import Timeline

LONGEST = 56 * DAY
"""Seconds that are drawn at most: eight weeks."""


def window(moved: Sequence[Stretch], zone_name: str, horizon: Stretch) -> Stretch:
    """Return the whole local days around stretches that are in order, as many as are drawn, inside the horizon."""
    place = zone(zone_name)
    start = place.midnight(place.local(moved[0][0]).day)
    last = min(max(end for _, end in moved), start + LONGEST)
    end = place.utc_of(wall(place.local(last - 1).day) + DAY)
    return max(start, horizon[0]), min(end, horizon[1])


def holders(timeline: Timeline | None, within: Stretch, rename: Rename) -> tuple[Holders, ...]:
    """Return who holds a role in a stretch, with the stretches of nobody, each as long as it lasts."""
    rows = [] if timeline is None else _inside(timeline, within)
    inside = (edge for start, end, _, _ in rows for edge in (start, end) if within[0] < edge < within[1])
    edges = sorted({*within, *inside})
    found: list[Holders] = []
    for start, end in pairwise(edges):
        people = tuple(dict.fromkeys(rename(person) for s, e, _, person in rows if s <= start < e))
        if found and found[-1].people == people:
            found[-1] = Holders(stretch=(found[-1].stretch[0], end), people=people)
        else:
            found.append(Holders(stretch=(start, end), people=people))
    return tuple(found)


def _inside(timeline: Timeline, within: Stretch) -> list[tuple[int, int, int, str]]:
    """Return start, end, seat and person of the shifts that touch a stretch, by seat."""
    columns = zip(timeline.start, timeline.end, timeline.seat, timeline.person, strict=True)
    found = [(s, e, seat, timeline.people[p]) for s, e, seat, p in columns if s < within[1] and within[0] < e]
    return sorted(found, key=lambda row: (row[2], row[0]))
