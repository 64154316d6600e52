"""Followers: a role filled with the member whose turn comes some turns later in the role it follows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import eq
from typing import NamedTuple

from watchbill.intervals import Stretch, clip, union
from watchbill.roster.causes import CauseTable, Segment
from watchbill.roster.layers import LayerExpander
from watchbill.roster.order import Order
from watchbill.roster.stand_ins import Availability, candidates_after, first_busy
from watchbill.roster.timeline import CauseRow, Skip
from watchbill.roster.turns import Turns


class FollowedTurn(NamedTuple):
    """A stretch in which one turn of one layer of the followed role decides who follows."""

    start: int
    end: int
    layer: LayerExpander
    version: int
    turn: int


def followed_turns(
    segments: Sequence[Segment], causes: CauseTable, layers: Mapping[str, LayerExpander]
) -> list[FollowedTurn]:
    """Return the turns that name the holders of a role below its overrides, in order."""
    origins = [(layers[row.layer or ""], row.version or 0) if row.layer in layers else None for row in causes.rows]
    if not any(segment.seat for segment in segments):
        found = [(s.start, s.end, origins[s.cause], s.turn) for s in segments]
        return [FollowedTurn(start, end, *origin, turn) for start, end, origin, turn in found if origin is not None]
    stretches: dict[tuple[LayerExpander, int, int], list[Stretch]] = {}
    for segment in segments:
        origin = origins[segment.cause]
        if origin is not None:
            stretches.setdefault((*origin, segment.turn), []).append((segment.start, segment.end))
    several = [
        FollowedTurn(start, end, layer, version, turn)
        for (layer, version, turn), found_here in stretches.items()
        for start, end in union(found_here)
    ]
    return sorted(several, key=lambda followed: followed.start)


def pinned_turns(layer: LayerExpander, start: int, end: int) -> list[FollowedTurn]:
    """Return the active turns of one layer in ``[start, end)``, held or not; each turn is given whole."""
    found: list[FollowedTurn] = []
    for turns in layer.turns.versions:
        touched = turns.touching(start, end)
        if touched is None:
            continue
        edges = turns.edges_around(*touched, start, end)
        for n, bounds in enumerate(pairwise(edges), start=touched[0]):
            found += [FollowedTurn(low, high, layer, turns.index, n) for low, high in turns.active(*bounds)]
    return found


class FollowerExpander:
    """Fills a following role. ``availability`` knows who is away or holds a role that excludes him from this one."""

    __slots__ = ("_ahead", "_availability", "_causes", "_rows")

    def __init__(self, ahead: int, causes: CauseTable, availability: Availability) -> None:
        self._ahead, self._causes, self._availability = ahead, causes, availability
        self._rows: dict[tuple[str, int], int] = {}

    def expand(self, followed: Sequence[FollowedTurn]) -> list[Segment]:
        """Return the segments of the role, sorted."""
        found: list[Segment] = []
        replaced = _in_pieces(followed)
        busy = self._availability.busy
        for item in followed:
            start, end, layer, version, turn = item
            successor = layer.turns.successor(version, turn, self._ahead)
            if successor is None:
                continue
            turns, n = successor
            order = layer.orders[turns.index]
            if order.undisturbed:
                person = order.member_of(n)[0]
                hindrance = first_busy(busy(person), start)
                if hindrance is None or hindrance[0] >= end:
                    found.append(Segment(start, 0, end, person, n, self._plain(layer.id, turns)))
                    continue
            replaced = True
            if order.members:
                found += self._seats(item, turns, order, n)
        return join(sorted(found)) if replaced else found

    def expand_beside(self, followed: Sequence[FollowedTurn], holders: Sequence[str]) -> list[Segment]:
        """Return the segments of a role that excludes nobody but the holder of each followed turn, sorted.

        The usual follower, in bulk: only turns whose follower is away or the holder are looked at one by one.
        """
        nominal = self._nominal(followed)
        disturbed = {
            i for i, (found, holder) in enumerate(zip(nominal, holders, strict=True)) if found[0] in ("", holder)
        }
        starts, ends = [item.start for item in followed], [item.end for item in followed]
        for person in {found[0] for found in nominal} & self._availability.presences.keys():
            for low, high in self._availability.presences[person].away:
                touched = range(bisect_right(ends, low), bisect_left(starts, high))
                disturbed.update(i for i in touched if nominal[i][0] == person)
        found = [
            Segment(start, 0, end, person, n, cause)
            for i, (start, end, (person, n, cause)) in enumerate(zip(starts, ends, nominal, strict=True))
            if i not in disturbed
        ]
        if not disturbed:
            return join(found) if _in_pieces(followed) else found
        return join(sorted([*found, *self.expand([followed[i] for i in sorted(disturbed)])]))

    def _nominal(self, followed: Iterable[FollowedTurn]) -> list[tuple[str, int, int]]:
        """Return person, turn and cause of each follower; the person is empty where that takes a closer look."""
        found: list[tuple[str, int, int]] = []
        known: dict[tuple[LayerExpander, int], tuple[int, list[str], int]] = {}
        for _, _, layer, version, turn in followed:
            entry = known.get((layer, version))
            if entry is None:
                turns, order = layer.turns.versions[version], layer.orders[version]
                rotates = order.undisturbed and not turns.version.turns
                persons = order.persons_from(0, len(order.members)) if rotates else []
                entry = known[(layer, version)] = (turns.count(), persons, self._plain(layer.id, turns))
            count, persons, cause = entry
            n = turn + self._ahead
            found.append((persons[n % len(persons)], n, cause) if persons and n < count else ("", n, cause))
        return found

    def _plain(self, layer: str, turns: Turns) -> int:
        """Return the cause of following as the order says."""
        key = (layer, turns.index)
        number = self._rows.get(key)
        if number is None:
            row = CauseRow("follower", turns.version.order_place, layer, turns.index, None, ())
            number = self._rows[key] = self._causes.number(row)
        return number

    def _seats(self, item: FollowedTurn, turns: Turns, order: Order, n: int) -> list[Segment]:
        plain = self._plain(item.layer.id, turns)
        member = order.member_of(n) if order.plain else order.holding(n).member
        found: list[Segment] = []
        for seat, person in enumerate(member):
            at = item.start
            hindrance = first_busy(self._availability.busy(person), at)
            while at < item.end and hindrance is not None and hindrance[0] < item.end:
                low, high = max(hindrance[0], at), min(hindrance[1], item.end)
                if at < low:
                    found.append(Segment(at, seat, low, person, n, plain))
                candidates = candidates_after(order.members, order.holding(n).position)
                found += self._replaced((low, high), seat, person, n, candidates, plain, found)
                at = high
                hindrance = first_busy(self._availability.busy(person), at)
            if at < item.end:
                found.append(Segment(at, seat, item.end, person, n, plain))
        return found

    def _replaced(
        self,
        piece: Stretch,
        seat: int,
        person: str,
        n: int,
        candidates: Sequence[str],
        plain: int,
        seated: Sequence[Segment],
    ) -> list[Segment]:
        """Return who follows instead, instant by instant: the first in the order who is free."""
        earlier = [segment for segment in seated if segment.start < piece[1] and piece[0] < segment.end]
        edges = {*piece, *(edge for s in earlier for edge in (s.start, s.end))}
        for candidate in (person, *candidates):
            edges.update(edge for stretch in clip(self._availability.busy(candidate), *piece) for edge in stretch)
        bounds = sorted(edge for edge in edges if piece[0] <= edge <= piece[1])
        found: list[Segment] = []
        for start, end in pairwise(bounds):
            taken = {s.person for s in earlier if s.start <= start < s.end}
            passed: list[Skip] = [self._availability.skip(person, start, end)]
            for candidate in candidates:
                if candidate in taken or clip(self._availability.busy(candidate), start, end):
                    passed.append(self._availability.skip(candidate, start, end))
                    continue
                row = self._causes.rows[plain]._replace(instead_of=person, skipped=tuple(passed))
                found.append(Segment(start, seat, end, candidate, n, self._causes.number(row)))
                break
        return found


def _in_pieces(followed: Sequence[FollowedTurn]) -> bool:
    """Say whether a followed turn may come in several pieces: cover cuts it, and not the shift of who follows."""
    numbers = [item.turn for item in followed]
    return any(map(eq, numbers, numbers[1:]))


def join(segments: Sequence[Segment]) -> list[Segment]:
    """Join segments of one seat that touch and have the same holder, turn and cause; the input is sorted."""
    found: list[Segment] = []
    last: dict[int, int] = {}
    for segment in segments:
        i = last.get(segment.seat)
        if i is not None:
            before = found[i]
            if before.end == segment.start and before[3:] == segment[3:]:
                found[i] = before._replace(end=segment.end)
                continue
        last[segment.seat] = len(found)
        found.append(segment)
    return found
