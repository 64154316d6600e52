"""A model after people have left: the orders go on without them from the next handoff on."""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from datetime import date, timedelta

from watchbill.model.on_call import Layer, Member, Schedule, Version
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.roster.clock import zone
from watchbill.roster.handoffs import handoffs_of


def without(model: Model, people: Set[str], now: int, timezone: str) -> Model:
    """Return a model in which some people leave.

    Each takes part until the next handoff of the rotations that the person belongs to; the orders of all schedules go
    on without them. Where nobody would be left, an order stays as it is: then there are gaps to be seen. ``timezone``
    is the organisation's, for people who have none.
    """
    schedules = {name: _schedule_without(schedule, people, now) for name, schedule in model.schedules.items()}
    known = {
        name: _leaving(person, schedules, now, timezone) if name in people else person
        for name, person in model.people.items()
    }
    return dataclasses.replace(model, people=known, schedules=schedules)


def _leaving(person: Person, schedules: dict[str, Schedule], now: int, timezone: str) -> Person:
    today = zone(person.timezone or timezone).local(now).day
    taken_over = [
        version.start
        for schedule in schedules.values()
        for role in schedule.roles
        for layer in role.layers
        for before, version in zip(layer.versions, layer.versions[1:], strict=False)
        if before.start <= today < version.start and _names(before, person.id) and not _names(version, person.id)
    ]
    last = max([today, *taken_over])
    return dataclasses.replace(person, left=last if person.left is None else min(person.left, last))


def _names(version: Version, person: str) -> bool:
    return any(person in member for member in version.members)


def _schedule_without(schedule: Schedule, people: Set[str], now: int) -> Schedule:
    roles = tuple(
        dataclasses.replace(role, layers=tuple(_layer_without(layer, people, now) for layer in role.layers))
        for role in schedule.roles
    )
    return schedule if roles == schedule.roles else dataclasses.replace(schedule, roles=roles)


def _layer_without(layer: Layer, people: Set[str], now: int) -> Layer:
    versions: list[Version] = []
    earlier: Version | None = None
    for number, version in enumerate(layer.versions):
        tomorrow = zone(version.timezone).local(now).day + timedelta(days=1)
        if version.start >= tomorrow:
            remaining = _version_without(version, people)
            if earlier is not None and versions:
                remaining = _continued(remaining, version, earlier, versions[-1])
            versions.append(remaining)
        else:
            versions.append(version)
            following = layer.versions[number + 1] if number + 1 < len(layer.versions) else None
            if following is None or following.start > tomorrow:
                went_on = _going_on(version, people, tomorrow)
                if went_on is not None and (following is None or went_on.start < following.start):
                    versions.append(went_on)
        earlier = version
    changed = tuple(versions)
    return layer if changed == layer.versions else dataclasses.replace(layer, versions=changed)


def _version_without(version: Version, people: Set[str]) -> Version:
    if version.turns:
        turns = tuple(dataclasses.replace(turn, member=_stays(turn.member, people)) for turn in version.turns)
        return version if turns == version.turns else dataclasses.replace(version, turns=turns)
    members = _remaining(version.members, people)
    return version if members == version.members else dataclasses.replace(version, members=members)


def _stays(member: Member, people: Set[str]) -> Member:
    return tuple(person for person in member if person not in people) or member


def _remaining(members: tuple[Member, ...], people: Set[str]) -> tuple[Member, ...]:
    left = (tuple(person for person in member if person not in people) for member in members)
    return tuple(member for member in left if member) or members


def _going_on(version: Version, people: Set[str], tomorrow: date) -> Version | None:
    """Return the version that takes over at the next handoff, its order turned to where the rotation stands."""
    if version.turns or _remaining(version.members, people) == version.members:
        return None
    place, handoffs = zone(version.timezone), handoffs_of(version)
    first = handoffs.first_at_or_after(place.midnight(tomorrow))
    later = dataclasses.replace(version, start=place.local(handoffs.instant(first)).day)
    # The day of a handoff may hold earlier ones, with which the new version then begins.
    number = handoffs.first_at_or_after(handoffs_of(later).instant(0)) % len(version.members)
    return dataclasses.replace(later, members=_remaining(_turned(version.members, number), people))


def _continued(remaining: Version, written: Version, earlier: Version, before: Version) -> Version:
    """Turn the order of a later version as it was written: where it went on with the order before it, it still does."""
    if written.turns or earlier.turns or before.turns or before == earlier:
        return remaining
    if _next_of(earlier, written) != written.members[0]:
        return remaining
    expected = _next_of(before, written)
    if expected not in remaining.members:
        return remaining
    return dataclasses.replace(remaining, members=_turned(remaining.members, remaining.members.index(expected)))


def _next_of(version: Version, following: Version) -> Member:
    """Return whose turn of a version would begin where another version takes over."""
    number = handoffs_of(version).first_at_or_after(handoffs_of(following).instant(0))
    return version.members[number % len(version.members)]


def _turned(members: tuple[Member, ...], number: int) -> tuple[Member, ...]:
    return members[number:] + members[:number]
