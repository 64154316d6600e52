"""The input of one schedule's expansion: self-contained and hashable, the unit of caching and of parallel work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from watchbill.model.on_call import Override, Schedule, Swap, TimeOff
from watchbill.model.repository import Model
from watchbill.model.time_values import Window
from watchbill.records import dataclass
from watchbill.roster.presence import Presence, presence_of
from watchbill.roster.windows import DaysOff


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleInput:
    """A schedule with all that its timelines depend on.

    ``presences`` holds only people who are ever away, sorted by id; ``holidays`` only those that a window names.
    """

    schedule: Schedule
    overrides: tuple[Override, ...] = ()
    swaps: tuple[Swap, ...] = ()
    presences: tuple[Presence, ...] = ()
    holidays: tuple[tuple[str, DaysOff], ...] = ()


def _people_of(schedule: Schedule, overrides: Iterable[Override], swaps: Iterable[Swap]) -> set[str]:
    people: set[str] = set()
    for role in schedule.roles:
        for layer in role.layers:
            for version in layer.versions:
                people.update(chain.from_iterable(version.members))
                for turn in version.turns:
                    people.update(turn.member)
    people.update(override.person for override in overrides if override.person is not None)
    people.update(side.person for swap in swaps for side in swap.between)
    return people


def _windows_of(schedule: Schedule) -> Iterator[Window]:
    for role in schedule.roles:
        for requirement in role.coverage:
            yield requirement.window
        for layer in role.layers:
            for version in layer.versions:
                if version.during is not None:
                    yield version.during


def _holidays_of(schedule: Schedule, holidays: Mapping[str, DaysOff]) -> tuple[tuple[str, DaysOff], ...]:
    named: set[str] = set()
    for window in _windows_of(schedule):
        for part in window.parts:
            named.update(name for name in (part.except_days, part.only_days) if name is not None)
    return tuple((name, holidays.get(name, ())) for name in sorted(named))


class InputBuilder:
    """Makes the input of each schedule of a model; shares people's presences between schedules."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._presences: dict[tuple[str, str], Presence] = {}
        self._time_off: dict[str, list[TimeOff]] = defaultdict(list)
        self._overrides: dict[str, list[Override]] = defaultdict(list)
        self._swaps: dict[str, list[Swap]] = defaultdict(list)
        for entry in model.time_off:
            self._time_off[entry.person].append(entry)
        self._ever_away = {
            name for name, person in model.people.items() if person.joined is not None or person.left is not None
        }.union(self._time_off)
        for override in model.overrides:
            self._overrides[override.schedule].append(override)
        for swap in model.swaps:
            self._swaps[swap.schedule].append(swap)
        self._holidays: dict[str, DaysOff] = {
            name: tuple((day.start, day.through) for day in entry.days) for name, entry in model.holidays.items()
        }

    def _presence(self, person_id: str, schedule: Schedule) -> Presence | None:
        person = self._model.people.get(person_id)
        if person is None:
            return None
        time_off = self._time_off.get(person_id, ())
        if not time_off and person.joined is None and person.left is None:
            return None
        zone_name = person.timezone or self._model.organization.timezone or schedule.timezone
        key = (person_id, zone_name)
        if key not in self._presences:
            self._presences[key] = presence_of(person, time_off, zone_name)
        return self._presences[key]

    def input_of(self, schedule: Schedule) -> ScheduleInput:
        """Return the input of one schedule."""
        overrides = self._overrides.get(schedule.id, [])
        swaps = self._swaps.get(schedule.id, [])
        people = _people_of(schedule, overrides, swaps)
        presences = [self._presence(person, schedule) for person in sorted(people & self._ever_away)]
        return ScheduleInput(
            schedule=schedule,
            overrides=tuple(overrides),
            swaps=tuple(swaps),
            presences=tuple(presence for presence in presences if presence is not None and presence.away),
            holidays=_holidays_of(schedule, self._holidays),
        )
