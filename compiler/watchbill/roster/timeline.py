"""Timelines: all shifts of one schedule and role, kept as integer columns, with the cause of each shift.

``Shift`` and ``Cause`` are views made on access; the columns are what fast code reads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

from watchbill.findings import Place
from watchbill.intervals import Stretch
from watchbill.records import dataclass

CauseKind = Literal["turn", "cover", "advance", "swap", "follower", "override"]
SkipReason = Literal["away", "left", "not-joined", "holds-role", "same-turn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Somebody who was passed over, why, and where that is written (the time off; ``None`` for a seat held)."""

    person: str
    reason: SkipReason
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a shift has its holder.

    ``turn``: it is the holder's own turn. ``cover``: stands in for ``instead_of``. ``advance`` and ``swap``: the order
    moved because ``instead_of`` was away. ``follower``: the next turn of the followed role. ``override``: an override
    or a swap file. ``place`` is where the reason is written: the version's members, the override, the swap.
    ``layer``, ``version`` and ``turn`` are set for all but overrides.
    """

    kind: CauseKind
    place: Place
    layer: str | None = None
    version: int | None = None
    turn: int | None = None
    instead_of: str | None = None
    skipped: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A maximal stretch of one seat with one holder and one cause, in UTC seconds, half-open.

    Start and end are the true ones, even where they lie beyond the horizon.
    """

    start: int
    end: int
    person: str
    seat: int
    cause: Cause


class CauseRow(NamedTuple):
    """A cause in compact form, shared by the shifts that have it: everything but the turn and the seat."""

    kind: CauseKind
    place: Place
    layer: str | None
    version: int | None
    instead_of: str | None
    skipped: tuple[Skip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All shifts of a role that touch the demanded stretches, sorted by start, then seat.

    Parallel columns: ``start``, ``end`` (UTC seconds), ``person`` (index into ``people``), ``seat``, ``turn`` (-1 for
    overrides) and ``cause`` (index into ``causes``). ``demanded`` are the stretches for which holders are known.
    """

    schedule: str
    role: str
    demanded: tuple[Stretch, ...]
    people: tuple[str, ...]
    causes: tuple[CauseRow, ...]
    start: list[int]
    end: list[int]
    person: list[int]
    seat: list[int]
    turn: list[int]
    cause: list[int]

    def __len__(self) -> int:
        """Return the number of shifts."""
        return len(self.start)

    def __iter__(self) -> Iterator[Shift]:
        """Iterate over all shifts in order."""
        return (self.shift(i) for i in range(len(self.start)))

    def shift(self, index: int) -> Shift:
        """Return one shift as a view."""
        row = self.causes[self.cause[index]]
        turn = self.turn[index]
        return Shift(
            start=self.start[index],
            end=self.end[index],
            person=self.people[self.person[index]],
            seat=self.seat[index],
            cause=Cause(
                kind=row.kind,
                place=row.place,
                layer=row.layer,
                version=row.version,
                turn=None if turn < 0 else turn,
                instead_of=row.instead_of,
                skipped=row.skipped,
            ),
        )

    def knows(self, instant: int) -> bool:
        """Say whether the instant was demanded."""
        return any(start <= instant < end for start, end in self.demanded)

    def at(self, instant: int) -> list[Shift]:
        """Return the shifts that hold at an instant, by seat. Raises ``LookupError`` if it was not demanded."""
        if not self.knows(instant):
            raise LookupError(f"{self.schedule}/{self.role} was not computed for {instant}")
        last = bisect_right(self.start, instant)
        held = [i for i in range(last) if self.end[i] > instant]
        return sorted((self.shift(i) for i in held), key=lambda shift: shift.seat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The timelines of one schedule, one per role, in file order."""

    schedule: str
    timelines: dict[str, Timeline]
