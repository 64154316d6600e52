"""How even a load is."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchbill.insight.balance import balance, comparable, off_by

figures = st.lists(st.integers(0, 50).map(Fraction), min_size=2, max_size=9)


@given(figures)
def test_evenness_is_the_mean_over_all_pairs(drawn: list[Fraction]) -> None:
    ratios = [float(min(pair) / max(pair)) if max(pair) else 1.0 for pair in combinations(drawn, 2)]
    found = balance(drawn)
    if any(drawn):
        assert found.evenness == pytest.approx(fmean(ratios))
        assert found.spread == pytest.approx(pstdev(map(float, drawn)) / fmean(map(float, drawn)))
    else:
        assert (found.evenness, found.spread) == (1.0, 0.0)


@pytest.mark.parametrize("alone", [[], [Fraction(5)], [Fraction(0), Fraction(0)]])
def test_nobody_one_person_and_no_load_are_even(alone: list[Fraction]) -> None:
    assert (balance(alone).evenness, balance(alone).spread) == (1.0, 0.0)


def test_a_newcomer_and_a_part_timer_are_compared_by_their_presence() -> None:
    presence = {"ada": Fraction(1), "grace": Fraction(1, 2), "linus": Fraction(1, 4), "gone": Fraction(0)}
    found = comparable({"ada": 80, "grace": 40, "linus": 20}, presence)
    assert found == {"ada": 80, "grace": 80, "linus": 80}
    assert balance(list(found.values())).evenness == 1.0


def test_somebody_present_without_any_load_counts() -> None:
    assert comparable({}, {"ada": Fraction(1)}) == {"ada": 0}


def test_off_by_tells_units_above_the_mean() -> None:
    assert off_by({"ada": Fraction(30), "grace": Fraction(10)}, 10) == {"ada": 1, "grace": -1}
    assert off_by({}, 10) == {}
