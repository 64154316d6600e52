"""The budget of shifts: how many are computed for a stretch, estimated in closed form before anything is expanded.

A schedule with a long turn may be computed far around the stretch (see ``reach``), and all of that counts.
"""

from __future__ import annotations

from watchbill.intervals import Stretch
from watchbill.model.on_call import Layer, Schedule, Version
from watchbill.model.repository import Model
from watchbill.roster.clock import DAY, wall
from watchbill.roster.expand import ScheduleExpander
from watchbill.roster.schedule_input import InputBuilder
from watchbill.roster.windows import WEEK

_SECONDS = {"hours": 3600, "days": DAY, "weeks": WEEK, "months": 28 * DAY}
_LONG = 8 * WEEK
"""Seconds of a period from which its reach is looked at; shorter turns add too little to a stretch to matter."""


def _version_shifts(version: Version, seconds: int) -> int:
    seats = max(map(len, version.members), default=1)
    turns = len(version.turns)
    if turns:
        seats = max(seats, *(len(turn.member) for turn in version.turns))
    if version.every is not None:
        points = 1 if version.every.unit == "hours" else len(version.handoff)
        turns = seconds * points // (version.every.count * _SECONDS[version.every.unit]) + 2
    spans = sum(len(part.spans or ()) for part in version.during.parts) if version.during is not None else 0
    return (turns + spans * (seconds // WEEK + 2)) * max(seats, 1)


def _layer_shifts(layer: Layer, start: int, end: int) -> int:
    """Return the shifts of a layer. Days stand for instants, to within a day, so that no zone has to be asked."""
    begins = [wall(version.start) for version in layer.versions]
    total = 0
    for version, begin, following in zip(layer.versions, begins, [*begins[1:], end], strict=True):
        seconds = min(end, following + DAY) - max(start, begin - DAY)
        if seconds > 0:
            total += _version_shifts(version, seconds)
    return total


def _has_long_turns(schedule: Schedule) -> bool:
    for role in schedule.roles:
        for layer in role.layers:
            for version in layer.versions:
                if version.every is None or version.every.count * _SECONDS[version.every.unit] > _LONG:
                    return True
    return False


def estimated_shifts(model: Model, stretch: Stretch) -> int:
    """Return about how many shifts are computed for a stretch; never far too few, so it can refuse too many."""
    total = 0
    builder: InputBuilder | None = None
    for schedule in model.schedules.values():
        reach = stretch
        if _has_long_turns(schedule):
            builder = builder or InputBuilder(model)
            reach = ScheduleExpander(builder.input_of(schedule)).reach.around(*stretch)[:2]
        by_role = {role.id: sum([_layer_shifts(layer, *reach) for layer in role.layers]) for role in schedule.roles}
        followers = sum([by_role.get(role.follows.role, 0) for role in schedule.roles if role.follows is not None])
        total += sum(by_role.values()) + followers
    return total + 3 * len(model.overrides) + 3 * len(model.swaps)
