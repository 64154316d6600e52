"""What people hold on several timelines at once. Works on the columns of timelines: there may be millions of shifts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import repeat
from operator import gt, itemgetter

from watchbill.intervals import Stretch
from watchbill.roster.timeline import Timeline

Holding = tuple[int, int, int]
"""Start, end (UTC seconds), and the number of a timeline in the sequence that was asked about."""

_start, _end = itemgetter(0), itemgetter(1)


def overlaps(
    timelines: Sequence[Timeline], wanted: Collection[str], judged: Stretch, clash: Callable[[int, int], bool]
) -> Iterator[tuple[str, Stretch, int, int]]:
    """Yield who holds two timelines that ``clash`` at one time, when, and the numbers of both, by person and start.

    Only people in ``wanted`` and stretches inside ``judged`` count.
    """
    for person, held in sorted(_by_person(timelines, wanted).items()):
        held.sort()
        # Nearly always nothing overlaps, and this says so without a loop in Python.
        if any(map(gt, map(_end, held), map(_start, held[1:]))):
            yield from ((person, both, one, other) for both, one, other in _overlaps(held, judged, clash))


def _by_person(timelines: Sequence[Timeline], wanted: Collection[str]) -> dict[str, list[Holding]]:
    held: dict[str, list[Holding]] = {person: [] for person in wanted}
    others: list[Holding] = []
    for number, timeline in enumerate(timelines):
        add = [held.get(person, others).append for person in timeline.people]
        for holder, row in zip(timeline.person, zip(timeline.start, timeline.end, repeat(number)), strict=False):
            add[holder](row)
        others.clear()
    return held


def _overlaps(
    held: Sequence[Holding], judged: Stretch, clash: Callable[[int, int], bool]
) -> Iterator[tuple[Stretch, int, int]]:
    open_: list[Holding] = []
    for start, end, number in held:
        open_ = [holding for holding in open_ if holding[1] > start]
        for _, other_end, other in open_:
            low, high = max(start, judged[0]), min(end, other_end, judged[1])
            if low < high and clash(other, number):
                yield (low, high), other, number
        open_.append((start, end, number))
