"""A model in which every person has another id, for the invariant that names never decide anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from watchbill.model.on_call import Layer, Member, Role, Schedule, Swap, Version
from watchbill.model.repository import Model

Names = Mapping[str, str]


def renamed(model: Model, names: Names) -> Model:
    """Return the model with all people renamed; nothing else changes, not even the order of the people."""
    return replace(
        model,
        people={names[p.id]: replace(p, id=names[p.id]) for p in model.people.values()},
        schedules={s.id: _schedule(s, names) for s in model.schedules.values()},
        time_off=tuple(replace(t, person=names[t.person]) for t in model.time_off),
        overrides=tuple(
            replace(
                o,
                person=None if o.person is None else names[o.person],
                instead_of=None if o.instead_of is None else names[o.instead_of],
            )
            for o in model.overrides
        ),
        swaps=tuple(_swap(s, names) for s in model.swaps),
    )


def _swap(swap: Swap, names: Names) -> Swap:
    first, second = (replace(side, person=names[side.person]) for side in swap.between)
    return replace(swap, between=(first, second))


def _schedule(schedule: Schedule, names: Names) -> Schedule:
    return replace(schedule, roles=tuple(_role(role, names) for role in schedule.roles))


def _role(role: Role, names: Names) -> Role:
    return replace(role, layers=tuple(_layer(layer, names) for layer in role.layers))


def _layer(layer: Layer, names: Names) -> Layer:
    return replace(layer, versions=tuple(_version(version, names) for version in layer.versions))


def _version(version: Version, names: Names) -> Version:
    def member(people: Member) -> Member:
        return tuple(names[person] for person in people)

    return replace(
        version,
        members=tuple(member(people) for people in version.members),
        turns=tuple(replace(turn, member=member(turn.member)) for turn in version.turns),
    )
