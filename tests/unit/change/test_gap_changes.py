"""Gaps that open and close, where nobody and too few are two different things."""

from __future__ import annotations

import pytest

from watchbill.change.gap_changes import closed, opened
from watchbill.findings import Place
from watchbill.insight.coverage import Gap

AHEAD = (10, 100)
Short = tuple[int, int, int]
"""Start, end, and how many are present where two are required."""


def sides(before: list[Short], after: list[Short]) -> tuple[list[Short], list[Short]]:
    """Return what is opened and what is closed."""
    gaps = [
        {
            ("ops", "primary"): [
                Gap(
                    schedule="ops",
                    role="primary",
                    stretch=(start, end),
                    required=2,
                    present=present,
                    requirement=Place(file="ops.yaml"),
                )
                for start, end, present in side
            ]
        }
        for side in (before, after)
    ]
    return tuple([(*gap.stretch, gap.present) for gap in found(*gaps, AHEAD)] for found in (opened, closed))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("before", "after", "new", "gone"),
    [
        ([], [], [], []),
        ([], [(20, 30, 0)], [(20, 30, 0)], []),
        ([(20, 30, 0)], [], [], [(20, 30, 0)]),
        ([(20, 30, 0)], [(20, 30, 0)], [], []),
        ([(20, 40, 0)], [(30, 50, 0)], [(40, 50, 0)], [(20, 30, 0)]),
        ([(20, 30, 1)], [(20, 30, 0)], [(20, 30, 0)], []),
        ([(20, 30, 0)], [(20, 30, 1)], [], []),
        ([(20, 40, 1)], [(25, 30, 0), (30, 40, 1)], [(25, 30, 0)], [(20, 25, 1)]),
        ([], [(0, 20, 1)], [(10, 20, 1)], []),
        ([(0, 10, 0)], [(90, 200, 0)], [(90, 100, 0)], []),
    ],
)
def test_what_is_opened_and_closed(
    before: list[Short], after: list[Short], new: list[Short], gone: list[Short]
) -> None:
    assert sides(before, after) == (new, gone)
