"""The worst window of a column of duty, exactly: every window is looked at, wherever it starts.

All functions are pure. ``starts`` and ``ends`` are a set of stretches (see ``watchbill.intervals``) as two columns.
What is over by ``after`` never counts: a window counts if it holds duty after that instant. ``above`` and ``below`` are
limits: what keeps them is ``None``, which is quicker to see than how near it comes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain, compress, count, islice, repeat
from operator import lt, sub

from watchbill.insight.marks import Marks
from watchbill.intervals import Stretch
from watchbill.records import dataclass

Columns = tuple[Sequence[int], Sequence[int]]
"""The starts and the ends of stretches of duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The worst figure and the stretch of UTC seconds in which it is found.

    Seconds for a share or a rest, else a count. The stretch of a count reaches from the first to the last mark counted.
    """

    value: int
    stretch: Stretch


def merged(starts: Sequence[int], ends: Sequence[int]) -> Columns:
    """Return stretches sorted by start as a set: those that overlap or meet become one."""
    if all(map(lt, ends, islice(starts, 1, None))):
        return starts, ends
    furthest = list(accumulate(ends, max))
    apart = list(map(lt, furthest, islice(starts, 1, None)))
    return [starts[0], *compress(islice(starts, 1, None), apart)], [*compress(furthest, apart), furthest[-1]]


def most_seconds(starts: Sequence[int], ends: Sequence[int], width: int, *, after: int, above: int = 0) -> Peak | None:
    """Return the most seconds of duty in any window of ``width`` seconds, if there are more than ``above``.

    A window that starts with a stretch is as full as any: one that starts inside of a stretch loses nothing by starting
    with it, one that starts outside loses nothing by waiting for the next.
    """
    starts, ends = _recent(starts, ends, width, after)
    held = list(accumulate(map(sub, ends, starts), initial=0))
    if held[-1] <= above:
        return None
    lasts = map(bisect_left, repeat(starts), [start + width for start in starts])
    figures = [
        held[last] - before - (over if (over := ends[last - 1] - start - width) > 0 else 0)
        for last, before, start in zip(lasts, held, starts, strict=False)
    ]
    most = max(figures)
    if most <= above:
        return None
    start = starts[figures.index(most)]
    return Peak(value=most, stretch=(start, start + width))


def _recent(starts: Sequence[int], ends: Sequence[int], width: int, after: int) -> Columns:
    """Return the duty that a window of ``width`` can hold together with a second of duty after ``after``."""
    if not starts or starts[0] > after - width:
        # The usual case: nothing is too far back, or there is nothing.
        return (starts, ends) if starts and ends[-1] > after else ((), ())
    coming = bisect_right(ends, after)
    if coming == len(starts):
        return (), ()
    low = max(starts[coming], after) + 1 - width
    first = bisect_right(ends, low)
    starts, ends = list(starts[first:]), ends[first:]
    starts[0] = max(starts[0], low)
    return starts, ends


def most_touched(
    starts: Sequence[int], ends: Sequence[int], marks: Marks, width: int, *, after: int, above: int = 0
) -> Peak | None:
    """Return the most marks touched among ``width`` numbers in a row, if there are more than ``above``."""
    if not starts:
        return None
    touched = sorted(set(chain.from_iterable(map(range, marks.firsts(starts), marks.pasts(ends)))))
    coming = bisect_left(touched, bisect_right(marks.ends, after))
    if coming == len(touched):
        return None
    numbers = sorted(set(map(marks.numbers.__getitem__, touched)))
    first = bisect_left(numbers, marks.numbers[touched[coming]] + 1 - width)
    numbers = numbers[first:] if first else numbers
    if len(numbers) <= above or min(map(sub, islice(numbers, above, None), numbers)) >= width:
        return None
    pasts = list(map(bisect_left, repeat(numbers), [number + width for number in numbers]))
    counts = list(map(sub, pasts, count()))
    most = max(counts)
    if not most:
        return None
    at = counts.index(most)
    start = marks.starts[bisect_left(marks.numbers, numbers[at])]
    return Peak(value=most, stretch=(start, marks.ends[bisect_right(marks.numbers, numbers[at + most - 1]) - 1]))


def longest_run(starts: Sequence[int], ends: Sequence[int], days: Marks, *, after: int, above: int = 0) -> Peak | None:
    """Return the longest run of days in a row that are touched, if it is longer than ``above``."""
    if not starts:
        return None
    # Days that meet are one run, as stretches that meet are one stretch.
    firsts, pasts = merged(days.firsts(starts), days.pasts(ends))
    lengths = list(map(sub, pasts, firsts))
    coming = bisect_right(pasts, bisect_right(days.ends, after))
    longest = max(islice(lengths, coming, None), default=0)
    if longest <= above:
        return None
    at = lengths.index(longest, coming)
    return Peak(value=longest, stretch=(days.starts[firsts[at]], days.ends[pasts[at] - 1]))


def rests(starts: Sequence[int], ends: Sequence[int], *, after: int, below: int | None = None) -> list[Peak]:
    """Return the rests between stretches, shortest first, of those before a stretch that ends after ``after``.

    With ``below``, only those shorter than that many seconds.
    """
    gaps = list(map(sub, islice(starts, 1, None), ends))
    if not gaps or (below is not None and min(gaps) >= below):
        return []
    coming = max(bisect_right(ends, after) - 1, 0)
    found = sorted(range(coming, len(gaps)), key=gaps.__getitem__)
    kept = found if below is None else found[: bisect_left(found, below, key=gaps.__getitem__)]
    return [Peak(value=gaps[at], stretch=(ends[at], starts[at + 1])) for at in kept]
