"""What is alike on both sides: records that say the same wherever they are written, and ids that were renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from watchbill.findings import Place
from watchbill.model.repository import Model

R = TypeVar("R")


def saying(value: Any) -> Hashable:
    """Return what a record says, without the places at which it is written, in a form that can be compared and kept."""
    if isinstance(value, Place):
        return None
    if is_dataclass(value):
        return type(value).__name__, *(saying(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), saying(each)) for key, each in value.items()))
    if isinstance(value, tuple | list):
        return tuple(map(saying, value))
    if isinstance(value, frozenset | set):
        return tuple(sorted(map(str, value)))
    result: Hashable = value
    return result


def alike(one: object, other: object) -> bool:
    """Say whether two records say the same, wherever they are written."""
    return one == other or saying(one) == saying(other)


def differing_fields(one: Any, other: Any) -> tuple[str, ...]:
    """Return the names of the fields in which two records of one kind differ."""
    return tuple(
        each.name.replace("_", "-")
        for each in fields(one)
        if not alike(getattr(one, each.name), getattr(other, each.name))
    )


def renamed_people(base: Model, head: Model) -> dict[str, str]:
    """Return the ids of people of base that are written otherwise in head: same name, or else same handles."""
    found = _renamed(base.people, head.people, lambda person: person.name)
    if len(found) < len(base.people.keys() - head.people.keys()):
        by_handles = _renamed(base.people, head.people, lambda person: tuple(sorted(person.handles.items())))
        taken = set(found.values())
        found = {**{old: new for old, new in by_handles.items() if new not in taken}, **found}
    return found


def renamed_schedules(base: Model, head: Model) -> dict[str, str]:
    """Return the ids of schedules of base that are written otherwise in head: same name and same team."""
    return _renamed(base.schedules, head.schedules, lambda schedule: (schedule.name, schedule.team))


def _renamed(before: Mapping[str, R], after: Mapping[str, R], known_by: Callable[[R], Hashable]) -> dict[str, str]:
    """Pair ids that are gone with ids that have come, where exactly one of each is known by the same."""
    gone, come = defaultdict(list), defaultdict(list)
    for old in sorted(before.keys() - after.keys()):
        gone[known_by(before[old])].append(old)
    for new in sorted(after.keys() - before.keys()):
        come[known_by(after[new])].append(new)
    return {
        olds[0]: come[key][0] for key, olds in gone.items() if key and len(olds) == 1 and len(come.get(key, ())) == 1
    }
