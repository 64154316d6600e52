"""Whether somebody is away at an instant, and where that is written."""

from __future__ import annotations

from watchbill.model.repository import Model
from watchbill.roster.presence import presence_of
from watchbill.roster.timeline import Skip


def absence(model: Model, person_id: str, instant: int) -> Skip | None:
    """Return why a person is away at an instant, or ``None`` for who is there, or is not known.

    Somebody without a zone of his own or the organisation's is away as soon as the zone of any schedule sees it so.
    """
    person = model.people.get(person_id)
    if person is None:
        return None
    time_off = [entry for entry in model.time_off if entry.person == person_id]
    named = person.timezone or model.organization.timezone
    for zone in [named] if named else sorted({schedule.timezone for schedule in model.schedules.values()}):
        found = presence_of(person, time_off, zone).absence_at(instant, instant + 1)
        if found is not None:
            return Skip(person=person_id, reason=found.reason, place=found.place)
    return None
