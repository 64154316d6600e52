"""Which gaps a change opens, and which it closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from watchbill.change.records import GapChange
from watchbill.insight.coverage import Gap
from watchbill.intervals import Stretch, clip, subtract, union

Track = tuple[str, str]
"""A schedule and a role of it."""

Gaps = Mapping[Track, Sequence[Gap]]
"""The gaps of one side."""


def opened(before: Gaps, after: Gaps, ahead: Stretch) -> list[GapChange]:
    """Return where there are too few people now and were enough, or nobody now and was somebody."""
    found: list[GapChange] = []
    for track, gaps in sorted(after.items()):
        old = before.get(track, ())
        missed, empty = union(gap.stretch for gap in old), union(gap.stretch for gap in old if gap.present == 0)
        for gap in gaps:
            new = subtract([gap.stretch], missed if gap.present else empty)
            found += _changes(gap, clip(new, *ahead))
    return sorted(set(found), key=_order)


def closed(before: Gaps, after: Gaps, ahead: Stretch) -> list[GapChange]:
    """Return where coverage was missed and no longer is."""
    found: list[GapChange] = []
    for track, gaps in sorted(before.items()):
        missed = union(gap.stretch for gap in after.get(track, ()))
        for gap in gaps:
            found += _changes(gap, clip(subtract([gap.stretch], missed), *ahead))
    return sorted(set(found), key=_order)


def _changes(gap: Gap, stretches: Iterable[Stretch]) -> list[GapChange]:
    return [
        GapChange(schedule=gap.schedule, role=gap.role, stretch=stretch, required=gap.required, present=gap.present)
        for stretch in stretches
    ]


def _order(gap: GapChange) -> tuple[object, ...]:
    return gap.schedule, gap.role, gap.stretch, gap.required, gap.present
