"""Algebra of half-open stretches ``(start, end)`` of integer UTC seconds.

A *set* is a list of stretches, sorted, disjoint, not touching and not empty: the normal form that every function here
returns, and that every argument named ``a`` or ``b`` must have.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]

_AFTER_ALL = 1 << 62
"""Later than any instant, so that ``(instant, _AFTER_ALL)`` sorts after each stretch that starts at the instant."""


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the set covered by any of the stretches, which may overlap and come in any order."""
    result: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def intersect(a: Sequence[Stretch], b: Sequence[Stretch]) -> list[Stretch]:
    """Return the set of instants in both sets."""
    result: list[Stretch] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if start < end:
            result.append((start, end))
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1
    return result


def subtract(a: Sequence[Stretch], b: Sequence[Stretch]) -> list[Stretch]:
    """Return the set of instants in ``a`` that are not in ``b``."""
    result: list[Stretch] = []
    j = 0
    for start, end in a:
        while j < len(b) and b[j][1] <= start:
            j += 1
        k = j
        while k < len(b) and b[k][0] < end:
            if start < b[k][0]:
                result.append((start, b[k][0]))
            start = max(start, b[k][1])
            k += 1
        if start < end:
            result.append((start, end))
    return result


def clip(a: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """Return the part of a set inside ``[start, end)``."""
    if start >= end:
        return []
    first = max(bisect_right(a, (start, start)) - 1, 0)
    if first < len(a) and a[first][1] <= start:
        first += 1
    result = list(a[first : bisect_left(a, (end,), first)])
    if result:
        if result[0][0] < start:
            result[0] = (start, result[0][1])
        if result[-1][1] > end:
            result[-1] = (result[-1][0], end)
    return result


def contains(a: Sequence[Stretch], instant: int) -> bool:
    """Say whether an instant lies in a set."""
    i = bisect_right(a, (instant, _AFTER_ALL)) - 1
    return i >= 0 and instant < a[i][1]


def total(a: Iterable[Stretch]) -> int:
    """Return the seconds in a set."""
    return sum(end - start for start, end in a)
