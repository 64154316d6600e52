"""What a change does, minute by minute: each minute asks both sides who holds what.

Slow and plain on purpose: shifts are read as ``Shift`` views, local time comes from ``zoneinfo``, and nothing is shared
with ``watchbill.change``. All edges must lie on whole minutes.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from oracle.wall_clock import face
from watchbill.compilation import Compilation

MINUTE = 60
Track = tuple[str, str]


def holders(compilation: Compilation, start: int, end: int) -> dict[Track, dict[int, set[str]]]:
    """Return who holds each role at each minute of a stretch; minutes of nobody are left out."""
    found: dict[Track, dict[int, set[str]]] = {}
    for schedule, roster in compilation.rosters.items():
        for role, timeline in roster.timelines.items():
            minutes: dict[int, set[str]] = defaultdict(set)
            for shift in timeline:
                assert shift.start % MINUTE == shift.end % MINUTE == 0
                for minute in range(max(shift.start, start), min(shift.end, end), MINUTE):
                    minutes[minute].add(shift.person)
            found[schedule, role] = minutes
    return found


def differences(
    base: Compilation, head: Compilation, start: int, end: int
) -> dict[Track, dict[int, tuple[set[str], set[str]]]]:
    """Return for each minute at which a role changes who no longer holds it, and who holds it now."""
    before, after = holders(base, start, end), holders(head, start, end)
    found: dict[Track, dict[int, tuple[set[str], set[str]]]] = {}
    for track in {*before, *after}:
        old, new = before.get(track, {}), after.get(track, {})
        changed = {}
        for minute in {*old, *new}:
            gone = old.get(minute, set()) - new.get(minute, set())
            come = new.get(minute, set()) - old.get(minute, set())
            if gone or come:
                changed[minute] = gone, come
        if changed:
            found[track] = changed
    return found


def duty(compilation: Compilation, person: str, start: int, end: int) -> set[int]:
    """Return the minutes at which a person holds any role that promises coverage."""
    counting = {
        (schedule.id, role.id)
        for schedule in compilation.model.schedules.values()
        for role in schedule.roles
        if role.coverage
    }
    return {
        minute
        for track, minutes in holders(compilation, start, end).items()
        if track in counting
        for minute, people in minutes.items()
        if person in people
    }


def nights(minutes: set[int], zone: str) -> set[object]:
    """Return the nights that minutes touch, 22:00 to 06:00, each by the day on which it starts."""
    shown = (face(zone, minute) for minute in minutes)
    return {(time - timedelta(hours=6)).date() for time in shown if time.hour >= 22 or time.hour < 6}


def weekends(minutes: set[int], zone: str) -> set[object]:
    """Return the weekends that minutes touch, Saturday and Sunday, each by its week."""
    return {face(zone, minute).isocalendar()[:2] for minute in minutes if face(zone, minute).weekday() >= 5}
