"""Whom to ask first when somebody must be replaced: the order of the roster, the schedule, the team, the trained."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from watchbill.model.on_call import Role, Schedule
from watchbill.model.repository import Model
from watchbill.roster.clock import zone
from watchbill.roster.role_order import root_of


def candidates(model: Model, schedule: Schedule, role_id: str, person: str, end: int) -> dict[str, bool]:
    """Return who might stand in for a shift that ends at an instant, in the order in which the roster would ask.

    The order after the person comes first, then other roles, the team, and whoever is trained for the schedule. The
    value says whether somebody takes turns in the schedule.
    """
    role = next(role for role in schedule.roles if role.id == role_id)
    root = root_of(role, schedule.roles)[0] or role
    found = dict.fromkeys(_in_order(root, person, end), True)
    for other in schedule.roles:
        if other.coverage:
            found.update((name, True) for name in _in_order(other, person, end))
    team = model.teams.get(schedule.team)
    trained = (name for name, known in model.people.items() if schedule.id in known.trained)
    for name in chain(team.members if team else (), sorted(trained)):
        found.setdefault(name, False)
    found.pop(person, None)
    return {name: takes_turns for name, takes_turns in found.items() if name in model.people}


def _in_order(role: Role, person: str, end: int) -> Iterator[str]:
    """Yield the people of the last version of each layer that has begun by an instant, cyclically after a person."""
    for layer in role.layers:
        place = zone(layer.timezone)
        begun = [version for version in layer.versions if place.midnight(version.start) < end]
        if not begun or (layer.until is not None and place.instant(layer.until) < end):
            continue
        members = begun[-1].members or tuple(turn.member for turn in begun[-1].turns)
        people = list(dict.fromkeys(chain.from_iterable(members)))
        at = people.index(person) + 1 if person in people else 0
        yield from people[at:] + people[:at]
