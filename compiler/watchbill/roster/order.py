"""The order in which members take turns, after ``advance`` and ``swap`` have moved it.

The order is computed from the start of the version, never from the horizon, so it does not depend on what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Literal

from watchbill.intervals import contains, intersect, total
from watchbill.model.on_call import Member
from watchbill.records import dataclass
from watchbill.roster.presence import Presence
from watchbill.roster.turns import Turns

MOST_MOVED_TURNS = 5_000
"""Turns of a version for which the order may move; beyond it goes on unmoved and `rotation-too-long` is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds a turn: the member, its position in the order, and whose turn it was if the order moved."""

    member: Member
    position: int
    kind: Literal["turn", "advance", "swap"] = "turn"
    absent: Member = ()


class Order:
    """The order of one version: who holds turn n before any cover. ``single``: each turn has exactly one seat.

    ``undisturbed``: that, and nothing ever moves it.
    """

    __slots__ = (
        "_absent",
        "_moves",
        "_next",
        "_persons",
        "_positions",
        "_presences",
        "_turns",
        "members",
        "single",
        "too_long",
        "undisturbed",
    )

    def __init__(self, turns: Turns, presences: Mapping[str, Presence]) -> None:
        self._turns = turns
        self.members = turns.member_order()
        self.single = set(map(len, self.members)) == {1}
        self._persons: list[str] | None = None
        self._presences = presences
        self._positions: list[int] = []
        self._absent: dict[int, tuple[Literal["advance", "swap"], int]] = {}
        self._next = 0
        self._moves: Callable[[int], None] | None = None
        self.too_long = False
        moving = turns.version.when_away in ("advance", "swap") and not turns.version.turns and len(self.members) > 1
        if moving and any(self._presence(person) for member in self.members for person in member):
            self._moves = self._advance if turns.version.when_away == "advance" else self._swap

        self.undisturbed = self._moves is None and self.single and bool(self.members)

    @property
    def people(self) -> set[str]:
        """Return the persons of all members."""
        return set(chain.from_iterable(self.members))

    def persons_from(self, first: int, count: int) -> list[str]:
        """Return who holds ``count`` turns from turn ``first`` on, in an undisturbed order of a rotation."""
        if self._persons is None:
            self._persons = [member[0] for member in self.members]
        offset = first % len(self._persons)
        cycle = self._persons[offset:] + self._persons[:offset]
        return (cycle * (count // len(cycle) + 1))[:count]

    def cycle(self) -> int:
        """Return after how many turns the holders of an undisturbed order come round; 0 if one comes more than once."""
        return len(self.members) if len(set(self.members)) == len(self.members) else 0

    def member_of(self, n: int) -> Member:
        """Return the member of turn n of an order that never moves."""
        return self.members[n if self._turns.version.turns else n % len(self.members)]

    @property
    def plain(self) -> bool:
        """Say whether nothing ever moves this order."""
        return self._moves is None

    def _presence(self, person: str) -> Presence | None:
        presence = self._presences.get(person)
        return presence if presence is not None and presence.refused else None

    def holding(self, n: int) -> Holding:
        """Return who holds turn n."""
        size = len(self.members)
        if self._moves is None:
            position = n if self._turns.version.turns else n % size
            return Holding(member=self.members[position], position=position)
        self._settle(min(n, MOST_MOVED_TURNS - 1))
        if n >= MOST_MOVED_TURNS:
            self.too_long = True
            position = (self._after_last() + n - MOST_MOVED_TURNS) % size
            return Holding(member=self.members[position], position=position)
        position = self._positions[n]
        if n not in self._absent:
            return Holding(member=self.members[position], position=position)
        kind, absent = self._absent[n]
        return Holding(member=self.members[position], position=position, kind=kind, absent=self.members[absent])

    def _after_last(self) -> int:
        if self._turns.version.when_away == "advance":
            return self._next
        return MOST_MOVED_TURNS % len(self.members)

    def _settle(self, n: int) -> None:
        """Compute the order up to turn n."""
        while len(self._positions) <= n or self._next_swap() <= n:
            self._step()

    def _next_swap(self) -> int:
        """Return the first turn whose exchanges are not settled yet (``swap`` only)."""
        return self._next if self._turns.version.when_away == "swap" else len(self._positions)

    def _step(self) -> None:
        if self._moves is None:
            raise AssertionError("a plain order has no steps")
        self._moves(self._next_swap())

    def _advance(self, n: int) -> None:
        size, position = len(self.members), self._next
        if self._must_move(position, n):
            for step in range(1, size):
                candidate = (position + step) % size
                if self._free(candidate, n):
                    self._absent[n] = ("advance", position)
                    position = candidate
                    break
        self._positions.append(position)
        self._next = (position + 1) % size

    def _swap(self, n: int) -> None:
        size = len(self.members)
        while len(self._positions) < n + size:
            self._positions.append(len(self._positions) % size)
        position, last = self._positions[n], min(n + size, self._turns.count(), MOST_MOVED_TURNS)
        if self._must_move(position, n):
            for later in range(n + 1, last):
                partner = self._positions[later]
                if self._free(partner, n) and self._free(position, later):
                    self._positions[n], self._positions[later] = partner, position
                    self._absent[n] = ("swap", position)
                    self._absent[later] = ("swap", partner)
                    break
        self._next = n + 1

    def _must_move(self, position: int, n: int) -> bool:
        """Say whether each person of a member is away at the turn's start and for more than half its active time."""
        if not all(self._presence(person) for person in self.members[position]):
            return False
        active = self._turns.active(*self._turns.bounds(n))
        if not active:
            return False
        half = total(active) / 2
        for person in self.members[position]:
            planned = self._presences[person].planned
            if not contains(planned, active[0][0]) or not total(intersect(planned, active)) > half:
                return False
        return bool(self.members[position])

    def _free(self, position: int, n: int) -> bool:
        """Say whether each person of a member is free for the whole of a turn (unplanned time off is ignored)."""
        if not any(self._presence(person) for person in self.members[position]):
            return True
        active = self._turns.active(*self._turns.bounds(n))
        presences = (self._presence(person) for person in self.members[position])
        return not any(intersect(presence.refused, active) for presence in presences if presence is not None)
