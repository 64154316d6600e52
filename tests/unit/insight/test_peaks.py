"""The worst windows, on small numbers and on whole weeks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchbill.insight import marks, peaks
from watchbill.insight.marks import Marks
from watchbill.insight.peaks import Peak
from watchbill.model.workload import NIGHT, WEEKEND

DAY, WEEK = 86_400, 7 * 86_400
LONG_AGO = -1
MONDAY = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp())  # 09:00 in Berlin
YEAR = (MONDAY - 30 * DAY, MONDAY + 365 * DAY)
BERLIN_NIGHTS = marks.nights(NIGHT, "Europe/Berlin", {}, YEAR)
BERLIN_WEEKENDS = marks.weekends(WEEKEND, "Europe/Berlin", {}, YEAR)
BERLIN_DAYS = marks.days("Europe/Berlin", YEAR)


def _berlin(*weeks: int) -> tuple[list[int], list[int]]:
    """Return weeks of duty from Monday 09:00 to Monday 09:00 in Berlin, numbered from 2 March 2026."""
    edges = [MONDAY + week * WEEK - (3600 if week >= 4 else 0) for week in range(20)]
    return [edges[week] for week in weeks], [edges[week + 1] for week in weeks]


def test_the_fullest_window_may_start_anywhere() -> None:
    starts, ends = [0, 40, 55], [10, 50, 70]
    assert peaks.most_seconds(starts, ends, 30, after=LONG_AGO) == Peak(value=25, stretch=(40, 70))
    assert peaks.most_seconds(starts, ends, 12, after=LONG_AGO) == Peak(value=12, stretch=(55, 67))


def test_a_window_that_keeps_the_limit_is_nothing() -> None:
    assert peaks.most_seconds([0, 40], [10, 50], 60, after=LONG_AGO, above=20) is None
    assert peaks.most_seconds([0, 40], [10, 50], 60, after=LONG_AGO, above=19) is not None


def test_what_is_over_never_counts_but_adds_to_what_comes() -> None:
    starts, ends = [0, 40], [30, 45]
    assert peaks.most_seconds(starts, ends, 30, after=35) == Peak(value=20, stretch=(11, 41))
    assert peaks.most_seconds(starts, ends, 45, after=35) == Peak(value=35, stretch=(0, 45))
    assert peaks.most_seconds(starts, ends, 30, after=45) is None


def test_one_second_ahead_brings_what_lies_behind_it_into_the_window() -> None:
    found = peaks.most_seconds([0, 100], [60, 101], 100, after=70)
    assert found == Peak(value=60, stretch=(1, 101))


def test_a_week_from_monday_to_monday_touches_seven_nights_one_weekend_and_eight_days() -> None:
    starts, ends = _berlin(0)
    nights = peaks.most_touched(starts, ends, BERLIN_NIGHTS, 84, after=LONG_AGO)
    assert nights is not None
    assert nights.value == 7
    assert nights.stretch == (MONDAY + 13 * 3600, MONDAY + WEEK - 3 * 3600)
    weekends = peaks.most_touched(starts, ends, BERLIN_WEEKENDS, 12, after=LONG_AGO)
    assert weekends is not None
    assert weekends.value == 1
    run = peaks.longest_run(starts, ends, BERLIN_DAYS, after=LONG_AGO)
    assert run is not None
    assert run.value == 8


def test_one_week_in_four_is_three_weeks_of_twelve_over_a_clock_change() -> None:
    starts, ends = _berlin(0, 4, 8, 12)
    share = peaks.most_seconds(starts, ends, 12 * WEEK, after=LONG_AGO)
    assert share is not None
    assert 3 * WEEK <= share.value <= 3 * WEEK + 3600
    nights = peaks.most_touched(starts, ends, BERLIN_NIGHTS, 84, after=LONG_AGO)
    assert nights is not None
    assert nights.value == 21
    weekends = peaks.most_touched(starts, ends, BERLIN_WEEKENDS, 12, after=LONG_AGO)
    assert weekends is not None
    assert weekends.value == 3


def test_weeks_that_meet_are_one_run_of_days() -> None:
    starts, ends = _berlin(0, 2)
    apart = peaks.longest_run(starts, ends, BERLIN_DAYS, after=LONG_AGO)
    whole = peaks.longest_run([starts[0]], [ends[0] + WEEK], BERLIN_DAYS, after=LONG_AGO)
    assert (apart and apart.value, whole and whole.value) == (8, 15)


def test_rests_come_shortest_first() -> None:
    found = peaks.rests([0, 15, 40, 52], [10, 20, 50, 60], after=LONG_AGO)
    assert [rest.value for rest in found] == [2, 5, 20]
    assert found[0].stretch == (50, 52)
    assert [rest.value for rest in peaks.rests([0, 15, 40, 52], [10, 20, 50, 60], after=LONG_AGO, below=5)] == [2]
    assert [rest.value for rest in peaks.rests([0, 15, 40, 52], [10, 20, 50, 60], after=51)] == [2]
    assert peaks.rests([0, 15, 40, 52], [10, 20, 50, 60], after=52) == []


@pytest.mark.parametrize("numbers", [[3, 4, 9], [3, 3, 4]])
def test_marks_whose_numbers_are_uneven_count_by_number(numbers: list[int]) -> None:
    uneven = Marks([0, 10, 20], [5, 15, 25], numbers)
    found = peaks.most_touched([0], [25], uneven, 2, after=LONG_AGO)
    assert found is not None
    assert found.value == 2
    assert uneven.count([0], [25]) == len(set(numbers))


def test_no_duty_has_no_peak() -> None:
    assert peaks.most_seconds([], [], 10, after=LONG_AGO) is None
    assert peaks.most_touched([], [], BERLIN_NIGHTS, 10, after=LONG_AGO) is None
    assert peaks.longest_run([], [], BERLIN_DAYS, after=LONG_AGO) is None
    assert peaks.rests([], [], after=LONG_AGO) == []
