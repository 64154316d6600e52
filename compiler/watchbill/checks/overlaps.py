"""Who holds two timelines at one time. Works on the columns of timelines: there may be millions of shifts."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import repeat

from watchbill.intervals import Stretch
from watchbill.roster.timeline import Timeline

Holding = tuple[int, int, int]
"""Start, end (UTC seconds), and the number of a timeline in the sequence that was asked about."""


def overlaps(
    timelines: Sequence[Timeline], groups: Sequence[Hashable], people: Collection[str], judged: Stretch
) -> Iterator[tuple[str, Stretch, int, int]]:
    """Yield who holds timelines of two groups at one time, when, and the numbers of both, by person and start.

    ``groups`` says for each timeline which group it belongs to; inside a group nothing clashes. Only ``people`` are
    looked at (nearly nobody ever has two shifts at a time: ``TimesOnCall.doubled``), and only stretches inside
    ``judged`` count.
    """
    held = _by_person(timelines, _in_several(timelines, groups, people)) if people else {}
    for person in sorted(held):
        yield from ((person, *found) for found in _overlaps(sorted(held[person]), groups, judged))


def _in_several(timelines: Sequence[Timeline], groups: Sequence[Hashable], people: Collection[str]) -> set[str]:
    """Return those of some people who appear in more than one group: nobody else needs a look."""
    first: dict[str, Hashable] = {}
    return {
        person
        for timeline, group in zip(timelines, groups, strict=True)
        for person in timeline.people
        if person in people and first.setdefault(person, group) != group
    }


def _by_person(timelines: Sequence[Timeline], wanted: Collection[str]) -> dict[str, list[Holding]]:
    held: dict[str, list[Holding]] = {person: [] for person in wanted}
    others: list[Holding] = []
    for number, timeline in enumerate(timelines):
        if held.keys().isdisjoint(timeline.people):
            continue
        add = [held.get(person, others).append for person in timeline.people]
        for holder, row in zip(timeline.person, zip(timeline.start, timeline.end, repeat(number)), strict=False):
            add[holder](row)
        others.clear()
    return {person: holdings for person, holdings in held.items() if holdings}


def _overlaps(
    holdings: Sequence[Holding], groups: Sequence[Hashable], judged: Stretch
) -> Iterator[tuple[Stretch, int, int]]:
    """Yield the overlaps of one person's holdings. Of each group the holding that ends last stays open."""
    open_: dict[Hashable, tuple[int, int]] = {}
    for start, end, number in holdings:
        open_ = {group: latest for group, latest in open_.items() if latest[0] > start}
        own = groups[number]
        for group, (other_end, other) in open_.items():
            low, high = max(start, judged[0]), min(end, other_end, judged[1])
            if group != own and low < high:
                yield (low, high), other, number
        open_[own] = max(open_.get(own, (end, number)), (end, number))
