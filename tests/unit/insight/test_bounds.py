"""Bounds are never lower than what they bound, and close enough to spare the search for people who keep the limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watchbill.insight import bounds, marks, peaks
from watchbill.model.workload import NIGHT, WEEKEND
from watchbill.roster.clock import zone
from watchbill.roster.windows import WEEK

HORIZON = (1_767_222_000, 1_798_758_000)
"""2026 in Berlin."""
NIGHTS = marks.nights(NIGHT, "Europe/Berlin", {}, HORIZON)
WEEKENDS = marks.weekends(WEEKEND, "Europe/Berlin", {}, HORIZON)
EVER = -(2**62)


@st.composite
def duties(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Draw stretches of quarter hours that do not meet, of a few days or of a few hours."""
    most = draw(st.sampled_from([40, 200, 900]))
    steps = draw(st.lists(st.tuples(st.integers(1, most), st.integers(1, most)), min_size=1, max_size=40))
    at, starts, ends = HORIZON[0] + draw(st.integers(0, 700)) * 900, [], []
    for gap, length in steps:
        starts.append(at + gap * 900)
        at = starts[-1] + length * 900
        ends.append(at)
    return starts, ends


@given(duties(), st.integers(1, 3000))
def test_no_window_is_fuller_than_its_bound(duty: tuple[list[int], list[int]], quarters: int) -> None:
    found = peaks.most_seconds(*duty, quarters * 900, after=EVER)
    assert found is not None
    assert found.value <= bounds.seconds(bounds.outline(*duty), quarters * 900)


@given(duties(), st.integers(1, 90))
def test_no_window_touches_more_marks_than_its_bound(duty: tuple[list[int], list[int]], width: int) -> None:
    for touched in (NIGHTS, WEEKENDS):
        found = peaks.most_touched(*duty, touched, width, after=EVER)
        assert (found.value if found else 0) <= bounds.touched(bounds.outline(*duty), touched, width)


def test_one_week_in_four_is_seen_at_once() -> None:
    place = zone("Europe/Berlin")
    first = place.wall_at(HORIZON[0]) // WEEK * WEEK + 4 * 86_400 + 9 * 3600
    starts = place.utc_of_many([first + turn * 4 * WEEK for turn in range(12)])
    ends = place.utc_of_many([first + WEEK + turn * 4 * WEEK for turn in range(12)])
    duty = bounds.outline(starts, ends)
    assert bounds.seconds(duty, 12 * WEEK) <= 0.27 * 12 * WEEK
    assert bounds.touched(duty, NIGHTS, 84) <= 28


def test_nobody_and_a_single_stretch_have_bounds() -> None:
    assert bounds.seconds(bounds.outline([], []), 100) == 0
    assert bounds.seconds(bounds.outline([5], [9]), 100) == 4
    assert bounds.seconds(bounds.outline([5], [900]), 100) == 100
