"""What a change does, quarter of an hour by quarter: each quarter of an hour asks both sides who holds what.

Slow and plain on purpose: shifts are read as ``Shift`` views, local time comes from ``zoneinfo``, and nothing is shared
with ``watchbill.change``. All edges must lie on whole quarters of an hour.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from oracle.wall_clock import face
from watchbill.compilation import Compilation

QUARTER = 900
Track = tuple[str, str]


def holders(compilation: Compilation, start: int, end: int) -> dict[Track, dict[int, set[str]]]:
    """Return who holds each role at each quarter of an hour of a stretch; quarters of nobody are left out."""
    found: dict[Track, dict[int, set[str]]] = {}
    for schedule, roster in compilation.rosters.items():
        for role, timeline in roster.timelines.items():
            quarters: dict[int, set[str]] = defaultdict(set)
            for shift in timeline:
                assert shift.start % QUARTER == shift.end % QUARTER == 0
                for quarter in range(max(shift.start, start), min(shift.end, end), QUARTER):
                    quarters[quarter].add(shift.person)
            found[schedule, role] = quarters
    return found


def differences(
    base: Compilation, head: Compilation, start: int, end: int
) -> dict[Track, dict[int, tuple[set[str], set[str]]]]:
    """Return for each quarter of an hour at which a role changes who no longer holds it, and who holds it now."""
    before, after = holders(base, start, end), holders(head, start, end)
    found: dict[Track, dict[int, tuple[set[str], set[str]]]] = {}
    for track in {*before, *after}:
        old, new = before.get(track, {}), after.get(track, {})
        changed = {}
        for quarter in {*old, *new}:
            gone = old.get(quarter, set()) - new.get(quarter, set())
            come = new.get(quarter, set()) - old.get(quarter, set())
            if gone or come:
                changed[quarter] = gone, come
        if changed:
            found[track] = changed
    return found


def duties(compilation: Compilation, start: int, end: int) -> dict[str, set[int]]:
    """Return the quarters at which each person holds any role that promises coverage."""
    counting = {
        (schedule.id, role.id)
        for schedule in compilation.model.schedules.values()
        for role in schedule.roles
        if role.coverage
    }
    found: dict[str, set[int]] = defaultdict(set)
    for track, quarters in holders(compilation, start, end).items():
        if track in counting:
            for quarter, people in quarters.items():
                for person in people:
                    found[person].add(quarter)
    return found


def nights(quarters: set[int], zone: str) -> set[object]:
    """Return the nights that quarters touch, 22:00 to 06:00, each by the day on which it starts."""
    shown = (face(zone, quarter) for quarter in quarters)
    return {(time - timedelta(hours=6)).date() for time in shown if time.hour >= 22 or time.hour < 6}


def weekends(quarters: set[int], zone: str) -> set[object]:
    """Return the weekends that quarters touch, Saturday and Sunday, each by its week."""
    shown = (face(zone, quarter) for quarter in quarters)
    return {time.isocalendar()[:2] for time in shown if time.weekday() >= 5}
