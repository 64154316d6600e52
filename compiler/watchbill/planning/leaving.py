"""A model after people have left: the orders go on without them from the next handoff on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Set
from datetime import date

from watchbill.model.on_call import Member, Schedule, Version
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.planning.order_changes import first_day, with_members
from watchbill.roster.clock import zone


def without(model: Model, people: Set[str], now: int, timezone: str) -> Model:
    """Return a model in which some people leave.

    Each takes part until the next handoff of the rotations that the person belongs to; the orders of all schedules go
    on without them. Where nobody would be left, an order stays as it is: then there are gaps to be seen. ``timezone``
    is the organisation's, for people who have none.
    """
    schedules = {
        name: schedule_without(model, schedule, people, lambda version: first_day(version, now))
        for name, schedule in model.schedules.items()
    }
    known = {
        name: dataclasses.replace(person, left=last_day(person, schedules, now, timezone)) if name in people else person
        for name, person in model.people.items()
    }
    return dataclasses.replace(model, people=known, schedules=schedules)


def last_day(person: Person, schedules: dict[str, Schedule], now: int, timezone: str) -> date:
    """Return the last day of somebody who leaves: when the last of the schedules, changed already, goes on alone."""
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
    return last if person.left is None else min(person.left, last)


def _names(version: Version, person: str) -> bool:
    return any(person in member for member in version.members)


def schedule_without(model: Model, schedule: Schedule, people: Set[str], begin: Callable[[Version], date]) -> Schedule:
    """Return a schedule whose orders go on without some people, from a day on that ``begin`` gives for each version."""
    roles = tuple(
        dataclasses.replace(
            role,
            layers=tuple(
                with_members(model, layer, lambda version: version_without(version, people), begin)
                for layer in role.layers
            ),
        )
        for role in schedule.roles
    )
    return schedule if roles == schedule.roles else dataclasses.replace(schedule, roles=roles)


def version_without(version: Version, people: Set[str]) -> Version:
    """Return a version without some people; where nobody would be left, it stays as it is."""
    if version.turns:
        turns = tuple(dataclasses.replace(turn, member=_stays(turn.member, people)) for turn in version.turns)
        return version if turns == version.turns else dataclasses.replace(version, turns=turns)
    left = (tuple(person for person in member if person not in people) for member in version.members)
    members = tuple(member for member in left if member) or version.members
    return version if members == version.members else dataclasses.replace(version, members=members)


def _stays(member: Member, people: Set[str]) -> Member:
    return tuple(person for person in member if person not in people) or member
