"""Rotations on which three independent schedulers agree; Watchbill must give the same shifts for each."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from random_schedules import FILE, model_of
from watchbill.model.on_call import Layer, Role, Schedule, Version
from watchbill.model.time_values import HandoffPoint, Period
from watchbill.roster.clock import zone
from watchbill.roster.expand import expand_all

AGREED = Path(__file__).parents[3].parent / "shared" / "cases" / "rotations" / "agreed.jsonl"
UNITS = {"daily": "days", "weekly": "weeks", "monthly": "months"}


def seconds_of(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def version_of(case: dict[str, Any]) -> Version:
    """Translate a rotation that starts at an instant: its day and time on the wall make the handoff point."""
    first = zone(case["zone"]).local(seconds_of(case["first_handoff"]))
    unit = UNITS[case["type"]]
    point = HandoffPoint(
        seconds=first.seconds,
        weekday=first.day.weekday() if unit == "weeks" else None,
        day=first.day.day if unit == "months" else None,
    )
    return Version(
        place=FILE,
        order_place=FILE,
        start=first.day,
        timezone=case["zone"],
        every=Period(count=case["length"], unit=unit),  # type: ignore[arg-type]
        handoff=(point,),
        members=tuple((name,) for name in case["members"]),
    )


def computed(case: dict[str, Any], version: Version) -> list[list[str]]:
    """Return the shifts of the window, cut at its ends as the recorded ones are."""
    layer = Layer(id="only", place=FILE, timezone=case["zone"], versions=(version,))
    role = Role(id="primary", place=FILE, layers=(layer,))
    schedule = Schedule(id="ops", place=FILE, name="Ops", team="ops", timezone=case["zone"], roles=(role,))
    start, end = (seconds_of(text) for text in case["window"])
    rosters, _ = expand_all(model_of(schedule), [(start, end)])

    def text(instant: int) -> str:
        return f"{datetime.fromtimestamp(instant, UTC):%Y-%m-%dT%H:%M:%SZ}"

    timeline = rosters["ops"].timelines["primary"]
    return [[s.person, text(max(s.start, start)), text(min(s.end, end))] for s in timeline]


def agreed() -> list[dict[str, Any]]:
    if not AGREED.is_file():
        pytest.skip("the agreed rotations are not beside the repository")
    return [json.loads(line) for line in AGREED.read_text(encoding="utf-8").splitlines()]


def test_there_are_245_of_them() -> None:
    assert len(agreed()) == 245


def superseded(case: dict[str, Any]) -> bool:
    """Say whether a case rests on a clock change that the zone data has dropped since it was recorded.

    Cuba was to set its clocks back on 1 November 2026; from 2026f on the data has no such change.
    """
    later = seconds_of("2026-11-02T00:00:00Z")
    return "America/Havana/2026-11-01" in case["name"] and zone("America/Havana").offset_at(later) == -4 * 3600


def test_every_agreed_rotation_comes_out_the_same() -> None:
    cases = [case for case in agreed() if not superseded(case)]
    assert len(cases) >= 235
    wrong = [case["name"] for case in cases if computed(case, version_of(case)) != case["shifts"]]
    assert not wrong


def test_cases_of_a_dropped_clock_change_differ_by_that_hour_only() -> None:
    """Without the change the wall clock is an hour ahead of the record from 1 November on; nothing else moves."""
    change = seconds_of("2026-11-01T05:00:00Z")

    def as_recorded(text: str, edge: str) -> str:
        late = seconds_of(text) > change and text != edge
        return f"{datetime.fromtimestamp(seconds_of(text) + 3600 * late, UTC):%Y-%m-%dT%H:%M:%SZ}"

    for case in filter(superseded, agreed()):
        end = case["window"][1]
        moved = [[who, as_recorded(a, end), as_recorded(b, end)] for who, a, b in computed(case, version_of(case))]
        assert moved == case["shifts"], case["name"]


def test_the_window_reaches_beyond_the_clock_change() -> None:
    """The cases are only worth something if clocks change inside their windows."""
    changing = 0
    for case in agreed():
        start, end = (seconds_of(text) for text in case["window"])
        clock = zone(case["zone"])
        step = int(timedelta(hours=6).total_seconds())
        changing += len({clock.offset_at(t) for t in range(start, end, step)}) > 1
    assert changing > 150
