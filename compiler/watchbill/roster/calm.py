"""Calm stretches: turns in which nobody is away and nothing is overridden. Their columns are made in bulk.

Most turns of most schedules are calm, and that is why a large organisation compiles in a moment. The few that are not
are named, and go the general way (``expand``); a test proves that both ways give the same timelines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import eq

from watchbill.intervals import Stretch, union
from watchbill.model.on_call import Role, Schedule
from watchbill.roster.causes import CauseTable, Segment
from watchbill.roster.layers import LayerExpander
from watchbill.roster.presence import Presence
from watchbill.roster.timeline import CauseKind, CauseRow, Timeline
from watchbill.roster.turns import Turns


@dataclass(slots=True)
class _Columns:
    """The columns of one role while they grow; ``names`` become numbers at the end.

    ``cycle`` is after how many shifts the names come round again, all different before; 0 where that is not known.
    """

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    turn: list[int] = field(default_factory=list)
    seat: list[int] = field(default_factory=list)
    cause: list[int] = field(default_factory=list)
    causes: CauseTable = field(default_factory=CauseTable)
    cycle: int = 0

    def number(self, kind: CauseKind, layer: str, turns: Turns) -> int:
        """Return the number of a cause; there is one for each version."""
        return self.causes.number(CauseRow(kind, turns.version.order_place, layer, turns.index, None, ()))

    def replace(self, stretch: Stretch, segments: Sequence[Segment]) -> None:
        """Put segments in the place of the shifts that touch a stretch; they may share seats of one turn."""
        where = slice(bisect_right(self.end, stretch[0]), bisect_left(self.start, stretch[1]))
        self.start[where] = [segment.start for segment in segments]
        self.end[where] = [segment.end for segment in segments]
        self.names[where] = [segment.person for segment in segments]
        self.turn[where] = [segment.turn for segment in segments]
        self.seat[where] = [segment.seat for segment in segments]
        self.cause[where] = [segment.cause for segment in segments]
        self.cycle = 0

    def numbered(self) -> tuple[tuple[str, ...], list[int]]:
        """Return the people in the order in which they appear, and the number of the holder of each shift."""
        size = len(self.names)
        if self.cycle:
            return tuple(self.names[: self.cycle]), (list(range(self.cycle)) * (size // self.cycle + 1))[:size]
        people = tuple(dict.fromkeys(self.names))
        index = dict(zip(people, count(), strict=False))
        return people, list(map(index.__getitem__, self.names))


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive turns of one version: the number of the first, and the persons who hold them."""

    turns: Turns
    first: int
    persons: list[str]


Calm = Mapping[str, _Columns]
"""The columns of each role, in file order."""


def expand_calm(
    schedule: Schedule,
    layers: Mapping[str, Sequence[LayerExpander]],
    stretch: Stretch,
    presences: Iterable[Presence],
    causes: Mapping[str, CauseTable],
) -> tuple[Calm, list[Stretch]] | None:
    """Return the columns of a schedule for one stretch as if all of it were calm, and the stretches that are not.

    ``None`` if the schedule is of a kind that is never calm: several layers, windows, groups, listed turns, pinned or
    long-chained followers. The caller knows that nothing is overridden.
    """
    calm: dict[str, _Columns] = {}
    runs: dict[str, list[_Run]] = {}
    restless: list[Stretch] = []
    for role in schedule.roles:
        found = _Columns(causes=causes[role.id])
        if role.follows is not None:
            usual = _follow(schedule, role, layers, calm, runs, found, restless)
        else:
            usual = _hold(role, layers, stretch, runs, found)
        if not usual:
            return None
        found.seat = [0] * len(found.start)
        calm[role.id] = found
        restless += _absences(found, presences)
    return calm, union(restless)


def _absences(found: _Columns, presences: Iterable[Presence]) -> list[Stretch]:
    """Return the shifts whose holder is away for some of them."""
    start, end, names = found.start, found.end, found.names
    return [
        (start[i], end[i])
        for presence in presences
        if presence.person in names
        for low, high in presence.away
        for i in range(bisect_right(end, low), bisect_left(start, high))
        if names[i] == presence.person
    ]


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
            found.cycle = order.cycle() if len(found.causes.rows) == 1 else 0
    return True


def _follow(
    schedule: Schedule,
    role: Role,
    layers: Mapping[str, Sequence[LayerExpander]],
    columns: Mapping[str, _Columns],
    runs: Mapping[str, list[_Run]],
    found: _Columns,
    restless: list[Stretch],
) -> bool:
    """Fill a role that follows another one; add the shifts whose follower holds the followed turn himself."""
    follows = role.follows
    if follows is None or follows.role not in runs or not layers[follows.role]:
        return False
    layer = layers[follows.role][0]
    others = {other for group in schedule.distinct if role.id in group for other in group}
    if others & set(columns) - {follows.role} or follows.layer not in (None, layer.id):
        return False
    followed, holders = columns[follows.role], list[str]()
    position = 0
    for run in runs[follows.role]:
        kept = _follow_run(layer, run, follows.turns_ahead, found)
        if kept is None:
            return False
        found.start += followed.start[position : position + kept]
        found.end += followed.end[position : position + kept]
        holders += followed.names[position : position + kept]
        position += len(run.persons)
    found.cycle = followed.cycle if len(found.causes.rows) == 1 else 0
    if any(map(eq, found.names, holders)):
        both = zip(found.start, found.end, found.names, holders, strict=True)
        restless += [(start, end) for start, end, name, holder in both if name == holder]
    return True


def _follow_run(layer: LayerExpander, run: _Run, ahead: int, found: _Columns) -> int | None:
    """Add who follows the turns of a run, with turns and causes; return how many of the turns have a follower.

    The last turns of a version are followed by those of the next one. ``None`` if that one is disturbed.
    """
    held = len(run.persons)
    within = max(min(held, run.turns.count() - ahead - run.first), 0)
    found.names += layer.orders[run.turns.index].persons_from(run.first + ahead, within)
    found.turn += range(run.first + ahead, run.first + ahead + within)
    found.cause += [found.number("follower", layer.id, run.turns)] * within
    for followed in range(run.first + within, run.first + held):
        successor = layer.turns.successor(run.turns.index, followed, ahead)
        if successor is None:
            return followed - run.first
        turns, number = successor
        order = layer.orders[turns.index]
        if not order.undisturbed:
            return None
        found.names += order.persons_from(number, 1)
        found.turn.append(number)
        found.cause.append(found.number("follower", layer.id, turns))
    return held


def timeline(schedule: str, role: str, found: _Columns, stretch: Stretch) -> Timeline:
    """Return the timeline of a role from its columns."""
    people, numbers = found.numbered()
    return Timeline(
        schedule=schedule,
        role=role,
        demanded=(stretch,),
        people=people,
        causes=tuple(found.causes.rows),
        start=found.start,
        end=found.end,
        person=numbers,
        seat=found.seat,
        turn=found.turn,
        cause=found.cause,
    )
