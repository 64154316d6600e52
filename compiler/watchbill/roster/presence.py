"""Presence: when a person is away, why, and where that is written.

Away means time off, before ``joined`` or after ``left``, in whole local days of the person's own zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

from watchbill.findings import Place
from watchbill.intervals import Stretch, subtract, union
from watchbill.model.on_call import TimeOff
from watchbill.model.people import Person
from watchbill.model.time_values import DatedStretch
from watchbill.records import dataclass
from watchbill.roster.clock import DAY, END_OF_TIME, START_OF_TIME, Zone, wall, zone

AwayReason = Literal["away", "left", "not-joined"]

WEIGHS_ONLY = "prefer-not"
"""The kind of time off that weighs in suggestions and never moves the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One stretch of absence in UTC seconds, its reason, and the place where it is written."""

    start: int
    end: int
    reason: AwayReason
    place: Place
    unplanned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A person's absences, as sets of stretches for fast questions.

    ``away``: all of them. ``planned``: planned time off and before joining, what ``advance`` and ``swap`` look at in a
    holder. ``refused``: planned and after leaving, what refuses a candidate there. ``always_covered``: unplanned time
    off and after leaving, which every mode covers.
    """

    person: str
    absences: tuple[Absence, ...]
    away: tuple[Stretch, ...]
    planned: tuple[Stretch, ...]
    refused: tuple[Stretch, ...]
    always_covered: tuple[Stretch, ...]

    def absence_at(self, start: int, end: int) -> Absence | None:
        """Return the first absence that touches a stretch."""
        return next((a for a in self.absences if a.start < end and start < a.end), None)


def stretch_of(stretch: DatedStretch, place: Zone) -> Stretch:
    """Return a dated stretch in UTC seconds; without an end it runs to the end of time."""
    start = place.instant(stretch.start)
    if stretch.through is not None:
        return start, place.utc_of(wall(stretch.through) + DAY)
    return start, END_OF_TIME if stretch.until is None else place.instant(stretch.until)


def _absences(person: Person, time_off: Iterable[TimeOff], place: Zone) -> list[Absence]:
    found: list[Absence] = []
    if person.joined is not None:
        found.append(
            Absence(
                start=START_OF_TIME,
                end=place.midnight(person.joined),
                reason="not-joined",
                place=person.place.at("joined"),
            )
        )
    if person.left is not None:
        gone = place.midnight(person.left + timedelta(days=1))
        found.append(Absence(start=gone, end=END_OF_TIME, reason="left", place=person.place.at("left")))
    for entry in time_off:
        if entry.kind == WEIGHS_ONLY:
            continue
        start, end = stretch_of(entry.stretch, place)
        if start < end:
            found.append(Absence(start=start, end=end, reason="away", place=entry.place, unplanned=entry.unplanned))
    return sorted(found, key=lambda a: (a.start, a.end, a.place.file, str(a.place.path)))


def presence_of(person: Person, time_off: Iterable[TimeOff], zone_name: str) -> Presence:
    """Return a person's presence; ``zone_name`` is the zone in which the person's days are counted."""
    absences = _absences(person, time_off, zone(zone_name))
    left = [(a.start, a.end) for a in absences if a.reason == "left"]
    unplanned = [(a.start, a.end) for a in absences if a.unplanned]
    planned = union((a.start, a.end) for a in absences if a.reason != "left" and not a.unplanned)
    return Presence(
        person=person.id,
        absences=tuple(absences),
        away=tuple(union((a.start, a.end) for a in absences)),
        planned=tuple(planned),
        refused=tuple(union([*planned, *left])),
        always_covered=tuple(union([*unplanned, *left])),
    )


def claimed_empty(presence: Presence) -> list[Stretch]:
    """Return the absences that ``leave-gap`` leaves empty: planned ones, less what is always covered."""
    return subtract(presence.planned, presence.always_covered)
