"""Who stands in for a seat's holder: the search for cover, piece by piece."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from watchbill.intervals import Stretch, clip, union
from watchbill.model.on_call import Member
from watchbill.records import dataclass
from watchbill.roster.clock import END_OF_TIME
from watchbill.roster.presence import Presence
from watchbill.roster.timeline import Skip


def candidates_after(members: Sequence[Member], position: int) -> list[str]:
    """Return the persons who come after a member in the order, cyclically, each once; nobody of that member."""
    found: dict[str, None] = {}
    size = len(members)
    for step in range(1, size):
        for person in members[(position + step) % size]:
            found[person] = None
    return [person for person in found if person not in members[position]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A person who takes part of a piece, and those who were passed over."""

    start: int
    end: int
    person: str
    skipped: tuple[Skip, ...]


class Availability:
    """When people can stand in for a role: not away, and not holding an earlier role that must be distinct."""

    __slots__ = ("_busy", "_found", "_held_by", "presences")

    def __init__(self, presences: Mapping[str, Presence], held: Callable[[], Mapping[str, list[Stretch]]]) -> None:
        self.presences = presences
        self._held_by = held
        self._found: Mapping[str, list[Stretch]] | None = None
        self._busy: dict[str, list[Stretch]] = {}

    @property
    def _held(self) -> Mapping[str, list[Stretch]]:
        """Return when people hold an excluding role; asked only where somebody has to be replaced."""
        if self._found is None:
            self._found = self._held_by()
        return self._found

    def busy(self, person: str) -> list[Stretch]:
        """Return the set of instants at which a person cannot stand in."""
        found = self._busy.get(person)
        if found is None:
            presence = self.presences.get(person)
            held = self._held.get(person, ())
            found = list(held) if presence is None else union([*presence.away, *held])
            self._busy[person] = found
        return found

    def skip(self, person: str, start: int, end: int) -> Skip:
        """Return why a person cannot stand in somewhere in a stretch."""
        presence = self.presences.get(person)
        absence = presence.absence_at(start, end) if presence is not None else None
        if absence is not None:
            return Skip(person=person, reason=absence.reason, place=absence.place)
        if clip(self._held.get(person, ()), start, end):
            return Skip(person=person, reason="holds-role")
        return Skip(person=person, reason="same-turn")


def first_busy(busy: Sequence[Stretch], instant: int) -> Stretch | None:
    """Return the stretch of a set that holds an instant, or else the next one after it."""
    i = bisect_right(busy, (instant, END_OF_TIME)) - 1
    if i >= 0 and instant < busy[i][1]:
        return busy[i]
    return busy[i + 1] if i + 1 < len(busy) else None


def stand_ins(
    piece: Stretch,
    candidates: Sequence[str],
    availability: Availability,
    seated: Iterable[tuple[int, int, str]] = (),
) -> list[StandIn]:
    """Return who stands in for a piece of absence.

    The first candidate who is free for the whole rest takes it; else the one free longest from its start takes it that
    far, and the search goes on there. Where all are busy the piece is empty until the first is free again. ``seated``
    are stand-ins of earlier seats of the same turn.
    """
    taken = [(start, end, person) for start, end, person in seated if start < piece[1] and piece[0] < end]

    def busy(person: str) -> Sequence[Stretch]:
        known = availability.busy(person)
        return union([*known, *((start, end) for start, end, name in taken if name == person)]) if taken else known

    found: list[StandIn] = []
    at, end = piece
    while at < end:
        best, best_end, free_again = "", at, end
        for person in candidates:
            hindrance = first_busy(busy(person), at)
            free_until = end if hindrance is None else min(max(hindrance[0], at), end)
            if hindrance is not None and free_until == at:
                free_again = min(free_again, hindrance[1])
            if free_until > best_end:
                best, best_end = person, free_until
            if free_until == end:
                break
        if not best:
            at = free_again
            continue
        passed = candidates[: candidates.index(best)]
        skipped = tuple(availability.skip(person, at, end) for person in passed)
        found.append(StandIn(start=at, end=best_end, person=best, skipped=skipped))
        at = best_end
    return found
