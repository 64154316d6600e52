"""Who takes turns: somebody joins a rotation or leaves it, from a handoff on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

from watchbill.edit.files import Files
from watchbill.edit.member_versions import write_layer
from watchbill.edit.refusals import EditRefusedError
from watchbill.insight.coverage import days_off_of
from watchbill.model.on_call import Layer, Member, Role, Schedule, Version
from watchbill.model.repository import Model
from watchbill.planning.leaving import version_without
from watchbill.planning.order_changes import first_day, with_members
from watchbill.roster.clock import zone
from watchbill.roster.handoffs import handoffs_of
from watchbill.roster.turns import LayerTurns

Begin = Callable[[Version], date]


def layer_of(schedule: Schedule, role_id: str, layer_id: str | None) -> Layer:
    """Return the rotation that is meant. Raises ``EditRefusedError`` with what there is to choose from."""
    role = next((role for role in schedule.roles if role.id == role_id), None)
    if role is None:
        known = ", ".join(each.id for each in schedule.roles)
        raise EditRefusedError(f"{schedule.id} has no role {role_id!a}; it has {known}")
    if role.follows is not None:
        raise EditRefusedError(
            f"{schedule.id}/{role_id} follows {role.follows.role}, whose people it takes; change them there"
        )
    return _chosen(schedule, role, layer_id)


def _chosen(schedule: Schedule, role: Role, layer_id: str | None) -> Layer:
    rotations = [layer for layer in role.layers if layer.versions and layer.versions[-1].members]
    ids = ", ".join(layer.id for layer in rotations)
    if layer_id is not None:
        found = next((layer for layer in role.layers if layer.id == layer_id), None)
        if found is None:
            raise EditRefusedError(f"{schedule.id}/{role.id} has no layer {layer_id!a}; it has {ids or 'none'}")
        if found not in rotations:
            raise EditRefusedError(f"the layer {layer_id} lists its turns one by one, so it has no members to change")
        return found
    if len(rotations) != 1:
        way = f"name one with --layer: {ids}" if rotations else "it lists no members"
        raise EditRefusedError(f"{schedule.id}/{role.id} has {len(rotations)} layers with members; {way}")
    return rotations[0]


def add_member(files: Files, model: Model, layer: Layer, person: str, begin: Begin, after: str | None) -> date:
    """Let somebody take turns from a handoff on, after a member, or else last; return the day of that handoff."""
    following = None if after is None else _member_with(layer, after)
    change = _joining(person, following)
    if all(any(person in member for member in version.members) for version in layer.versions[-1:]):
        raise EditRefusedError(f"{person} takes turns in {layer.id} already")
    new = with_members(model, layer, change, begin)
    return _written(files, layer, new, f"{person} joins")


def remove_member(files: Files, model: Model, layer: Layer, person: str, begin: Begin) -> date:
    """Let the order go on without somebody from a handoff on; return the day of that handoff."""
    if not any(person in member for version in layer.versions for member in version.members):
        raise EditRefusedError(f"{person} takes no turns in {layer.id}")
    new = without_person(model, layer, person, begin)
    if new == layer:
        raise EditRefusedError(f"nobody but {person} takes turns in {layer.id} then; name somebody else first")
    return _written(files, layer, new, f"{person} leaves")


def without_person(model: Model, layer: Layer, person: str, begin: Begin) -> Layer:
    """Return a layer whose order goes on without a person; one that is over by then stays as it is."""
    new = with_members(model, layer, lambda version: version_without(version, {person}), begin)
    end = max(turns.end for turns in LayerTurns(layer, days_off_of(model)).versions)
    kept = [
        version
        for number, version in enumerate(new.versions)
        if number == 0
        or version.place != new.versions[number - 1].place
        or version.turns
        or handoffs_of(version).instant(0) < end
    ]
    return layer if tuple(kept) == layer.versions else dataclasses.replace(layer, versions=tuple(kept))


def from_day(now: int, wanted: date | None) -> Begin:
    """Return from which day on an order may change: the next that is wholly to come, or a day that is asked for."""
    return lambda version: first_day(version, now, wanted)


def until_day(now: int, last: date, zone_name: str) -> Begin:
    """Return from which day on an order goes on without somebody whose last day is given: with the turn after it.

    That is the turn in which the next day begins, so that nobody has to stand in for the rest of it.
    """

    def begin(version: Version) -> date:
        gone = zone(zone_name).midnight(date.fromordinal(last.toordinal() + 1))
        handoffs, place = handoffs_of(version), zone(version.timezone)
        number = handoffs.first_at_or_after(gone + 1) - 1
        start = handoffs.instant(max(number, 0))
        return first_day(version, now, place.local(start).day)

    return begin


def _written(files: Files, old: Layer, new: Layer, remark: str) -> date:
    write_layer(files, old, new, remark)
    known = {(version.place, version.members): version for version in old.versions}
    changed = [version for version in new.versions if (version.place, version.members) not in known]
    if not changed:
        raise EditRefusedError(f"the layer {old.id} is over by then")
    return changed[0].start


def _member_with(layer: Layer, person: str) -> Member:
    for version in reversed(layer.versions):
        for member in version.members:
            if person in member:
                return member
    raise EditRefusedError(f"{person} takes no turns in {layer.id}, so nobody can come after them")


def _joining(person: str, following: Member | None) -> Callable[[Version], Version]:
    """Return the change that puts somebody behind a member; in the first version changed, without one, at its end."""
    behind = [following] if following is not None else []

    def change(version: Version) -> Version:
        if version.turns or any(person in member for member in version.members):
            return version
        if not behind and version.members:
            behind.append(version.members[-1])
        index = version.members.index(behind[0]) + 1 if behind[0] in version.members else len(version.members)
        order = (*version.members[:index], (person,), *version.members[index:])
        return dataclasses.replace(version, members=order)

    return change
