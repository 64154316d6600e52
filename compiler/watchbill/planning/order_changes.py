"""Layers whose members change from a handoff on: new versions with the order already turned.

Nobody is skipped or doubled, and nothing before that handoff moves: the new version starts with the member whose turn
comes next, also where ``advance`` or ``swap`` have moved the order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

from watchbill.insight.coverage import days_off_of
from watchbill.model.on_call import Layer, Member, Version
from watchbill.model.repository import Model
from watchbill.roster.clock import zone
from watchbill.roster.handoffs import handoffs_of
from watchbill.roster.order import Order
from watchbill.roster.presence import Presence, presence_of
from watchbill.roster.turns import Turns

VersionChange = Callable[[Version], Version]
"""Changes the members of a version, whose order may have been turned before; returns it as it is if nothing changes."""


def first_day(version: Version, now: int, wanted: date | None = None) -> date:
    """Return the first day on which a change may begin: the next whose handoffs are all to come, or a later day."""
    place = zone(version.timezone)
    today = place.local(now).day
    if not version.turns:
        handoffs = handoffs_of(version)
        if handoffs.instant(handoffs.first_at_or_after(place.midnight(today))) > now:
            return today if wanted is None else max(today, wanted)
    tomorrow = today + timedelta(days=1)
    return tomorrow if wanted is None else max(tomorrow, wanted)


def with_members(model: Model, layer: Layer, change: VersionChange, begin: Callable[[Version], date]) -> Layer:
    """Return a layer whose members change at the first handoff from a day on, which ``begin`` gives for each version.

    Versions that begin later are changed too; where one of them went on with the order before it, it still does.
    """
    versions: list[Version] = []
    earlier: Version | None = None
    for number, version in enumerate(layer.versions):
        begins = begin(version)
        if version.start >= begins:
            changed = change(version)
            if earlier is not None and versions:
                changed = _continued(changed, version, earlier, versions[-1])
            versions.append(changed)
        else:
            versions.append(version)
            following = layer.versions[number + 1] if number + 1 < len(layer.versions) else None
            if following is None or following.start > begins:
                went_on = _going_on(model, version, change, begins)
                if went_on is not None and (following is None or went_on.start < following.start):
                    versions.append(went_on)
        earlier = version
    changed_versions = tuple(versions)
    return layer if changed_versions == layer.versions else dataclasses.replace(layer, versions=changed_versions)


def turned(members: tuple[Member, ...], number: int) -> tuple[Member, ...]:
    """Return an order that starts with one of its members and goes on as before."""
    return members[number:] + members[:number]


def _going_on(model: Model, version: Version, change: VersionChange, begins: date) -> Version | None:
    """Return the version that takes over at the next handoff, its order turned to where the rotation stands."""
    if version.turns or not version.members:
        return None
    place, handoffs = zone(version.timezone), handoffs_of(version)
    first = handoffs.first_at_or_after(place.midnight(begins))
    # An exchange of turns that is open over a handoff would be undone by a new version: it begins after it.
    for number in range(first, first + 2 * len(version.members)):
        later = dataclasses.replace(version, start=place.local(handoffs.instant(number)).day)
        # The day of a handoff may hold earlier ones, with which the new version then begins.
        start = handoffs.first_at_or_after(handoffs_of(later).instant(0))
        standing = _standing(model, version, start)
        if standing is not None:
            going_on = dataclasses.replace(later, members=turned(version.members, standing))
            changed = change(going_on)
            return None if changed.members == going_on.members else changed
    return None


def _standing(model: Model, version: Version, number: int) -> int | None:
    """Return the position of the member whose turn comes at a handoff; ``None`` if an exchange is open over it."""
    size = len(version.members)
    if version.when_away not in ("advance", "swap") or number == 0:
        return number % size
    days_off, presences = days_off_of(model), _presences(model, version)
    order = Order(Turns(version, 0, handoffs_of(version), days_off), presences)
    if version.when_away == "advance":
        return (order.holding(number - 1).position + 1) % size
    shortened = Turns(version, 0, handoffs_of(version), days_off)
    shortened.end_at(shortened.handoffs.instant(number))
    return number % size if _is_settled(order, Order(shortened, presences), number, size) else None


def _is_settled(order: Order, shortened: Order, number: int, size: int) -> bool:
    """Say whether no exchange reaches over a handoff: the order up to it is the same if the version ends there."""
    positions = [order.holding(n).position for n in range(number)]
    if sorted(positions) != sorted(n % size for n in range(number)):
        return False
    return positions == [shortened.holding(n).position for n in range(number)]


def _presences(model: Model, version: Version) -> dict[str, Presence]:
    found = {}
    for person in {person for member in version.members for person in member} & model.people.keys():
        known = model.people[person]
        zone_name = known.timezone or model.organization.timezone or version.timezone
        entries = [entry for entry in model.time_off if entry.person == person]
        presence = presence_of(known, entries, zone_name)
        if presence.absences:
            found[person] = presence
    return found


def _continued(changed: Version, written: Version, earlier: Version, before: Version) -> Version:
    """Turn the order of a later version as it was written: where it went on with the order before it, it still does."""
    if written.turns or earlier.turns or before.turns or before == earlier:
        return changed
    if _next_of(earlier, written) != written.members[0]:
        return changed
    expected = _next_of(before, written)
    if expected not in changed.members:
        return changed
    return dataclasses.replace(changed, members=turned(changed.members, changed.members.index(expected)))


def _next_of(version: Version, following: Version) -> Member:
    """Return whose turn of a version would begin where another version takes over."""
    number = handoffs_of(version).first_at_or_after(handoffs_of(following).instant(0))
    return version.members[number % len(version.members)]
