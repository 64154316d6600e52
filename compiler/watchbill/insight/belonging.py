"""How much of a stretch each person belongs to a schedule: what figures of newcomers and part-timers are divided by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from watchbill.intervals import Stretch, clip, intersect, total, union
from watchbill.model.on_call import Layer, Role, Schedule
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.roster.clock import END_OF_TIME, START_OF_TIME, zone


def belonging(
    model: Model, schedule: Schedule, stretch: Stretch, timezone: str, role: str | None = None
) -> dict[str, Fraction]:
    """Return which part of a stretch each person belongs to a schedule, times the person's part of a full share.

    Both are 0 to 1. A person belongs while a version names them, from ``joined`` through ``left``, on vacation too.
    Only roles that promise coverage are looked at, with ``role`` only that one; a role that follows has the people of
    the one it follows. Somebody whose own share (``limits.share``) is less than an equal one counts for that part.
    ``timezone`` is the organisation's.
    """
    roles = [each for each in schedule.roles if each.coverage and role in (None, each.id)]
    named: dict[str, list[Stretch]] = {}
    for each in roles:
        for layer in layers_of(schedule, each):
            for person, version in _named(layer):
                named.setdefault(person, []).append(version)
    length = max(stretch[1] - stretch[0], 1)
    equal = Fraction(1, max(len(named), 1))
    result: dict[str, Fraction] = {}
    for person, versions in sorted(named.items()):
        known = model.people.get(person)
        there = clip(intersect(union(versions), _employed(known, timezone)), *stretch)
        shares = [known.limits.share[each.id] for each in roles if each.id in known.limits.share] if known else []
        part = min([Fraction(1), *(share / equal for share in shares)])
        result[person] = Fraction(total(there), length) * part
    return result


def layers_of(schedule: Schedule, role: Role) -> tuple[Layer, ...]:
    """Return the layers that name the people of a role: its own, or those of the role it follows."""
    if role.follows is None:
        return role.layers
    followed = next((each for each in schedule.roles if each.id == role.follows.role), None)
    layers = followed.layers if followed else ()
    return tuple(layer for layer in layers if role.follows.layer in (None, layer.id))


def _named(layer: Layer) -> Iterator[tuple[str, Stretch]]:
    """Yield the people of each version of a layer with the stretch of that version."""
    place = zone(layer.timezone)
    edges = [place.midnight(version.start) for version in layer.versions]
    edges.append(END_OF_TIME if layer.until is None else place.instant(layer.until))
    for version, start, end in zip(layer.versions, edges, edges[1:], strict=False):
        members = (*version.members, *(turn.member for turn in version.turns))
        for person in dict.fromkeys(person for member in members for person in member):
            yield person, (start, end)


def _employed(person: Person | None, timezone: str) -> list[Stretch]:
    if person is None:
        return [(START_OF_TIME, END_OF_TIME)]
    place = zone(person.timezone or timezone)
    first = place.midnight(person.joined) if person.joined else START_OF_TIME
    last = place.midnight(person.left + timedelta(days=1)) if person.left else END_OF_TIME
    return union([(first, last)])
