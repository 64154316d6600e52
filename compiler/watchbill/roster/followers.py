"""Followers: a role filled with the member whose turn comes some turns later in the role it follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
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
    segments: Iterable[Segment], causes: CauseTable, layers: Mapping[str, LayerExpander]
) -> list[FollowedTurn]:
    """Return the turns that name the holders of a role below its overrides, in order."""
    single: list[FollowedTurn] = []
    stretches: dict[tuple[str, int, int], list[Stretch]] = {}
    for segment in segments:
        row = causes.rows[segment.cause]
        key = (row.layer or "", row.version or 0, segment.turn)
        stretches.setdefault(key, []).append((segment.start, segment.end))
    for (layer, version, turn), found in stretches.items():
        for start, end in found if len(found) == 1 else union(found):
            single.append(FollowedTurn(start, end, layers[layer], version, turn))
    return sorted(single, key=lambda followed: followed.start)


def pinned_turns(layer: LayerExpander, start: int, end: int) -> list[FollowedTurn]:
    """Return the active turns of one layer in ``[start, end)``, held or not; each turn is given whole."""
    found: list[FollowedTurn] = []
    for turns in layer.turns.versions:
        touched = turns.touching(start, end)
        if touched is None:
            continue
        for n in range(touched[0], touched[1] + 1):
            found += [FollowedTurn(low, high, layer, turns.index, n) for low, high in turns.active(*turns.bounds(n))]
    return found


class FollowerExpander:
    """Fills a following role. ``availability`` knows who is away or holds a role that excludes him from this one."""

    __slots__ = ("_ahead", "_availability", "_causes", "_rows")

    def __init__(self, ahead: int, causes: CauseTable, availability: Availability) -> None:
        self._ahead, self._causes, self._availability = ahead, causes, availability
        self._rows: dict[tuple[str, int], int] = {}

    def expand(self, followed: Iterable[FollowedTurn]) -> list[Segment]:
        """Return the segments of the role, sorted."""
        found: list[Segment] = []
        replaced = False
        for item in followed:
            successor = item.layer.turns.successor(item.version, item.turn, self._ahead)
            if successor is None:
                continue
            turns, n = successor
            order = item.layer.orders[turns.index]
            if not order.members:
                continue
            if order.plain and order.single:
                person = order.member_of(n)[0]
                hindrance = first_busy(self._availability.busy(person), item.start)
                if hindrance is None or hindrance[0] >= item.end:
                    found.append(Segment(item.start, 0, item.end, person, n, self._plain(item.layer.id, turns)))
                    continue
            replaced = True
            found += self._seats(item, turns, order, n)
        return join(sorted(found)) if replaced else found

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
