"""Who is away when, for the rules that ask about single people."""

from __future__ import annotations

from collections import defaultdict

from watchbill.checks.rule import Facts
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule, TimeOff
from watchbill.roster.clock import DAY, day_of
from watchbill.roster.presence import Presence, presence_of


class Presences:
    """The presences of people who are ever away. Each is computed when it is first asked for."""

    def __init__(self, facts: Facts) -> None:
        self._people = facts.model.people
        self._organization_zone = facts.model.organization.timezone
        self._schedule_zones = sorted({schedule.timezone for schedule in facts.model.schedules.values()})
        self._time_off: dict[str, list[TimeOff]] = defaultdict(list)
        for entry in facts.model.time_off:
            self._time_off[entry.person].append(entry)
        changing = (p.id for p in self._people.values() if p.joined is not None or p.left is not None)
        self.ever_away = frozenset([*changing, *self._time_off]) & self._people.keys()
        self._known: dict[tuple[str, str], Presence] = {}

    def of(self, person_id: str, schedule: Schedule) -> Presence | None:
        """Return a person's presence as the roster of a schedule sees it; ``None`` for somebody who is never away."""
        if person_id not in self.ever_away:
            return None
        return self._in_zone(
            person_id, self._people[person_id].timezone or self._organization_zone or schedule.timezone
        )

    def all_of(self, person_id: str) -> list[Presence]:
        """Return all presences of somebody who is ever away: one for each zone of a schedule where no zone is named."""
        named = self._named_zone(person_id)
        return [self._in_zone(person_id, name) for name in ((named,) if named else self._schedule_zones)]

    def _named_zone(self, person_id: str) -> str | None:
        return self._people[person_id].timezone or self._organization_zone

    def _in_zone(self, person_id: str, zone_name: str) -> Presence:
        person = self._people[person_id]
        if (person_id, zone_name) not in self._known:
            self._known[person_id, zone_name] = presence_of(person, self._time_off.get(person_id, ()), zone_name)
        return self._known[person_id, zone_name]

    def away_in(self, stretch: Stretch) -> frozenset[str]:
        """Return everybody who may be away in a stretch. Days are compared, so a few are named who are not."""
        first, last = (day_of(instant) for instant in (stretch[0] - DAY, stretch[1] + DAY))
        changing = (
            person.id
            for person in self._people.values()
            if (person.joined is not None and person.joined >= first)
            or (person.left is not None and person.left <= last)
        )
        return frozenset([*changing, *self._time_off]) & self._people.keys()
