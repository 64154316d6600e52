"""Where somebody is newly to be on call while away, or when they asked not to be.

Nobody is ever on call while away, so an override onto time off is void; ``prefer-not`` moves nothing, and is a clash
with the shifts that somebody gains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchbill.change.moves import Rename
from watchbill.change.records import Clash, Move
from watchbill.findings import Place
from watchbill.intervals import Stretch, clip, intersect
from watchbill.model.on_call import TimeOff
from watchbill.model.repository import Model
from watchbill.roster.clock import zone
from watchbill.roster.presence import WEIGHS_ONLY, presence_of, stretch_of


def clashes(moves: Sequence[Move], base: Model, head: Model, ahead: Stretch, rename: Rename) -> list[Clash]:
    """Return the clashes that a change brings from now on, by person and time."""
    before = {(rename(c.person), c.schedule, c.role, c.stretch) for c in _void(base, ahead)}
    void = [c for c in _void(head, ahead) if (c.person, c.schedule, c.role, c.stretch) not in before]
    return sorted([*void, *_unwanted(moves, head)], key=lambda c: (c.person, c.stretch, c.schedule, c.role))


def _unwanted(moves: Sequence[Move], model: Model) -> Iterator[Clash]:
    wishes: dict[str, list[TimeOff]] = {}
    for entry in model.time_off:
        if entry.kind == WEIGHS_ONLY:
            wishes.setdefault(entry.person, []).append(entry)
    for move in moves if wishes else ():
        for person in move.after:
            for entry in wishes.get(person, ()):
                wish = stretch_of(entry.stretch, zone(_zone_of(person, move.schedule, model)))
                for both in intersect([move.stretch], [wish]):
                    yield _clash(person, move.schedule, move.role, both, entry.place, void=False)


def _void(model: Model, ahead: Stretch) -> Iterator[Clash]:
    """Yield where an override names somebody who is away."""
    time_off: dict[str, list[TimeOff]] = {}
    for entry in model.time_off:
        time_off.setdefault(entry.person, []).append(entry)
    for override in model.overrides:
        person = model.people.get(override.person or "")
        schedule = model.schedules.get(override.schedule)
        if person is None or schedule is None:
            continue
        written = clip([stretch_of(override.stretch, zone(schedule.timezone))], *ahead)
        presence = presence_of(person, time_off.get(person.id, ()), _zone_of(person.id, schedule.id, model))
        for both in intersect(written, presence.away):
            absence = presence.absence_at(*both)
            place = absence.place if absence else override.place
            yield _clash(person.id, override.schedule, override.role, both, place, void=True)


def _zone_of(person: str, schedule: str, model: Model) -> str:
    """Return the zone of a person's days: the own one, else the organisation's, else the schedule's."""
    known = model.people.get(person)
    written = (known.timezone if known else None) or model.organization.timezone
    return written or model.schedules[schedule].timezone


def _clash(person: str, schedule: str, role: str, stretch: Stretch, place: Place, *, void: bool) -> Clash:
    return Clash(person=person, schedule=schedule, role=role, stretch=stretch, place=place, void=void)
