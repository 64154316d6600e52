"""What the worst window can be at most, told from four numbers of a duty without a look at its stretches.

Nearly everybody keeps the limits, and these bounds say so at once; only who may exceed one is searched exactly
(``watchbill.insight.peaks``). A bound may be too high, never too low.
"""

from __future__ import annotations

from itertools import islice
from operator import sub

from watchbill.insight.marks import Marks
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A duty in four numbers: how many stretches, the shortest and the longest, and the shortest gap between two.

    Seconds; the gap is ``None`` where there is only one stretch. ``shortest`` is that of the stretches that have one
    on both sides: the first and the last may be cut by the horizon, and lie whole in no window that touches more.
    """

    stretches: int
    shortest: int
    longest: int
    gap: int | None


def outline(starts: list[int], ends: list[int]) -> Outline:
    """Return the outline of a set of stretches, given as two columns."""
    lengths = list(map(sub, ends, starts))
    return Outline(
        stretches=len(lengths),
        shortest=min(lengths[1:-1], default=0),
        longest=max(lengths, default=0),
        gap=min(map(sub, islice(starts, 1, None), ends), default=None),
    )


def seconds(duty: Outline, width: int) -> int:
    """Return a bound on the seconds of duty in any window of ``width`` seconds.

    A window that touches k stretches holds the k-1 gaps between them whole. So it has at most k times the longest
    stretch, and at most what k-1 of the shortest gaps leave: the first grows with k, the second falls.
    """
    if duty.gap is None:
        return min(duty.longest, width)
    least = (width + duty.gap) // (duty.longest + duty.gap)
    room = width - least * duty.gap
    return min(width, max(least * duty.longest, room), duty.stretches * duty.longest)


def touching(duty: Outline, width: int) -> int:
    """Return a bound on the stretches that a window of ``width`` seconds can touch."""
    if duty.gap is None:
        return duty.stretches
    # Of k stretches in a window, k-2 lie in it whole, and k-1 gaps.
    return min(duty.stretches, -(-(width + duty.gap + 2 * duty.shortest) // (duty.gap + duty.shortest)) - 1)


def touched(duty: Outline, marks: Marks, width: int) -> int:
    """Return a bound on the marks that are touched among ``width`` numbers in a row; marks must be regular.

    A stretch touches at most one mark more than fit into its length and that of a mark.
    """
    window = marks.span(width)
    several = touching(duty, window)
    return (seconds(duty, window) + several * marks.longest) // marks.nearest + several
