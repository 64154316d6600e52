"""Layers: the segments of each layer's versions, and their merging, a later layer over an earlier one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count, islice, repeat
from operator import gt, itemgetter

from watchbill.intervals import Stretch, clip, intersect, subtract, union
from watchbill.model.on_call import Member
from watchbill.model.time_values import Window
from watchbill.roster.causes import END, START, CauseTable, Segment, in_bulk
from watchbill.roster.order import Holding, Order
from watchbill.roster.presence import Presence, claimed_empty
from watchbill.roster.stand_ins import Availability, candidates_after, stand_ins
from watchbill.roster.timeline import CauseKind, CauseRow, Skip
from watchbill.roster.turns import LayerTurns, Turns
from watchbill.roster.windows import stretches

_FIRST = itemgetter(0)
"""The person of a member who is alone."""


@dataclass(slots=True)
class LayerResult:
    """What one layer says: its segments in order of start, and the stretches that it claims empty."""

    segments: list[Segment] = field(default_factory=list)
    claimed: list[Stretch] = field(default_factory=list)


class LayerExpander:
    """Expands one layer; keeps its turns and the orders of its versions for followers and swaps."""

    __slots__ = ("_presences", "orders", "turns")

    def __init__(self, turns: LayerTurns, presences: Mapping[str, Presence]) -> None:
        self.turns = turns
        self._presences = presences
        self.orders = [Order(version, presences) for version in turns.versions]

    @property
    def id(self) -> str:
        """Return the id of the layer."""
        return self.turns.layer.id

    def expand(self, start: int, end: int, causes: CauseTable, availability: Availability) -> LayerResult:
        """Return the layer's segments in all turns that touch ``[start, end)``; each turn is computed whole."""
        result = LayerResult()
        for turns, order in zip(self.turns.versions, self.orders, strict=True):
            touched = turns.touching(start, end)
            if touched is None or not order.members:
                continue
            edges = turns.edges_around(*touched, start, end)
            worker = _TurnExpander(self.id, turns, order, causes, availability)
            if order.plain:
                usual = worker.undisturbed(touched[0], edges)
                disturbed: Sequence[int] = self._disturbed(order, edges, touched[0]) if self._presences else ()
            else:
                usual, disturbed = [], range(touched[0], touched[1] + 1)
            at = 0
            for n in disturbed:
                start_of, end_of = edges[n - touched[0]], edges[n - touched[0] + 1]
                until = bisect_left(usual, (start_of,), at)
                result.segments += usual[at:until]
                if start_of < end_of:
                    worker.expand(n, (start_of, end_of), result)
                at = bisect_left(usual, (end_of,), until)
            result.segments += usual[at:] if at else usual
        return result

    def _disturbed(self, order: Order, edges: list[int], first: int) -> list[int]:
        """Return the turns of an order that never moves whose holder is away in some of it."""
        found: set[int] = set()
        for person in self._presences.keys() & order.people:
            for start, end in clip(self._presences[person].away, edges[0], edges[-1]):
                low, high = bisect_right(edges, start) - 1, bisect_left(edges, end)
                found.update(n for n in range(first + low, first + high) if person in order.member_of(n))
        return sorted(found)


class _TurnExpander:
    """Expands single turns of a version in which somebody may be away."""

    __slots__ = ("_availability", "_causes", "_layer", "_order", "_turns")

    def __init__(self, layer: str, turns: Turns, order: Order, causes: CauseTable, availability: Availability) -> None:
        self._layer, self._turns, self._order = layer, turns, order
        self._causes, self._availability = causes, availability

    def undisturbed(self, first: int, edges: list[int]) -> list[Segment]:
        """Return the segments of turns in which nobody is away, the usual case, in bulk; ``edges`` as of ``Turns``."""
        if len(edges) < 2:
            return []
        version, members = self._turns.version, self._order.members
        offset = first if version.turns else first % len(members)
        cycle: Iterable[Member] = (members[offset:] + members[:offset]) * ((len(edges) - 2) // len(members) + 1)
        numbers: Iterable[int] = count(first)
        if version.during is None and len(set(edges)) == len(edges):
            starts, ends = edges[:-1], edges[1:]
        else:
            starts, ends, parts = self._parts(edges)
            cycle = chain.from_iterable(map(repeat, cycle, parts))
            numbers = chain.from_iterable(map(repeat, numbers, parts))
        cause = self._cause("turn", None, ())
        if self._order.single:
            return in_bulk(starts, ends, map(_FIRST, cycle), numbers, cause)
        rows = zip(starts, ends, cycle, numbers, strict=False)
        return [Segment(s, seat, e, person, n, cause) for s, e, who, n in rows for seat, person in enumerate(who)]

    def _parts(self, edges: Sequence[int]) -> Parts:
        """Return the open parts of turns. Versions that are written alike share them, unless holidays are in it."""
        version = self._turns.version
        if version.during is None or any(part.except_days or part.only_days for part in version.during.parts):
            return parted(self._turns.active(edges[0], edges[-1]), edges)
        return _shared_parts(version.during, version.timezone, tuple(edges))

    def expand(self, n: int, bounds: Stretch, result: LayerResult) -> None:
        """Add the segments and claims of turn n."""
        holding = self._order.holding(n)
        active = self._turns.active(*bounds)
        seated: list[tuple[int, int, str]] = []
        claimed: list[Stretch] = []
        segments: list[Segment] = []
        for seat, person in enumerate(holding.member):
            segments += self._own(n, seat, person, active, holding)
            pieces, empty = self._absences(person, active)
            claimed += empty
            for piece in pieces:
                covered = self._covered(n, seat, person, piece, holding, seated)
                seated += [(segment.start, segment.end, segment.person) for segment in covered]
                segments += covered
        result.segments += sorted(segments)
        if claimed:
            result.claimed += subtract(union(claimed), union((s.start, s.end) for s in segments))

    def _own(self, n: int, seat: int, person: str, active: list[Stretch], holding: Holding) -> list[Segment]:
        presence = self._availability.presences.get(person)
        here = active if presence is None else subtract(active, presence.away)
        if not here:
            return []
        skipped: tuple[Skip, ...] = ()
        instead_of = None
        if holding.absent:
            instead_of = holding.absent[min(seat, len(holding.absent) - 1)]
            if holding.kind == "advance":
                skipped = (self._availability.skip(instead_of, active[0][0], active[-1][1]),)
        cause = self._cause(holding.kind, instead_of, skipped)
        return [Segment(start, seat, end, person, n, cause) for start, end in here]

    def _absences(self, person: str, active: list[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
        """Return the pieces of a turn to be covered for a person, and those that the layer claims empty."""
        presence = self._availability.presences.get(person)
        if presence is None:
            return [], []
        away = intersect(presence.away, active)
        if self._turns.version.when_away != "leave-gap" or not away:
            return away, []
        return intersect(away, presence.always_covered), intersect(away, claimed_empty(presence))

    def _covered(
        self,
        n: int,
        seat: int,
        person: str,
        piece: Stretch,
        holding: Holding,
        seated: Iterable[tuple[int, int, str]],
    ) -> list[Segment]:
        candidates = candidates_after(self._order.members, holding.position)
        own = self._availability.skip(person, *piece)
        return [
            Segment(found.start, seat, found.end, found.person, n, self._cause("cover", person, (own, *found.skipped)))
            for found in stand_ins(piece, candidates, self._availability, seated)
        ]

    def _cause(self, kind: CauseKind, instead_of: str | None, skipped: tuple[Skip, ...]) -> int:
        place = self._turns.version.order_place
        return self._causes.number(CauseRow(kind, place, self._layer, self._turns.index, instead_of, skipped))


Parts = tuple[list[int], list[int], list[int]]
"""Starts and ends of parts, and how many of them each turn has; to be read only."""


@lru_cache(maxsize=128)
def _shared_parts(window: Window, zone_name: str, edges: tuple[int, ...]) -> Parts:
    return parted(stretches(window, zone_name, {}, edges[0], edges[-1]), edges)


def parted(opened: Sequence[Stretch], edges: Sequence[int]) -> Parts:
    """Return the starts and ends of a set that is cut at edges, and how many parts lie between each two edges.

    The set lies between the first and the last edge; edges may coincide, and nothing lies between these.
    """
    starts, ends = [start for start, _ in opened], [end for _, end in opened]
    counts: list[int] = []
    at = 0
    for edge in edges[1:]:
        until = bisect_left(starts, edge, at)
        if until > at and ends[until - 1] > edge:
            # What is open over a handoff belongs to both turns.
            starts.insert(until, edge)
            ends.insert(until - 1, edge)
        counts.append(until - at)
        at = until
    return starts, ends, counts


def cut(segments: Sequence[Segment], taken: Sequence[Stretch]) -> list[Segment]:
    """Return the parts of segments (sorted by start) that lie outside a set."""
    if not taken:
        return list(segments)
    found: list[Segment] = []
    first = 0
    for segment in segments:
        start, end = segment.start, segment.end
        while first < len(taken) and taken[first][1] <= start:
            first += 1
        i = first
        while i < len(taken) and taken[i][0] < end:
            if start < taken[i][0]:
                found.append(segment._replace(start=start, end=taken[i][0]))
            start = max(start, taken[i][1])
            i += 1
        if start == segment.start:
            found.append(segment)
        elif start < end:
            found.append(segment._replace(start=start, end=end))
    return found


def merge(results: Sequence[LayerResult]) -> list[Segment]:
    """Merge layers, the first one lowest: at each instant the topmost layer that names somebody supplies all holders.

    What a layer claims empty shows no lower layer.
    """
    if len(results) == 1:
        return results[0].segments
    merged = sorted(chain.from_iterable(result.segments for result in results))
    if not any(result.claimed for result in results) and _disjoint(merged):
        return merged
    merged, taken = [], list[Stretch]()
    for result in reversed(results):
        merged += cut(result.segments, taken)
        if result is not results[0]:
            taken = union([*taken, *((start, end) for start, _, end, *_ in result.segments), *result.claimed])
    return sorted(merged)


def _disjoint(segments: Sequence[Segment]) -> bool:
    """Say whether no two segments share an instant, as those of layers with windows that only meet; they are sorted."""
    return not any(map(gt, map(END, segments), map(START, islice(segments, 1, None))))


def holders(segments: Iterable[Segment]) -> dict[str, list[Stretch]]:
    """Return when each person holds any seat, as sets; the segments are sorted by start."""
    found: dict[str, list[Stretch]] = {}
    for start, _, end, person, _, _ in segments:
        known = found.get(person)
        if known is None:
            found[person] = [(start, end)]
        elif known[-1][1] < start:
            known.append((start, end))
        elif known[-1][1] < end:
            known[-1] = (known[-1][0], end)
    return found
