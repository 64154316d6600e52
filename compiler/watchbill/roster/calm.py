"""Calm schedules: nobody is away, nothing is overridden, one layer a role. Their columns are made in bulk.

This is the usual schedule, and the reason why a large organisation compiles in a moment. What is not calm goes the
general way (``expand``); both ways give the same timelines, which a test proves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import eq

from watchbill.intervals import Stretch
from watchbill.model.on_call import Role, Schedule
from watchbill.roster.layers import LayerExpander
from watchbill.roster.timeline import CauseKind, CauseRow, Timeline
from watchbill.roster.turns import Turns


@dataclass(slots=True)
class _Columns:
    """The columns of one role while they grow; ``names`` become numbers at the end."""

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    turn: list[int] = field(default_factory=list)
    cause: list[int] = field(default_factory=list)
    rows: list[CauseRow] = field(default_factory=list)

    def number(self, kind: CauseKind, layer: str, turns: Turns) -> int:
        """Return the number of a cause; there is one for each version."""
        row = CauseRow(kind, turns.version.order_place, layer, turns.index, None, ())
        if row not in self.rows:
            self.rows.append(row)
        return self.rows.index(row)


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive turns of one version: the number of the first, and the persons who hold them."""

    turns: Turns
    first: int
    persons: list[str]


def expand_calm(
    schedule: Schedule,
    layers: Mapping[str, Sequence[LayerExpander]],
    stretch: Stretch,
    away: Iterable[Stretch],
) -> dict[str, Timeline] | None:
    """Return the timelines of a schedule for one stretch, or ``None`` if it is not calm.

    ``away`` are all absences of its people, in any order. The caller knows that nothing is overridden.
    """
    columns: dict[str, _Columns] = {}
    runs: dict[str, list[_Run]] = {}
    for role in schedule.roles:
        found = _Columns()
        if role.follows is not None:
            calm = _follow(schedule, role, layers, columns, runs, found)
        else:
            calm = _hold(role, layers, stretch, runs, found)
        if not calm:
            return None
        columns[role.id] = found
    first = min((found.start[0] for found in columns.values() if found.start), default=stretch[0])
    last = max((found.end[-1] for found in columns.values() if found.end), default=stretch[1])
    if any(start < last and first < end for start, end in away):
        return None
    return {role: _timeline(schedule.id, role, found, stretch) for role, found in columns.items()}


def _hold(
    role: Role,
    layers: Mapping[str, Sequence[LayerExpander]],
    stretch: Stretch,
    runs: dict[str, list[_Run]],
    found: _Columns,
) -> bool:
    """Fill a role from its one layer; say whether that is all there is to it."""
    if len(layers[role.id]) > 1:
        return False
    runs[role.id] = []
    for layer in layers[role.id]:
        for turns, order in zip(layer.turns.versions, layer.orders, strict=True):
            touched = turns.touching(*stretch)
            if touched is None:
                continue
            if not order.undisturbed or turns.version.during is not None or turns.version.turns:
                return False
            first, last = touched
            edges = turns.edges(first, last)
            if len(set(edges)) != len(edges):
                return False
            run = _Run(turns, first, order.persons_from(first, last - first + 1))
            runs[role.id].append(run)
            found.start += edges[:-1]
            found.end += edges[1:]
            found.names += run.persons
            found.turn += range(first, last + 1)
            found.cause += [found.number("turn", layer.id, turns)] * (last - first + 1)
    return True


def _follow(
    schedule: Schedule,
    role: Role,
    layers: Mapping[str, Sequence[LayerExpander]],
    columns: Mapping[str, _Columns],
    runs: Mapping[str, list[_Run]],
    found: _Columns,
) -> bool:
    """Fill a role that follows a calm one; say whether no follower had to be replaced."""
    follows = role.follows
    if follows is None or follows.role not in runs or not layers[follows.role]:
        return False
    layer = layers[follows.role][0]
    others = {other for group in schedule.distinct if role.id in group for other in group}
    if others & set(columns) - {follows.role} or follows.layer not in (None, layer.id):
        return False
    followed, position = columns[follows.role], 0
    for run in runs[follows.role]:
        held = len(run.persons)
        within = max(min(held, run.turns.count() - follows.turns_ahead - run.first), 0)
        order = layer.orders[run.turns.index]
        found.names += order.persons_from(run.first + follows.turns_ahead, within)
        found.turn += range(run.first + follows.turns_ahead, run.first + follows.turns_ahead + within)
        found.cause += [found.number("follower", layer.id, run.turns)] * within
        kept = within
        for n in range(run.first + within, run.first + held):
            successor = layer.turns.successor(run.turns.index, n, follows.turns_ahead)
            if successor is None:
                break
            turns, number = successor
            if not layer.orders[turns.index].undisturbed:
                return False
            found.names += layer.orders[turns.index].persons_from(number, 1)
            found.turn.append(number)
            found.cause.append(found.number("follower", layer.id, turns))
            kept += 1
        found.start += followed.start[position : position + kept]
        found.end += followed.end[position : position + kept]
        if any(map(eq, found.names[-kept:] if kept else (), followed.names[position : position + kept])):
            return False
        position += held
    return True


def _timeline(schedule: str, role: str, found: _Columns, stretch: Stretch) -> Timeline:
    people = tuple(dict.fromkeys(found.names))
    index = {person: i for i, person in enumerate(people)}
    return Timeline(
        schedule=schedule,
        role=role,
        demanded=(stretch,),
        people=people,
        causes=tuple(found.rows),
        start=found.start,
        end=found.end,
        person=[index[person] for person in found.names],
        seat=[0] * len(found.start),
        turn=found.turn,
        cause=found.cause,
    )
