"""Periods as people type them on a command line."""

from __future__ import annotations

from datetime import date, timedelta

import click
import pytest

from watchbill.cli.periods import length, named


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 5)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 4)),
        ("2026-10-05..2026-10-05", date(2026, 10, 5), date(2026, 10, 6)),
    ],
)
def test_a_period_is_whole_days(text: str, first: date, after: date) -> None:
    assert named(text) == (first, after)


@pytest.mark.parametrize(
    "text",
    [
        *("", "q4", "2026-Q5", "2026-13", "2026-00", "2025-W53", "2026-W00", "0000", "2026-02-30..2026-03-01"),
        *("2026-10-05..2026-10-01", "2000-01-01..2026-01-01", "9999", "\u202e2026", "12w"),
    ],
)
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(click.UsageError, match="2026-Q4"):
        named(text)


@pytest.mark.parametrize(("text", "days"), [("12w", 84), ("1 week", 7), ("90d", 90), ("2 days", 2)])
def test_a_length_is_days(text: str, days: int) -> None:
    assert length(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "0w", "w", "-3w", "12 months", "9999w", "1.5w"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(click.UsageError, match="12w"):
        length(text)
