"""Who shares a rotation with whom, and which part of it is due to each: what it is fair to compare.

A crew is the people of those layers of a role that are one piece of work. Layers are one where the same people turn in
them, or where they divide the week among people of one site: days and nights, weekdays and weekends. A layer on top of
another one, which relieves it at some hours, is a crew of its own, and so are sites that follow the sun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from watchbill.intervals import Stretch, intersect, subtract, union
from watchbill.model.on_call import Layer, Role, Schedule, TimeOff
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.clock import END_OF_TIME, START_OF_TIME, day_of, zone
from watchbill.roster.presence import stretch_of
from watchbill.roster.windows import pattern

ZoneOf = Callable[[str], str]
"""Returns the zone in which a person's days are counted."""

LONG_LEAVE = timedelta(weeks=4)
"""Time off of this length or more is no vacation that colleagues make up for in turn: nothing is due in it."""


MOST_LAYERS = 20
"""Layers in force of one role that are looked at for those that are one piece of work; nobody has so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The people who share layers of a role. ``layers`` are all of its source's layers if ``whole``.

    ``named`` are the stretches in which versions name a person, where they do not name all alike; a layer that lists
    its turns names nobody for good, so ``listed`` people belong from their first turn to their last.
    """

    schedule: Schedule
    role: Role
    layers: frozenset[str]
    whole: bool
    people: tuple[str, ...]
    named: Mapping[str, Sequence[Stretch]]
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One layer as it is in force in a horizon: its people, and those of each version with its stretch."""

    layer: Layer
    people: frozenset[str]
    versions: tuple[tuple[frozenset[str], date, date | None], ...]
    listed: bool


class Belonging:
    """When people are there at all: after they joined, until they left, except in a long leave."""

    def __init__(self, model: Model, horizon: Stretch, zone_of: ZoneOf) -> None:
        self.model, self.horizon, self.zone_of = model, horizon, zone_of
        self._leaves: dict[str, list[TimeOff]] = {}
        for entry in model.time_off:
            last = entry.stretch.through or (entry.stretch.until.day if entry.stretch.until else None)
            if last is None or last - entry.stretch.start.day >= LONG_LEAVE - timedelta(days=1):
                self._leaves.setdefault(entry.person, []).append(entry)
        self.first, self.last = day_of(horizon[0]), day_of(horizon[1])
        self.changing = self._leaves.keys() | {
            person.id
            for person in model.people.values()
            if (person.joined and person.joined >= self.first) or (person.left and person.left <= self.last)
        }
        """Everybody who is not there for the whole horizon."""
        self.sharing = {person.id for person in model.people.values() if person.limits.share}
        """Everybody who agreed to a share."""

    def there(self, person: str) -> list[Stretch]:
        """Return when a person is there, inside the horizon."""
        if person not in self.changing:
            return [self.horizon]
        place = zone(self.zone_of(person))
        known = self.model.people.get(person)
        gone = union(stretch_of(entry.stretch, place) for entry in self._leaves.get(person, ()))
        return intersect([self.horizon], subtract(employed(known, self.zone_of(person)), gone))

    def part(self, person: str, role: str, people: int) -> float:
        """Return how much of an equal share a person agreed to take, at most 1."""
        if person not in self.sharing:
            return 1.0
        shares = self.model.people[person].limits.share
        share = shares.get(role, shares.get("any"))
        return 1.0 if share is None else min(1.0, float(share * people))


def employed(person: Person | None, zone_name: str) -> list[Stretch]:
    """Return when a person belongs to the organisation."""
    place = zone(zone_name)
    first = place.midnight(person.joined) if person and person.joined else START_OF_TIME
    last = place.midnight(person.left + timedelta(days=1)) if person and person.left else END_OF_TIME
    return union([(first, last)])


def crews_of(belonging: Belonging, schedule: Schedule) -> list[Crew]:
    """Return the crews of at least two people, of all roles of a schedule that promise coverage."""
    found: list[Crew] = []
    for role in schedule.roles:
        if role.coverage:
            parts = [part for layer in layers_of(schedule, role) if (part := _in_force(belonging, layer)).people]
            groups = _joined(belonging, parts)
            found += [
                crew
                for group in groups
                if len((crew := _crew(schedule, role, group, whole=len(groups) == 1)).people) > 1
            ]
    return found


def layers_of(schedule: Schedule, role: Role) -> tuple[Layer, ...]:
    """Return the layers that name the people of a role: its own, or those of the role it follows."""
    if role.follows is None:
        return role.layers
    followed = next((each for each in schedule.roles if each.id == role.follows.role), None)
    layers = followed.layers if followed else ()
    return tuple(layer for layer in layers if role.follows.layer in (None, layer.id))


def _in_force(belonging: Belonging, layer: Layer) -> _Part:
    """Return the people of the versions of a layer that touch the horizon."""
    versions: list[tuple[frozenset[str], date, date | None]] = []
    last = None if layer.until is None else layer.until.day
    ends = [*(version.start for version in layer.versions[1:]), last]
    for version, end in zip(layer.versions, ends, strict=True):
        if version.start <= belonging.last and (end is None or end > belonging.first):
            members = (*version.members, *(turn.member for turn in version.turns))
            versions.append((frozenset(person for member in members for person in member), version.start, end))
    people = frozenset[str]().union(*(people for people, _, _ in versions))
    return _Part(
        layer=layer, people=people, versions=tuple(versions), listed=any(version.turns for version in layer.versions)
    )


def _joined(belonging: Belonging, parts: Sequence[_Part]) -> list[list[_Part]]:
    """Return the layers in groups of those that are one piece of work."""
    if len(parts) > MOST_LAYERS:
        return [[part] for part in parts]
    groups: list[list[_Part]] = []
    for part in parts:
        near = [group for group in groups if any(_are_one(belonging, part, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), part])
    return groups


def _are_one(belonging: Belonging, one: _Part, other: _Part) -> bool:
    if one.people == other.people:
        return True
    here, there = ({belonging.zone_of(person) for person in part.people} for part in (one, other))
    return not here.isdisjoint(there) and _divide_the_week(one.layer, other.layer)


def _divide_the_week(one: Layer, other: Layer) -> bool:
    windows = one.versions[-1].during, other.versions[-1].during
    if windows[0] is None or windows[1] is None or one.timezone != other.timezone:
        return False
    patterns = [pattern(window) for window in windows if window is not None]
    return not intersect(*(week or [(START_OF_TIME, END_OF_TIME)] for week in patterns))


def _crew(schedule: Schedule, role: Role, group: Sequence[_Part], *, whole: bool) -> Crew:
    people = frozenset[str]().union(*(part.people for part in group))
    alike = all(version == people for part in group for version, _, _ in part.versions)
    return Crew(
        schedule=schedule,
        role=role,
        layers=frozenset(part.layer.id for part in group),
        whole=whole,
        people=tuple(sorted(people)),
        named={} if alike else _named(group),
        listed=any(part.listed for part in group),
    )


def _named(group: Iterable[_Part]) -> Mapping[str, Sequence[Stretch]]:
    found: dict[str, list[Stretch]] = {}
    for part in group:
        place = zone(part.layer.timezone)
        for people, first, last in part.versions:
            stretch = place.midnight(first), END_OF_TIME if last is None else place.midnight(last)
            for person in people:
                found.setdefault(person, []).append(stretch)
    return {person: union(stretches) for person, stretches in found.items()}


def names_somebody_gone(belonging: Belonging, crew: Crew) -> bool:
    """Say whether a crew names somebody after the last day at work, whose turns then fall to the next in the order."""
    for person in belonging.changing.intersection(crew.people):
        left = belonging.model.people[person].left
        if left is not None and left <= belonging.last and not crew.listed:
            gone = zone(belonging.zone_of(person)).midnight(left + timedelta(days=1))
            named = crew.named.get(person, ()) if crew.named else [(START_OF_TIME, END_OF_TIME)]
            if any(end > gone for _, end in named):
                return True
    return False


def due(belonging: Belonging, crew: Crew, listed: Mapping[str, Stretch]) -> tuple[float, ...]:
    """Return which part of a crew's work is due to each of its people, in their order; together 1.

    At each instant it is shared by those who are there and named, equally, but for those who agreed to less than an
    equal share. ``listed`` is from when until when people have turns, for crews that list them.
    """
    count = len(crew.people)
    if not crew.named and not crew.listed and (belonging.changing | belonging.sharing).isdisjoint(crew.people):
        return (1 / count,) * count
    parts = [belonging.part(person, crew.role.id, count) for person in crew.people]
    stretches = []
    for person in crew.people:
        there = belonging.there(person)
        if crew.listed:
            there = intersect(there, [listed[person]] if person in listed else [])
        elif crew.named:
            there = intersect(there, list(crew.named.get(person, ())))
        stretches.append(there)
    return _shared(parts, stretches)


def _shared(parts: Sequence[float], stretches: Sequence[Sequence[Stretch]]) -> tuple[float, ...]:
    """Share each instant among those present by their parts, and sum up."""
    changes: dict[int, float] = {}
    for part, there in zip(parts, stretches, strict=True):
        for start, end in there:
            changes[start] = changes.get(start, 0.0) + part
            changes[end] = changes.get(end, 0.0) - part
    worth: dict[int, float] = {}
    before, present, sum_so_far = 0, 0.0, 0.0
    for instant in sorted(changes):
        sum_so_far += (instant - before) / present if present > _NOBODY else 0.0
        worth[instant] = sum_so_far
        present += changes[instant]
        before = instant
    shares = [
        part * sum(worth[end] - worth[start] for start, end in there)
        for part, there in zip(parts, stretches, strict=True)
    ]
    whole = sum(shares)
    return tuple(share / whole if whole else 0.0 for share in shares)


_NOBODY = 1e-9
"""Less than anybody's part: what is left of a sum of parts when all are gone."""
