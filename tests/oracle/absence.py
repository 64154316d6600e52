"""Who is away when, and whether that was planned."""

from __future__ import annotations

from oracle.wall_clock import DAY, dated, written
from watchbill.model.on_call import Schedule
from watchbill.model.repository import Model

Stretches = list[tuple[int, int]]
NEVER, ALWAYS = -(1 << 40), 1 << 40


class Absences:
    """The absences of all people as one schedule sees them (a person without a zone takes that of others)."""

    def __init__(self, model: Model, schedule: Schedule) -> None:
        self._planned: dict[str, Stretches] = {}
        self._unplanned: dict[str, Stretches] = {}
        self._left: dict[str, Stretches] = {}
        zones = {}
        for person in model.people.values():
            zone = person.timezone or model.organization.timezone or schedule.timezone
            zones[person.id] = zone
            if person.joined is not None:
                self._planned.setdefault(person.id, []).append((NEVER, written(zone, person.joined)))
            if person.left is not None:
                self._left.setdefault(person.id, []).append((written(zone, person.left + DAY), ALWAYS))
        for entry in model.time_off:
            if entry.kind != "prefer-not":
                kind = self._unplanned if entry.unplanned else self._planned
                kind.setdefault(entry.person, []).append(dated(entry.stretch, zones[entry.person]))

    def planned(self, person: str, instant: int) -> bool:
        """Say whether planned time off, or not having joined yet, holds at an instant."""
        return _inside(self._planned.get(person, []), instant)

    def unplanned(self, person: str, instant: int) -> bool:
        """Say whether unplanned time off holds at an instant."""
        return _inside(self._unplanned.get(person, []), instant)

    def left(self, person: str, instant: int) -> bool:
        """Say whether the person has left."""
        return _inside(self._left.get(person, []), instant)

    def away(self, person: str, instant: int) -> bool:
        """Say whether the person is away for any reason."""
        return self.planned(person, instant) or self.unplanned(person, instant) or self.left(person, instant)

    def edges(self) -> set[int]:
        """Return all instants at which an absence begins or ends."""
        every = [*self._planned.values(), *self._unplanned.values(), *self._left.values()]
        return {edge for stretches in every for stretch in stretches for edge in stretch}


def _inside(stretches: Stretches, instant: int) -> bool:
    return any(start <= instant < end for start, end in stretches)
