"""What is noticed while a roster is expanded: findings that no later phase could make from the timeline alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from watchbill.findings import Finding, Label, Level
from watchbill.model.on_call import Role, Schedule, Swap, SwapSide
from watchbill.roster.causes import SegmentFinder
from watchbill.roster.clock import END_OF_TIME, day_of, spell, spell_stretch, zone
from watchbill.roster.layers import LayerExpander
from watchbill.roster.order import MOST_MOVED_TURNS
from watchbill.roster.overrides import Replacement, missed, overlaps
from watchbill.roster.turns import Turns


def layer_findings(schedule: Schedule, role: Role, layer: LayerExpander) -> list[Finding]:
    """Return what is noticed about the versions of one layer."""
    found: list[Finding] = []
    for turns, order in zip(layer.turns.versions, layer.orders, strict=True):
        if order.too_long:
            found.append(_too_long(schedule, role, turns))
        if turns.version.turns or turns.start >= turns.end or turns.start >= END_OF_TIME:
            continue
        if _local_day(turns.start, turns.version.timezone) != turns.version.start:
            found.append(_between_handoffs(schedule, role, turns))
    return found


@lru_cache(maxsize=8192)
def _local_day(instant: int, zone_name: str) -> date:
    """Return the day on which a version starts; in a large organisation many start at the same instant."""
    return day_of(zone(zone_name).wall_at(instant))


def _between_handoffs(schedule: Schedule, role: Role, turns: Turns) -> Finding:
    zone_name = turns.version.timezone
    first = spell(turns.start, zone_name)
    day = zone(zone_name).local(turns.start).day
    meanwhile = "the version before it holds until then" if turns.index else "nobody is on call before"
    return Finding(
        rule="version-between-handoffs",
        level=Level.WARNING,
        place=turns.version.place.at("from"),
        message=f"{schedule.id}/{role.id}: no handoff falls on {turns.version.start}; "
        f"the first one is {first}, and {meanwhile}",
        help=f"write `from: {day}`, or a day on which the rotation hands off",
        subject=f"schedule/{schedule.id}",
        stretch=(zone(zone_name).midnight(turns.version.start), turns.start),
    )


def _too_long(schedule: Schedule, role: Role, turns: Turns) -> Finding:
    return Finding(
        rule="rotation-too-long",
        level=Level.ERROR,
        place=turns.version.place,
        message=f"{schedule.id}/{role.id}: this version has more than {MOST_MOVED_TURNS:,} turns, too many for "
        f"`when-away: {turns.version.when_away}`, whose order depends on all turns before",
        help="add a version with a recent `from`, its members in the order that is due then",
        subject=f"schedule/{schedule.id}",
    )


def swap_finding(swap: Swap, side: SwapSide, schedule: Schedule) -> Finding:
    """Return the finding for a side of a swap that names no turn."""
    return Finding(
        rule="swap-misses",
        level=Level.WARNING,
        place=side.place,
        message=f"no turn of {side.person} in {schedule.id}/{swap.role} starts on {side.day}, so nothing is swapped",
        help=f"write the local day on which a turn of {side.person} starts; "
        f"`watchbill shifts {side.person}` lists them",
        subject=f"schedule/{schedule.id}",
        stretch=(zone(schedule.timezone).midnight(side.day), zone(schedule.timezone).midnight(side.day) + 86_400),
    )


def replacement_findings(
    schedule: Schedule, role: Role, below: SegmentFinder, replacements: Sequence[Replacement]
) -> list[Finding]:
    """Return what is noticed about the overrides and swaps of one role, which come in order of rank."""
    found: list[Finding] = []
    for earlier, later in overlaps(below, replacements):
        found.append(_overlap(schedule, role, earlier, later))
    for replacement in replacements:
        found += _misses(schedule, role, below, replacement)
        found += _onto_time_off(schedule, role, replacement)
    return found


def _overlap(schedule: Schedule, role: Role, earlier: Replacement, later: Replacement) -> Finding:
    start, end = max(earlier.start, later.start), min(earlier.end, later.end)
    names = f"{earlier.person or 'nobody'} and {later.person or 'nobody'}"
    return Finding(
        rule="override-overlap",
        level=Level.ERROR,
        place=later.place,
        message=f"two overrides of {schedule.id}/{role.id} name {names} for the same seat "
        + spell_stretch((start, end), schedule.timezone),
        help="end one before the other starts; until then this one counts, because it starts or ends later",
        subject=f"schedule/{schedule.id}",
        stretch=(start, end),
        labels=(Label(place=earlier.place, text="the other override"),),
    )


def _misses(schedule: Schedule, role: Role, below: SegmentFinder, replacement: Replacement) -> list[Finding]:
    stretches = missed(below, replacement)
    if stretches == [(replacement.start, replacement.end)]:
        return [_untrue(schedule, role, below, replacement)]
    return [
        Finding(
            rule="override-misses",
            level=Level.WARNING,
            place=replacement.place,
            message=f"{replacement.instead_of} is not on call for {schedule.id}/{role.id} "
            f"{spell_stretch((start, end), schedule.timezone)}, so this override does nothing there",
            help="correct the times, or leave `instead-of` out to replace whoever is on call",
            subject=f"schedule/{schedule.id}",
            stretch=(start, end),
            group=replacement.instead_of or "",
        )
        for start, end in stretches
    ]


def _untrue(schedule: Schedule, role: Role, below: SegmentFinder, replacement: Replacement) -> Finding:
    start, end = replacement.start, replacement.end
    holders = dict.fromkeys(below.segments[position].person for position in below.touching(start, end))
    shown = " and ".join([*list(holders)[:2], *(["others"] if len(holders) > 2 else [])]) or "nobody"
    return Finding(
        rule="instead-of-untrue",
        level=Level.WARNING,
        place=replacement.place,
        message=f"{replacement.instead_of} is not on call for {schedule.id}/{role.id} at any time "
        f"{spell_stretch((start, end), schedule.timezone)} ({shown} would be), "
        f"so this override does nothing",
        help="correct `instead-of` or the days, or leave `instead-of` out to replace whoever is on call",
        subject=f"schedule/{schedule.id}",
        stretch=(start, end),
    )


def _onto_time_off(schedule: Schedule, role: Role, replacement: Replacement) -> list[Finding]:
    void = sum(end - start for start, end in replacement.effective) < replacement.end - replacement.start
    if not void or replacement.person is None:
        return []
    return [
        Finding(
            rule="override-onto-time-off",
            level=Level.ERROR,
            place=replacement.place,
            message=f"{replacement.person} is away during this override of {schedule.id}/{role.id} "
            f"{spell_stretch((replacement.start, replacement.end), schedule.timezone)}, so it is void while that lasts",
            help="name somebody who is there, or shorten the override or the time off",
            subject=f"schedule/{schedule.id}",
            stretch=(replacement.start, replacement.end),
        )
    ]
