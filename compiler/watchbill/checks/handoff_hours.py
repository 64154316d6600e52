"""Whether handoffs lie at humane hours, and which hour would be better.

How much can be asked depends on how long turns are. A turn of days or weeks can begin and end in working hours. With a
handoff every day, weekends cannot be avoided, so the time of day alone counts. With several a day, one lies outside of
working hours for sure, so only the night counts; and with turns of less than eight hours not even that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from watchbill.checks.handoffs_ahead import HandoffAhead, LayerAhead
from watchbill.checks.rule import Facts
from watchbill.checks.wall_hours import WallHours, second_of_week
from watchbill.model.on_call import Layer, Version
from watchbill.roster.clock import DAY, HOUR, zone
from watchbill.roster.windows import WEEK, monday_before

Rhythm = Literal["days", "every day", "several a day", "too many a day"]

_SHORTEST = 8 * HOUR
_UNITS = {"hours": HOUR, "days": DAY, "weeks": WEEK, "months": 28 * DAY}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class HandoffHours:
    """Judges handoffs by the working hours and nights of ``policies/workload.yaml``.

    A person without a zone is taken to live in that of the layer. ``margin`` is in seconds.
    """

    def __init__(self, facts: Facts, margin: int) -> None:
        self._margin, self._now = margin, facts.judged[0]
        self._zones = {person.id: person.timezone for person in facts.model.people.values()}
        self._work, self._night = WallHours(facts.model.workload.working_hours), WallHours(facts.model.workload.night)
        self._known: dict[tuple[frozenset[str], str, int], int | None] = {}

    def zone_of(self, person: str, version: Version) -> str:
        """Return the zone in which a handoff is judged for a person."""
        return self._zones.get(person) or version.timezone

    def may_disturb(self, ahead: LayerAhead) -> bool:
        """Say whether any handoff to a layer can lie at a bad hour; ``False`` is sure, and found without any shift."""
        zones = {self._zones.get(person) for person in ahead.timeline.people} - {None}
        zones.update(version.timezone for layer in ahead.role.layers for version in layer.versions)
        if zones != {ahead.schedule.timezone}:
            return True
        if not all(self._is_calm(version) for version in ahead.layer.versions):
            return True
        return len(ahead.role.layers) > 1 and any(map(self._night.holds_inside, _edges(ahead.role.layers)))

    def disturbed(self, handoff: HandoffAhead) -> tuple[str, ...]:
        """Return whom of the two a handoff disturbs; nobody if it could hardly be better."""
        version = handoff.version
        both = (handoff.giver, handoff.taker)
        seconds = {person: second_of_week(handoff.instant, self.zone_of(person, version)) for person in both}
        rhythm = rhythm_of(version) if handoff.inside else "several a day"
        bad = tuple(person for person in both if not self._fits(rhythm, seconds[person]))
        if rhythm == "several a day":
            return bad if len(bad) == len(both) else ()
        if len(bad) == 1 and self._nearest(handoff) is None:
            return ()  # no hour suits everybody of this rotation, and one of the two is at work
        return bad

    def better(self, handoff: HandoffAhead) -> str:
        """Return how to write the nearest point that lies in working hours of everybody, empty if there is none."""
        version = handoff.version
        nearest = self._nearest(handoff) if handoff.inside else None
        if nearest is None or version.every is None or rhythm_of(version) not in ("days", "every day"):
            return ""
        minutes = nearest % DAY // 60
        time, weekday = f"{minutes // 60:02}:{minutes % 60:02}", _WEEKDAYS[nearest // DAY]
        forms = {"weeks": f"{weekday} {time}", "months": f"first {weekday} {time}"}
        return forms.get(version.every.unit, time)

    def _nearest(self, handoff: HandoffAhead) -> int | None:
        """Return the second of the layer's week that suits all zones of a rotation and is nearest to a handoff."""
        version = handoff.version
        zones = frozenset(self.zone_of(person, version) for person in _people_of(version))
        key = zones, version.timezone, second_of_week(handoff.instant, version.timezone)
        if key not in self._known:
            self._known[key] = self._search(*key)
        return self._known[key]

    def _search(self, zones: Collection[str], zone_name: str, written: int) -> int | None:
        place = zone(zone_name)
        monday = monday_before(place.wall_at(self._now))
        found = [
            second
            for second in range(0, WEEK, HOUR // 2)
            if all(self._work.holds(second_of_week(place.utc_of(monday + second), name)) for name in zones)
        ]
        distance = {second: min((second - written) % WEEK, (written - second) % WEEK) for second in found}
        return min(found, key=lambda second: (distance[second], second), default=None)

    def _fits(self, rhythm: Rhythm, second: int) -> bool:
        match rhythm:
            case "days":
                return self._work.holds(second, self._margin)
            case "every day":
                return self._work.holds_on_any_day(second, self._margin)
            case "several a day":
                return not self._night.holds_inside(second)
            case "too many a day":
                return True

    def _is_calm(self, version: Version) -> bool:
        if version.every is None or version.every.unit == "months":
            return version.every is None
        return all(
            self._fits(rhythm_of(version), (point.weekday or 0) * DAY + point.seconds) for point in version.handoff
        )


def rhythm_of(version: Version) -> Rhythm:
    """Return how often a version hands off. Listed turns were each chosen by somebody, so nothing is asked of them."""
    if version.every is None:
        return "too many a day"
    length = _UNITS[version.every.unit] * version.every.count // max(len(version.handoff), 1)
    if length < DAY:
        return "several a day" if length >= _SHORTEST else "too many a day"
    if version.every.unit == "days":
        return "days" if version.every.count % 7 == 0 else "every day"
    return "days" if length >= 2 * DAY else "every day"


def _people_of(version: Version) -> Iterator[str]:
    return (person for member in version.members for person in member)


def _edges(layers: Collection[Layer]) -> Iterator[int]:
    """Yield the seconds of the week at which one layer may take over from another."""
    for version in (version for layer in layers for version in layer.versions):
        for point in version.handoff:
            yield (point.weekday or 0) * DAY + point.seconds
        for span in (span for part in (version.during.parts if version.during else ()) for span in part.spans or ()):
            yield span.weekday * DAY + span.start
            yield ((span.weekday + span.days) * DAY + span.end) % WEEK
