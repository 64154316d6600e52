"""Handoffs ahead: the instants at which one person's regular shift ends and somebody else's begins.

Covers and overrides are no regular handoffs, and a role that follows hands off when the followed one does.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts
from watchbill.model.on_call import Layer, Role, Schedule, Version
from watchbill.records import dataclass
from watchbill.roster.timeline import Timeline

_REGULAR = frozenset({"turn", "advance", "swap"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerAhead:
    """A layer of a role that promises coverage, with the timeline that it is a part of."""

    schedule: Schedule
    role: Role
    layer: Layer
    timeline: Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffAhead:
    """One handoff: when (UTC seconds), from whom to whom, and the version that the taker's turn is of.

    ``inside``: both turns are of one layer; else the giver's is of another one.
    """

    instant: int
    giver: str
    taker: str
    version: Version
    inside: bool


def layers_ahead(facts: Facts) -> Iterator[LayerAhead]:
    """Yield the layers of all roles that promise coverage."""
    for schedule in facts.model.schedules.values():
        roster = facts.rosters.get(schedule.id)
        for role in schedule.roles if roster else ():
            for layer in role.layers if role.coverage else ():
                if roster is not None and role.id in roster.timelines:
                    yield LayerAhead(schedule=schedule, role=role, layer=layer, timeline=roster.timelines[role.id])


def handoffs(ahead: LayerAhead, facts: Facts) -> Iterator[HandoffAhead]:
    """Yield the handoffs to a layer from now to the end of the horizon, by time."""
    timeline = ahead.timeline
    last: dict[int, int] = {}
    for index, (start, seat) in enumerate(zip(timeline.start, timeline.seat, strict=True)):
        before = last.get(seat)
        last[seat] = index
        if before is not None and start >= facts.judged[0] and start < facts.judged[1]:
            found = _handoff(ahead, before, index)
            if found is not None:
                yield found


def _handoff(ahead: LayerAhead, before: int, index: int) -> HandoffAhead | None:
    timeline = ahead.timeline
    given, taken = timeline.causes[timeline.cause[before]], timeline.causes[timeline.cause[index]]
    if taken.layer != ahead.layer.id or taken.version is None or taken.kind not in _REGULAR:
        return None
    if given.kind not in _REGULAR or timeline.end[before] != timeline.start[index]:
        return None
    giver, taker = timeline.people[timeline.person[before]], timeline.people[timeline.person[index]]
    if giver == taker:
        return None
    return HandoffAhead(
        instant=timeline.start[index],
        giver=giver,
        taker=taker,
        version=ahead.layer.versions[taken.version],
        inside=given.layer == taken.layer,
    )
