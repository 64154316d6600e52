"""Which stretches of a role have other holders than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from watchbill.change.records import Move
from watchbill.findings import Place
from watchbill.intervals import Stretch, clip, union
from watchbill.roster.timeline import Timeline

Rename = Callable[[str], str]
"""Gives the id in head of a person of base."""


class _Row(NamedTuple):
    """A shift as it is compared. ``turn`` tells apart the turns of one side; two sides never share one."""

    start: int
    end: int
    seat: int
    person: str
    turn: tuple[str | None, int | None, int]
    place: Place
    deliberate: bool


class _Piece(NamedTuple):
    """A stretch in which nothing changes on either side: who holds the role only before, and who only after."""

    stretch: Stretch
    before: tuple[_Row, ...]
    after: tuple[_Row, ...]


def moves(
    schedule: str, role: str, base: Timeline | None, head: Timeline | None, within: Stretch, rename: Rename
) -> list[Move]:
    """Return the moves of one role inside a stretch; a side without the role has no timeline."""
    if base is not None and head is not None and _same_columns(base, head):
        return []
    before, after = _rows(base, within, rename), _rows(head, within, str)
    different = _different(before, after, within)
    pieces = list(_pieces(before, after, different)) if different else []
    return [_move(schedule, role, group) for group in _joined(pieces)]


def _same_columns(base: Timeline, head: Timeline) -> bool:
    """Say quickly whether two timelines name the same people at the same times, without a look at each shift."""
    return base is head or (
        base.people == head.people
        and base.start == head.start
        and base.end == head.end
        and base.person == head.person
        and base.seat == head.seat
    )


def _rows(timeline: Timeline | None, within: Stretch, rename: Rename) -> list[_Row]:
    if timeline is None:
        return []
    people = [rename(person) for person in timeline.people]
    rows = []
    columns = (timeline.start, timeline.end, timeline.seat, timeline.person, timeline.turn, timeline.cause)
    for start, end, seat, person, turn, number in zip(*columns, strict=True):
        if end <= within[0] or start >= within[1]:
            continue
        cause = timeline.causes[number]
        key = (cause.layer, cause.version, turn if turn >= 0 else start)
        rows.append(_Row(start, end, seat, people[person], key, cause.place, cause.kind == "override"))
    return rows


def _different(before: Sequence[_Row], after: Sequence[_Row], within: Stretch) -> list[Stretch]:
    """Return a set outside of which the same people have the same shifts."""
    left = Counter((row.start, row.end, row.person) for row in before)
    left.subtract((row.start, row.end, row.person) for row in after)
    return clip(union((start, end) for (start, end, _), number in left.items() if number), *within)


def _pieces(before: Sequence[_Row], after: Sequence[_Row], different: Sequence[Stretch]) -> Iterator[_Piece]:
    """Yield the stretches in which the holders differ, in order of time; rows and differences are sorted by start."""
    sides = _Sweep(before), _Sweep(after)
    for low, high in different:
        taken = [side.take(low, high) for side in sides]
        edges = sorted({low, high, *(edge for rows in taken for row in rows for edge in row[:2] if low < edge < high)})
        inside = [_Sweep(rows) for rows in taken]
        for start, end in pairwise(edges):
            old, new = (side.take(start, end) for side in inside)
            gone, come = _only(old, new), _only(new, old)
            if gone or come:
                yield _Piece((start, end), gone, come)


class _Sweep:
    """Gives the rows that touch one stretch after the other. Each row is looked at only while it lasts."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._coming = sorted(rows, reverse=True)
        self._active: list[_Row] = []

    def take(self, start: int, end: int) -> list[_Row]:
        """Return the rows that touch a stretch, which starts where the last one ended or later."""
        while self._coming and self._coming[-1].start < end:
            self._active.append(self._coming.pop())
        self._active = [row for row in self._active if row.end > start]
        return self._active


def _only(rows: Sequence[_Row], others: Sequence[_Row]) -> tuple[_Row, ...]:
    """Return the rows of people who have none among the others, one a person, by seat."""
    there = {row.person for row in others}
    by_person: dict[str, _Row] = {}
    for row in sorted(rows, key=lambda row: (row.seat, row.start)):
        if row.person not in there:
            by_person.setdefault(row.person, row)
    return tuple(by_person.values())


def _joined(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the pieces that are one move: they meet, and on both sides the same people hold the same turns."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and (group[-1].stretch[1] != piece.stretch[0] or _held(group[-1]) != _held(piece)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _held(piece: _Piece) -> tuple[object, ...]:
    return tuple((row.person, row.turn) for row in piece.before), tuple((row.person, row.turn) for row in piece.after)


def _move(schedule: str, role: str, group: Sequence[_Piece]) -> Move:
    first = group[0]
    return Move(
        schedule=schedule,
        role=role,
        stretch=(first.stretch[0], group[-1].stretch[1]),
        before=tuple(row.person for row in first.before),
        after=tuple(row.person for row in first.after),
        place=first.after[0].place if first.after else None,
        deliberate=bool(first.after) and all(row.deliberate for row in first.after),
    )
