"""The worst window of a person's duty, exactly: every window is looked at, wherever it starts.

All functions are pure. ``starts`` and ``ends`` are a set of stretches (see ``watchbill.intervals``) as two columns.
What is over by ``after`` never counts: a window counts if it holds duty after that instant. ``above`` and ``below`` are
limits: what keeps them is ``None``, which is quicker to see than how near it comes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, compress, count, islice, repeat
from operator import lt, sub

from watchbill.insight.loads import Columns, disjoint
from watchbill.insight.marks import Marks
from watchbill.intervals import Stretch
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The worst figure and the stretch of UTC seconds in which it is found.

    Seconds for a share or a rest, else a count. The stretch of a count reaches from the first to the last mark counted.
    """

    value: int
    stretch: Stretch


def most_seconds(starts: list[int], ends: list[int], width: int, *, after: int, above: int = 0) -> Peak | None:
    """Return the most seconds of duty in any window of ``width`` seconds, if there are more than ``above``."""
    starts, ends = _recent(starts, ends, width, after)
    found = _fullest(starts, ends, width, above)
    return Peak(value=found[0], stretch=(found[1], found[1] + width)) if found else None


def _fullest(starts: list[int], ends: list[int], width: int, above: int) -> tuple[int, int] | None:
    """Return how much of the fullest window of a width is covered, and where it starts, if more than ``above`` is.

    A window that starts with a stretch is as full as any: one that starts inside of a stretch loses nothing by starting
    with it, one that starts outside loses nothing by waiting for the next.
    """
    if above >= width:
        return None
    lengths = list(map(sub, ends, starts))
    if not lengths or sum(lengths) <= above:
        return None
    # To hold more, a window must touch more than this many stretches. Where so many never lie near enough, none does;
    # and the free time between them, which such a window holds too, often leaves no room for so much duty.
    longest = max(lengths)
    least = above // longest
    if least >= len(starts):
        return None
    near = min(map(sub, islice(starts, least, None), ends))
    if near >= width or (least and width - (near - (least - 1) * longest) <= above):
        return None
    # Of the windows that reach the last stretch to its end, the first is the fullest.
    stops = [start + width for start in starts[: bisect_left(starts, ends[-1] - width) + 1]]
    before = list(accumulate(lengths, initial=0))
    figures = [
        before[past] - skipped - (over if (over := ends[past - 1] - stop) > 0 else 0)
        for stop, skipped, past in zip(stops, before, map(bisect_left, repeat(starts), stops), strict=False)
    ]
    most = max(figures)
    return (most, starts[figures.index(most)]) if most > above else None


def _recent(starts: list[int], ends: list[int], width: int, after: int) -> Columns:
    """Return the duty that a window of ``width`` can hold together with a second of duty after ``after``."""
    if not ends or ends[-1] <= after:
        return [], []
    low = _next(starts, ends, after) + 1 - width
    if starts[0] >= low:
        return starts, ends
    first = bisect_right(ends, low)
    return [max(starts[first], low), *starts[first + 1 :]], ends[first:]


def _next(starts: list[int], ends: list[int], after: int) -> int:
    """Return the first instant of duty at or after an instant. There must be one."""
    return max(starts[bisect_right(ends, after)], after)


def most_touched(
    starts: list[int], ends: list[int], marks: Marks, width: int, *, after: int, above: int = 0
) -> Peak | None:
    """Return the most marks touched among ``width`` numbers in a row, if there are more than ``above``."""
    if not ends or ends[-1] <= after or above >= width:
        return None
    # Marks that are numbered without a gap are counted as stretches of numbers, which are few.
    firsts, pasts = marks.firsts(starts), marks.pasts(ends)
    touching = list(map(lt, firsts, pasts))
    if not all(touching):
        firsts, pasts = list(compress(firsts, touching)), list(compress(pasts, touching))
    if not firsts:
        return None
    firsts, pasts = disjoint(firsts, pasts)
    coming = bisect_right(marks.ends, _next(starts, ends, after))
    if not marks.regular:
        return _most_listed(firsts, pasts, marks, width, coming, above)
    firsts, pasts = _recent(firsts, pasts, width, coming)
    found = _fullest(firsts, pasts, width, above)
    if found is None:
        return None
    most, first = found
    last = bisect_left(firsts, first + width) - 1
    return Peak(value=most, stretch=(marks.starts[first], marks.ends[min(pasts[last], first + width) - 1]))


def _most_listed(firsts: list[int], pasts: list[int], marks: Marks, width: int, after: int, above: int) -> Peak | None:
    """Do the same mark by mark, for marks whose numbers leave some out or come twice. ``after`` is an index."""
    touched = list(chain.from_iterable(map(range, firsts, pasts)))
    coming = bisect_left(touched, after)
    if coming == len(touched):
        return None
    numbers = sorted(set(map(marks.numbers.__getitem__, touched)))
    numbers = numbers[bisect_left(numbers, marks.numbers[touched[coming]] + 1 - width) :]
    if len(numbers) <= above:
        return None
    pasts = list(map(bisect_left, repeat(numbers), [number + width for number in numbers]))
    counts = list(map(sub, pasts, count()))
    most = max(counts)
    if most <= above:
        return None
    at = counts.index(most)
    start = marks.starts[bisect_left(marks.numbers, numbers[at])]
    return Peak(value=most, stretch=(start, marks.ends[bisect_right(marks.numbers, numbers[at + most - 1]) - 1]))


def longest_run(starts: list[int], ends: list[int], days: Marks, *, after: int, above: int = 0) -> Peak | None:
    """Return the longest run of days in a row that are touched, if it is longer than ``above``."""
    if not ends or ends[-1] <= after:
        return None
    # Days that meet are one run, as stretches that meet are one stretch.
    firsts, pasts = disjoint(days.firsts(starts), days.pasts(ends))
    lengths = list(map(sub, pasts, firsts))
    coming = bisect_right(pasts, bisect_right(days.ends, _next(starts, ends, after)))
    longest = max(islice(lengths, coming, None), default=0)
    if longest <= above:
        return None
    at = lengths.index(longest, coming)
    return Peak(value=longest, stretch=(days.starts[firsts[at]], days.ends[pasts[at] - 1]))


def rests(starts: list[int], ends: list[int], *, after: int, below: int | None = None) -> list[Peak]:
    """Return the rests between stretches, shortest first, of those that end after ``after``.

    With ``below``, only those shorter than that many seconds.
    """
    gaps = list(map(sub, islice(starts, 1, None), ends))
    if not gaps or (below is not None and min(gaps) >= below):
        return []
    coming = max(bisect_right(starts, after) - 1, 0)
    found = sorted(range(coming, len(gaps)), key=gaps.__getitem__)
    kept = found if below is None else found[: bisect_left(found, below, key=gaps.__getitem__)]
    return [Peak(value=gaps[at], stretch=(ends[at], starts[at + 1])) for at in kept]
