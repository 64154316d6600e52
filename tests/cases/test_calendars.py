"""Calendars of time off, worked out by hand: each file gives these stretches and these findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendar_cases import CASES, compiled, expected, outcome, repository


@pytest.mark.parametrize("case", sorted(CASES.glob("*.ics")), ids=lambda case: case.stem)
def test_calendar_says(case: Path, tmp_path: Path) -> None:
    folder = repository(tmp_path, {"schedules/time-off/ada.ics": case.read_bytes()})
    assert outcome(compiled(folder)) == expected(case)
