"""Who holds each seat of each role at one instant, straight from the sentences of the design.

``Oracle`` answers one question, ``holders(role, instant)``. Everything it needs of other instants (a piece of cover is
looked up as a whole) it gets by asking the same question at every instant at which anything could change.
"""

from __future__ import annotations

from itertools import pairwise

from oracle.absence import Absences
from oracle.turns import FAR, ActiveTime, Turn, candidates, layer_turns
from oracle.wall_clock import Holidays, dated, face, window_edges
from watchbill.model.on_call import Follows, Layer, Role, Schedule
from watchbill.model.repository import Model

Seats = dict[int, str]
"""The person of each seat that is held."""
Pieces = list[tuple[int, int, str | None]]
"""Stretches with who stands in, or ``None``."""

_UNITS = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 31}


def _reach(layer: Layer) -> int:
    """Return how many seconds past an instant the turns of a layer must be known to answer for it.

    A swap looks at most one cycle ahead, a follower a few turns; with ``during`` a daily handoff may count once a week.
    """
    days = 20.0
    for version in layer.versions:
        if version.every is not None:
            period = max(7, version.every.count * _UNITS[version.every.unit])
            days += (len(version.members) + 4) * period
    return int(days * 86_400)


class Oracle:
    """The holders of one schedule for instants up to ``end``."""

    def __init__(self, model: Model, schedule: str, end: int) -> None:
        self.schedule: Schedule = model.schedules[schedule]
        self.absences = Absences(model, self.schedule)
        self.holidays: Holidays = {h.id: [(d.start, d.through) for d in h.days] for h in model.holidays.values()}
        self.active = ActiveTime(self.absences, self.holidays)
        self.roles = {role.id: role for role in self.schedule.roles}
        self.turns: dict[tuple[str, str], list[Turn]] = {
            (role.id, layer.id): layer_turns(layer, end + _reach(layer), self.active)
            for role in self.schedule.roles
            for layer in role.layers
        }
        self.overrides = _overrides(model, self)
        self._final: dict[tuple[str, int], Seats] = {}
        self._stand_ins: dict[tuple[str, str, int, int, int], Pieces] = {}

    # -- questions -----------------------------------------------------------------------------------------------

    def holders(self, role: str, instant: int) -> Seats:
        """Return who holds each seat of a role at an instant, overrides included."""
        key = (role, instant)
        if key not in self._final:
            self._final[key] = self._overridden(role, instant, self.below(role, instant))
        return self._final[key]

    def below(self, role: str, instant: int) -> Seats:
        """Return who holds each seat below the overrides."""
        follows = self.roles[role].follows
        if follows is not None:
            return self._follower(self.roles[role], follows, instant)
        shown = self._shown(self.roles[role], instant)
        return shown[1] if shown else {}

    def turn_at(self, role: str, layer: str, instant: int) -> Turn | None:
        """Return the active turn of a layer at an instant."""
        for turn in self.turns[role, layer]:
            if turn.start <= instant < turn.end:
                return turn if self.active.is_active(turn, instant) else None
        return None

    def edges(self, low: int, high: int) -> list[int]:
        """Return all instants of ``[low, high]`` at which any holder of the schedule could change, with both ends."""
        found = self.absences.edges() | {low, high}
        for turns in self.turns.values():
            found |= {edge for turn in turns for edge in (turn.start, turn.end)}
            for version in turns[0].layer.versions if turns else ():
                found |= window_edges(version.during, version.timezone, self.holidays, low, high)
        for _, start, end, _, _, _ in self.overrides:
            found |= {start, end}
        return sorted(edge for edge in found if low <= edge <= high)

    # -- layers --------------------------------------------------------------------------------------------------

    def _shown(self, role: Role, instant: int) -> tuple[Layer, Seats] | None:
        """Return the topmost layer with a holder, unless a layer above it claims the stretch empty."""
        for layer in reversed(role.layers):
            turn = self.turn_at(role.id, layer.id, instant)
            if turn is None:
                continue
            seats = {seat: self._seat(role.id, turn, seat, instant) for seat in range(len(turn.member))}
            held = {seat: person for seat, person in seats.items() if person is not None}
            if held:
                return layer, held
            if any(self._leaves_gap(turn, seat, instant) for seat in seats):
                return None
        return None

    def _leaves_gap(self, turn: Turn, seat: int, instant: int) -> bool:
        person = turn.member[seat]
        always = self.absences.unplanned(person, instant) or self.absences.left(person, instant)
        return turn.rules.when_away == "leave-gap" and self.absences.planned(person, instant) and not always

    def _needs_cover(self, turn: Turn, seat: int, instant: int) -> bool:
        away = self.absences.away(turn.member[seat], instant)
        return away and not self._leaves_gap(turn, seat, instant)

    def _seat(self, role: str, turn: Turn, seat: int, instant: int) -> str | None:
        person = turn.member[seat]
        if not self.absences.away(person, instant):
            return person
        if self._leaves_gap(turn, seat, instant):
            return None
        for low, high, stand_in in self._covered(role, turn, seat):
            if low <= instant < high:
                return stand_in
        raise AssertionError("an absence without a piece")

    def _covered(self, role: str, turn: Turn, seat: int) -> Pieces:
        """Return the pieces of a turn in which a seat needs cover, with who stands in."""
        key = (role, turn.layer.id, turn.version, turn.number, seat)
        if key not in self._stand_ins:
            assert turn.end < FAR, "the oracle looks up whole pieces, so a turn must end"
            result: Pieces = []
            piece: list[tuple[int, int]] = []
            for low, high in [*pairwise(self.edges(turn.start, turn.end)), (turn.end, turn.end)]:
                wanted = low < high and self.active.is_active(turn, low) and self._needs_cover(turn, seat, low)
                if wanted:
                    piece.append((low, high))
                elif piece:
                    result += self._cover(role, turn, seat, piece)
                    piece = []
            self._stand_ins[key] = result
        return self._stand_ins[key]

    def _cover(self, role: str, turn: Turn, seat: int, piece: list[tuple[int, int]]) -> Pieces:
        """Give one piece away: the first who is free for all of it, else the one free longest, and so on."""
        result: Pieces = []
        while piece:
            lengths = {person: self._free_steps(role, turn, seat, person, piece) for person in candidates(turn, seat)}
            best = max(lengths.values(), default=0)
            taker = next((person for person, steps in lengths.items() if steps == best and best > 0), None)
            steps = best or 1
            result += [(low, high, taker) for low, high in piece[:steps]]
            piece = piece[steps:]
        return result

    def _free_steps(self, role: str, turn: Turn, seat: int, person: str, piece: list[tuple[int, int]]) -> int:
        for steps, (low, _) in enumerate(piece):
            earlier = (self._seat(role, turn, s, low) for s in range(seat))
            if self.absences.away(person, low) or person in earlier or self._holds_distinct(role, person, low):
                return steps
        return len(piece)

    def _holds_distinct(self, role: str, person: str, instant: int) -> bool:
        for other in self.schedule.roles:
            if other.id == role:
                return False
            if any(role in roles and other.id in roles for roles in self.schedule.distinct) and (
                person in self.holders(other.id, instant).values()
            ):
                return True
        return False

    # -- followers -----------------------------------------------------------------------------------------------

    def _follower(self, role: Role, follows: Follows, instant: int) -> Seats:
        if follows.layer is None:
            shown = self._shown(self.roles[follows.role], instant)
            layer = shown[0].id if shown else None
        else:
            layer = follows.layer
        turn = self.turn_at(follows.role, layer, instant) if layer else None
        if turn is None or layer is None:
            return {}
        turns = self.turns[follows.role, layer]
        ahead = turns.index(turn) + follows.turns_ahead
        if ahead >= len(turns):
            return {}
        result: Seats = {}
        coming = turns[ahead]
        for seat, person in enumerate(coming.member):
            for somebody in (person, *candidates(coming, seat)):
                if somebody not in result.values() and not self._blocked(role.id, follows.role, somebody, instant):
                    result[seat] = somebody
                    break
        return result

    def _blocked(self, role: str, followed: str, person: str, instant: int) -> bool:
        return (
            self.absences.away(person, instant)
            or person in self.holders(followed, instant).values()
            or self._holds_distinct(role, person, instant)
        )

    # -- overrides -----------------------------------------------------------------------------------------------

    def _overridden(self, role: str, instant: int, below: Seats) -> Seats:
        alive = [
            (instead_of, person)
            for where, start, end, person, instead_of, _ in self.overrides
            if where == role and start <= instant < end and not (person and self.absences.away(person, instant))
        ]
        if not below:
            whole = [person for instead_of, person in alive if instead_of is None]
            return {0: whole[-1]} if whole and whole[-1] is not None else {}
        winners: dict[int, tuple[str | None, str | None]] = {}
        for seat, holder in below.items():
            touching = [entry for entry in alive if entry[0] in (None, holder)]
            winners[seat] = touching[-1] if touching else (holder, holder)
        result: Seats = {}
        for seat, (instead_of, person) in winners.items():
            # One whole-role override puts one person there once, however many seats it won.
            if person is not None and not (instead_of is None and person in result.values()):
                result[seat] = person
        return result


Entry = tuple[str, int, int, str | None, str | None, tuple[object, ...]]


def _overrides(model: Model, oracle: Oracle) -> list[Entry]:
    """Return overrides and swaps as (role, start, end, person, instead of, precedence), the strongest last."""
    schedule = oracle.schedule
    entries: list[Entry] = []
    for override in model.overrides:
        if override.schedule == schedule.id:
            start, end = dated(override.stretch, schedule.timezone)
            rank = (start, end, override.place.file, override.place.path)
            entries.append((override.role, start, end, override.person, override.instead_of, rank))
    for swap in model.swaps:
        if swap.schedule != schedule.id:
            continue
        sides = swap.between
        turns = [_swapped_turn(oracle, swap.role, side.person, side.day) for side in sides]
        for side, other, turn in zip(sides, reversed(sides), turns, strict=True):
            if turn is not None and None not in turns:  # nothing is exchanged where one of the turns does not exist
                rank = (turn.start, turn.end, swap.place.file, swap.place.path)
                entries.append((swap.role, turn.start, turn.end, other.person, side.person, rank))
    return sorted(entries, key=lambda entry: entry[5])


def _swapped_turn(oracle: Oracle, role: str, person: str, day: object) -> Turn | None:
    for layer in reversed(oracle.roles[role].layers):
        for turn in oracle.turns[role, layer.id]:
            starts = face(oracle.schedule.timezone, turn.start).date()
            if person in turn.member and starts == day and turn.start < turn.end:
                return turn
    return None
