"""Pools: the rotations of a schedule that take their people from one group, such as days and nights of one team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from watchbill.intervals import Stretch, clip, total
from watchbill.model.on_call import Role, Schedule, Version
from watchbill.records import dataclass
from watchbill.roster.role_order import root_of
from watchbill.roster.turns import LayerTurns
from watchbill.roster.windows import DaysOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A layer that gives turns in a stretch. ``version`` is the one in force for most of it.

    ``terms`` is when each person belongs to the rotation inside of the stretch.
    """

    role: str
    layer: int
    layer_id: str
    version: Version
    start: int
    terms: Mapping[str, list[Stretch]]


def rotations_of(schedule: Schedule, holidays: Mapping[str, DaysOff], stretch: Stretch) -> list[Rotation]:
    """Return the rotations of a stretch that count: of roles with coverage, and of roles that such a role follows.

    Turns that are listed one by one are no rotation.
    """
    counting = [role for role in schedule.roles if role.coverage]
    followed = {root.id for role in counting if (root := root_of(role, schedule.roles)[0]) is not None}
    wanted = [role for role in schedule.roles if role.coverage or role.id in followed]
    return [rotation for role in wanted for rotation in _of_role(role, holidays, stretch)]


def _of_role(role: Role, holidays: Mapping[str, DaysOff], stretch: Stretch) -> Iterator[Rotation]:
    for number, layer in enumerate(role.layers):
        terms: dict[str, list[Stretch]] = {}
        longest = 0
        main: tuple[Version, int] | None = None
        for turns in LayerTurns(layer, dict(holidays)).versions:
            inside = clip([(turns.start, turns.end)] if turns.start < turns.end else [], *stretch)
            if not inside or not turns.version.members:
                continue
            for person in set(chain.from_iterable(turns.version.members)):
                terms.setdefault(person, []).extend(inside)
            if total(inside) > longest:
                longest, main = total(inside), (turns.version, turns.start)
        if main is not None:
            yield Rotation(role=role.id, layer=number, layer_id=layer.id, version=main[0], start=main[1], terms=terms)


def pools_of(rotations: list[Rotation]) -> list[list[Rotation]]:
    """Return the rotations in groups: those that share people stand together, in the order of the file."""
    pools: list[list[Rotation]] = []
    for rotation in rotations:
        alike = [pool for pool in pools if any(rotation.terms.keys() & other.terms.keys() for other in pool)]
        merged = [*chain.from_iterable(alike), rotation]
        pools = [pool for pool in pools if not any(pool is other for other in alike)]
        pools.append(merged)
    return sorted(pools, key=lambda pool: rotations.index(pool[0]))
