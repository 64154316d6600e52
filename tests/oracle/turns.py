"""The turns of a layer: who has which one after ``advance`` and ``swap`` have moved the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from oracle.absence import Absences
from oracle.handoffs import handoff_instants
from oracle.wall_clock import Holidays, in_window, moment, window_edges, written
from watchbill.model.on_call import Layer, Member, Version

FAR = 1 << 40


@dataclass(slots=True)
class Turn:
    """One turn. ``place`` is the position of its member in the order; ``moved`` says that the order was moved."""

    layer: Layer
    version: int
    number: int
    start: int
    end: int
    place: int

    @property
    def rules(self) -> Version:
        """The version that the turn belongs to."""
        return self.layer.versions[self.version]

    @property
    def order(self) -> tuple[Member, ...]:
        """The members in their written order."""
        version = self.rules
        return version.members or tuple(turn.member for turn in version.turns)

    @property
    def member(self) -> Member:
        """Who has this turn."""
        return self.order[self.place]


def candidates(turn: Turn, seat: int) -> list[str]:
    """Return who may stand in for a seat, in order: the persons after it, cyclically, without those of the turn."""
    flat = [(place, i, person) for place, member in enumerate(turn.order) for i, person in enumerate(member)]
    here = next(i for i, (place, s, _) in enumerate(flat) if (place, s) == (turn.place, seat))
    result: list[str] = []
    for _, _, person in flat[here + 1 :] + flat[:here]:
        if person not in turn.member and person not in result:
            result.append(person)
    return result


class ActiveTime:
    """Cuts a turn into pieces in which nothing changes, and says which of them are active."""

    def __init__(self, absences: Absences, holidays: Holidays) -> None:
        self.absences = absences
        self.holidays = holidays

    def is_active(self, turn: Turn, instant: int) -> bool:
        """Say whether an instant lies in the turn and in its ``during``."""
        version = turn.rules
        inside = turn.start <= instant < turn.end
        return inside and in_window(version.during, version.timezone, self.holidays, instant)

    def pieces(self, turn: Turn) -> Iterator[tuple[int, int]]:
        """Iterate over the active pieces of a turn, cut where any absence begins or ends."""
        version = turn.rules
        edges = self.absences.edges() | {turn.start, turn.end}
        edges |= window_edges(version.during, version.timezone, self.holidays, turn.start, turn.end)
        for low, high in pairwise(sorted(e for e in edges if turn.start <= e <= turn.end)):
            if self.is_active(turn, low):
                yield low, high

    def must_move(self, turn: Turn) -> bool:
        """Say whether every person of the turn is away at its start and for more than half of it, as planned."""
        pieces = list(self.pieces(turn))
        total = sum(high - low for low, high in pieces)
        return bool(turn.member) and bool(pieces) and all(self._misses(p, pieces, total) for p in turn.member)

    def _misses(self, person: str, pieces: list[tuple[int, int]], total: int) -> bool:
        away = [(low, high) for low, high in pieces if self.absences.planned(person, low)]
        return pieces[0] in away and 2 * sum(high - low for low, high in away) > total

    def free(self, member: Member, turn: Turn) -> bool:
        """Say whether a whole member could take a whole turn, going by what is planned."""
        return bool(member) and not any(
            self.absences.planned(person, low) or self.absences.left(person, low)
            for person in member
            for low, _ in self.pieces(turn)
        )


def layer_turns(layer: Layer, limit: int, active: ActiveTime) -> list[Turn]:
    """Return all turns of a layer up to ``limit``, with the order moved where versions say so."""
    starts = [handoff_instants(version, limit) for version in layer.versions]
    begins = [s[0] if s else FAR for s in starts]
    turns: list[Turn] = []
    for v in range(len(layer.versions)):
        end = min(begins[v + 1 :], default=FAR)
        own = [s for s in starts[v] if s < end]
        explicit = bool(layer.versions[v].turns)
        for n, start in enumerate(own):
            following = starts[v][n + 1] if n + 1 < len(starts[v]) else FAR
            if following == FAR and not explicit and end == FAR:
                break
            turns.append(Turn(layer, v, n, start, min(following, end), 0))
    turns = _cut(layer, turns)
    for v, version in enumerate(layer.versions):
        own_turns = [t for t in turns if t.version == v]
        _place(own_turns, version, active)
    return turns


def _cut(layer: Layer, turns: list[Turn]) -> list[Turn]:
    until = layer.until
    if until is None:
        return turns
    if until.seconds is not None or until.offset is not None:
        end = moment(until, layer.timezone)
    else:
        day = written(layer.timezone, until.day)
        end = next((turn.start for turn in turns if turn.start >= day), day)
    kept = [t for t in turns if t.start < end]
    for turn in kept:
        turn.end = min(turn.end, end)
    return kept


def _place(turns: list[Turn], version: Version, active: ActiveTime) -> None:
    length = len(version.members) or len(version.turns)
    for n, turn in enumerate(turns):
        turn.place = n % length
    move: dict[str, Callable[[list[Turn], ActiveTime], None]] = {"advance": _advance, "swap": _swap}
    if version.members and version.when_away in move:
        move[version.when_away](turns, active)


def _advance(turns: list[Turn], active: ActiveTime) -> None:
    following = 0
    for turn in turns:
        length = len(turn.order)
        turn.place = following
        if active.must_move(turn):
            for step in range(1, length):
                place = (following + step) % length
                if active.free(turn.order[place], turn):
                    turn.place = place
                    break
        following = (turn.place + 1) % length


def _swap(turns: list[Turn], active: ActiveTime) -> None:
    for n, turn in enumerate(turns):
        if not active.must_move(turn):
            continue
        for later in turns[n + 1 : n + len(turn.order)]:
            if active.free(later.member, turn) and active.free(turn.member, later):
                turn.place, later.place = later.place, turn.place
                break
