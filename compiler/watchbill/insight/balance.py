"""How evenly a load lies on people: pure arithmetic on figures that have been made comparable.

The figures of people who joined late, left early or agreed to a smaller share are compared by what they carry for each
unit of presence. Of the two measures, the first is what Grafana OnCall shows as balance, the second what PagerDuty
shows as equity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import sqrt

from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How even some figures are.

    ``evenness``: the mean over all pairs of the smaller divided by the larger, 1 where all carry the same. ``spread``:
    the standard deviation divided by the mean, 0 where all carry the same. ``mean``: that of the comparable figures.
    """

    evenness: float
    spread: float
    mean: Fraction


def comparable(figures: Mapping[str, Fraction | int], presence: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return what each person would carry if present all the time with a whole share, in order of id.

    ``presence`` is 0 to 1: the part of the stretch in which the person belonged to the rotation, times the person's own
    part of a usual share. People who were never present are left out.
    """
    return {
        person: Fraction(figures.get(person, 0)) / presence[person]
        for person in sorted(presence)
        if presence[person] > 0
    }


def balance(figures: Sequence[Fraction]) -> Balance:
    """Return how even comparable figures are; one person alone, or nobody, is even."""
    if not figures:
        return Balance(evenness=1.0, spread=0.0, mean=Fraction(0))
    mean = sum(figures, Fraction(0)) / len(figures)
    if not mean:
        return Balance(evenness=1.0, spread=0.0, mean=mean)
    variance = sum(((figure - mean) ** 2 for figure in figures), Fraction(0)) / len(figures)
    return Balance(evenness=_evenness(sorted(figures)), spread=sqrt(variance) / float(mean), mean=mean)


def _evenness(ascending: Sequence[Fraction]) -> float:
    """Return the mean over pairs of smaller by larger. Two that carry nothing carry the same.

    Sorted, each figure is the larger one of as many pairs as stand before it, so one pass is enough.
    """
    pairs = len(ascending) * (len(ascending) - 1) // 2
    if not pairs:
        return 1.0
    before, ratios = Fraction(0), Fraction(0)
    for smaller, larger in pairwise(ascending):
        before += smaller
        ratios += before / larger if larger else 0
    nothing = sum(1 for figure in ascending if not figure)
    return float((ratios + nothing * (nothing - 1) // 2) / pairs)


def off_by(figures: Mapping[str, Fraction], unit: Fraction | int) -> dict[str, Fraction]:
    """Return by how many units (a turn, a night) each comparable figure lies above the mean; below is negative."""
    mean = sum(figures.values(), Fraction(0)) / max(len(figures), 1)
    return {person: (figure - mean) / unit for person, figure in figures.items()}
