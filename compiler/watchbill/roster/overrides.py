"""Overrides and swaps: dated replacements on top of all layers, decided seat by seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count, pairwise

from watchbill.findings import Place
from watchbill.intervals import Stretch, clip, contains, subtract, union
from watchbill.model.on_call import Override, Schedule, Swap, SwapSide
from watchbill.records import dataclass
from watchbill.roster.causes import CauseTable, Segment, SegmentFinder
from watchbill.roster.clock import DAY, wall, zone
from watchbill.roster.followers import join
from watchbill.roster.layers import LayerExpander, cut, holders
from watchbill.roster.presence import Presence, stretch_of
from watchbill.roster.timeline import CauseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """An override, or one half of a swap, in UTC seconds.

    ``effective`` is its stretch less the absences of its person: there it is void.
    """

    start: int
    end: int
    person: str | None
    instead_of: str | None
    place: Place
    effective: tuple[Stretch, ...]

    @property
    def rank(self) -> tuple[int, int, str, tuple[tuple[int, str], ...]]:
        """Return the sort key of precedence: the later one wins (from, then until, then path and index)."""
        steps = tuple((step, "") if isinstance(step, int) else (-1, step) for step in self.place.path)
        return self.start, self.end, self.place.file, steps


def _replacement(
    start: int, end: int, person: str | None, instead_of: str | None, place: Place, presences: Mapping[str, Presence]
) -> Replacement:
    presence = presences.get(person) if person is not None else None
    effective = [(start, end)] if start < end else []
    if presence is not None:
        effective = subtract(effective, presence.away)
    return Replacement(
        start=start, end=end, person=person, instead_of=instead_of, place=place, effective=tuple(effective)
    )


def replacement_of(override: Override, schedule: Schedule, presences: Mapping[str, Presence]) -> Replacement:
    """Return an override in UTC seconds; its wall-clock times are the schedule's."""
    start, end = stretch_of(override.stretch, zone(schedule.timezone))
    return _replacement(start, end, override.person, override.instead_of, override.place, presences)


def turn_starting_on(side: SwapSide, layers: Sequence[LayerExpander], zone_name: str) -> Stretch | None:
    """Return the person's turn that starts on a local day, in the topmost layer that has one.

    ``zone_name`` is the schedule's zone: a swap is two overrides, and their days are counted there.
    """
    place = zone(zone_name)
    first, last = place.midnight(side.day), place.utc_of(wall(side.day) + DAY)
    for layer in reversed(layers):
        for turns, order in zip(layer.turns.versions, layer.orders, strict=True):
            if not order.members or turns.start >= turns.end or turns.end <= first:
                continue
            n = turns.handoffs.first_at_or_after(first)
            count = turns.count()
            while n < count and turns.bounds(n)[0] < last:
                start, end = turns.bounds(n)
                if start < end and side.person in order.holding(n).member:
                    return start, end
                n += 1
    return None


def swap_replacements(
    swap: Swap, schedule: Schedule, layers: Sequence[LayerExpander], presences: Mapping[str, Presence]
) -> tuple[list[Replacement], list[SwapSide]]:
    """Return the two replacements that a swap stands for, and the sides that name no turn (then there are none)."""
    one, other = swap.between
    stretches = [turn_starting_on(side, layers, schedule.timezone) for side in swap.between]
    missing = [side for side, stretch in zip(swap.between, stretches, strict=True) if stretch is None]
    if missing:
        return [], missing
    found = [
        _replacement(*stretch, taker.person, giver.person, giver.place, presences)
        for stretch, taker, giver in zip(stretches, (other, one), (one, other), strict=True)
        if stretch is not None
    ]
    return found, []


def _winner(ranked: Sequence[Replacement], instant: int, holder: str | None) -> Replacement | None:
    """Return the latest replacement that touches a seat at an instant; ``holder`` is ``None`` where nobody holds."""
    for replacement in reversed(ranked):
        if replacement.instead_of is not None and replacement.instead_of != holder:
            continue
        if contains(replacement.effective, instant):
            return replacement
    return None


def apply_replacements(below: SegmentFinder, replacements: Sequence[Replacement], causes: CauseTable) -> list[Segment]:
    """Return a role's segments with its replacements, in order of rank, on top; sorted."""
    segments = below.segments
    region = union(stretch for replacement in replacements for stretch in replacement.effective)
    if not region:
        return list(segments)
    replaced = [below.touching(*stretch) for stretch in region]
    touched = sorted({position for positions in replaced for position in positions})
    found = cut([segments[position] for position in touched], region)
    for (start, end), positions in zip(region, replaced, strict=True):
        found += _replaced(start, end, [segments[position] for position in positions], replacements, causes)
    left = list(segments)
    for position in reversed(touched):
        del left[position]
    return sorted([*left, *join(sorted(found))])


def _replaced(
    start: int, end: int, here: Sequence[Segment], ranked: Sequence[Replacement], causes: CauseTable
) -> list[Segment]:
    """Return what holds inside one stretch of the region, cut at each edge of a segment or a replacement."""
    active = [r for r in ranked if r.start < end and start < r.end and clip(r.effective, start, end)]
    edges = {start, end}
    edges.update(edge for segment in here for edge in (segment.start, segment.end))
    edges.update(edge for replacement in active for stretch in replacement.effective for edge in stretch)
    bounds = sorted(edge for edge in edges if start <= edge <= end)
    found: list[Segment] = []
    for low, high in pairwise(bounds):
        seats = [segment for segment in here if segment.start <= low and high <= segment.end]
        found += _seats_at(low, high, seats, active, causes)
    return found


def _seats_at(
    low: int, high: int, seats: Sequence[Segment], ranked: Sequence[Replacement], causes: CauseTable
) -> list[Segment]:
    found: list[Segment] = []
    taken: set[int] = set()
    whole_role = None if seats else _winner(ranked, low, None)
    for segment in seats:
        winner = _winner(ranked, low, segment.person)
        if winner is not None and winner.instead_of is None:
            whole_role = winner
            continue
        taken.add(segment.seat)
        if winner is None:
            found.append(segment._replace(start=low, end=high))
        else:
            found += _put(winner, segment.seat, low, high, causes)
    if whole_role is not None:
        # The first seat that no other override has: which seats were held below must not cut the shift in pieces.
        found += _put(whole_role, next(seat for seat in count() if seat not in taken), low, high, causes)
    return found


def _put(replacement: Replacement, seat: int, low: int, high: int, causes: CauseTable) -> list[Segment]:
    if replacement.person is None:
        return []
    row = CauseRow("override", replacement.place, None, None, replacement.instead_of, ())
    return [Segment(low, seat, high, replacement.person, -1, causes.number(row))]


def overlaps(below: SegmentFinder, replacements: Sequence[Replacement]) -> list[tuple[Replacement, Replacement]]:
    """Return pairs of replacements (in order of rank) that touch the same seat at the same time, the winner second."""
    held: dict[str, list[Stretch]] | None = None
    found: list[tuple[Replacement, Replacement]] = []
    open_: list[Replacement] = []
    for later in replacements:
        if later.start >= later.end:
            continue
        open_ = [earlier for earlier in open_ if earlier.end > later.start]
        for earlier in open_:
            common = (later.start, min(earlier.end, later.end))
            names = {r.instead_of for r in (earlier, later) if r.instead_of is not None}
            if len(names) == 2:
                continue
            if names:
                held = holders(below.segments) if held is None else held
                if not clip(held.get(names.pop(), []), *common):
                    continue
            found.append((earlier, later))
        open_.append(later)
    return found


def missed(below: SegmentFinder, replacement: Replacement) -> list[Stretch]:
    """Return where a replacement with ``instead-of`` does nothing although somebody else holds a seat there.

    If the person holds nowhere in its stretch, all of it is missed. Where nobody holds (outside of working windows)
    there is nothing to replace, so that is no miss.
    """
    if replacement.instead_of is None:
        return []
    inside = [below.segments[position] for position in below.touching(*_bounds(replacement))]
    hit = clip(union((s.start, s.end) for s in inside if s.person == replacement.instead_of), *_bounds(replacement))
    if not hit:
        return [_bounds(replacement)]
    others = clip(union((s.start, s.end) for s in inside), *_bounds(replacement))
    return subtract(others, hit)


def _bounds(replacement: Replacement) -> Stretch:
    return replacement.start, replacement.end
