"""How evenly a load lies on people: pure arithmetic on what each of them carries, and what is due to each.

The measure is the mean over all pairs of people of the smaller figure by the larger, which Grafana OnCall shows as
balance: 1 where all carry what is due to them, 0 where one carries everything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise


def is_even(carried: Sequence[int], dues: Sequence[float] | None, below: float) -> bool:
    """Say at a glance whether figures are at least as even as ``below``, as most are.

    ``dues`` are given where they differ. A turn more or less counts here.
    """
    figures: list[float] = (
        sorted(carried)
        if dues is None
        else sorted(amount / part for amount, part in zip(carried, dues, strict=True) if part)
    )
    if len(figures) < 2 or figures[0] >= below * figures[-1]:
        return True
    # Each figure is the larger one of as many pairs as stand before it.
    before, ratios = 0.0, 0.0
    for pairs, (smaller, larger) in enumerate(pairwise(figures), start=1):
        before += smaller
        ratios += before / larger if larger else pairs
    return ratios >= below * len(figures) * (len(figures) - 1) / 2


def evenness_but_for_a_turn(carried: Sequence[int], dues: Sequence[float], unit: int, few: float = 0.0) -> float:
    """Return the mean over pairs of the smaller by the larger, of what was carried by what was due.

    ``unit``, the size of a turn, makes no difference: it is taken off the larger. Nobody is compared to whom less than
    ``few`` of all is due, because whole turns cannot be that even.
    """
    people = sorted(
        (amount / part, amount, part) for amount, part in zip(carried, dues, strict=True) if part and part >= few
    )
    if len(people) < 2:
        return 1.0
    figures = [figure for figure, _, _ in people]
    before = list(accumulate(figures, initial=0.0))
    ratios = 0.0
    for smaller, (_, amount, part) in enumerate(people):
        without = (amount - unit) / part
        less = bisect_left(figures, without, 0, smaller)
        ratios += smaller - less + (before[less] / without if less else 0.0)
    return ratios * 2 / (len(people) * (len(people) - 1))
