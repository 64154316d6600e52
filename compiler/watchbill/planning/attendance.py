"""How much of a stretch people belong to a pool and are there: joining, leaving, away, part-time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from watchbill.insight.prospects import Attendance
from watchbill.intervals import Stretch, contains, intersect, subtract, total, union
from watchbill.model.people import Limits
from watchbill.model.repository import Model
from watchbill.model.workload import WorkLimit
from watchbill.planning.pools import Rotation
from watchbill.roster.presence import presence_of

_ANY = "any"


def attendances(
    model: Model, pool: Sequence[Rotation], roles: Iterable[str], limits: Iterable[WorkLimit], stretch: Stretch
) -> list[Attendance]:
    """Return the attendance of everybody who belongs to a pool in a stretch, in the order in which they are written.

    ``roles`` are those that the pool fills; ``limits`` in force say what part of them a part-timer counts for.
    """
    allowed = _allowed(limits)
    wanted = {*roles, _ANY}
    found = []
    for person, terms in terms_of(pool).items():
        known = model.people.get(person)
        away = absences(model, person, pool[0].version.timezone)
        missing = total(intersect(terms, away))
        found.append(
            Attendance(
                person=person,
                present=Fraction(total(terms) - missing, stretch[1] - stretch[0]),
                part=_part(known.limits, allowed, wanted) if known else Fraction(1),
                away=Fraction(missing, stretch[1] - stretch[0]),
            )
        )
    return found


def terms_of(pool: Sequence[Rotation]) -> dict[str, list[Stretch]]:
    """Return when each person belongs to a pool."""
    written = (person for rotation in pool for member in rotation.version.members for person in member)
    others = (person for rotation in pool for person in sorted(rotation.terms))
    return {
        person: union(term for rotation in pool for term in rotation.terms.get(person, ()))
        for person in dict.fromkeys([*written, *others])
    }


def absences(model: Model, person: str, zone_name: str) -> list[Stretch]:
    """Return when a person is away, for whatever reason; ``zone_name`` counts where no nearer one is written."""
    known = model.people.get(person)
    if known is None:
        return []
    time_off = [entry for entry in model.time_off if entry.person == person]
    local = known.timezone or model.organization.timezone or zone_name
    return list(presence_of(known, time_off, local).away)


def present_at(model: Model, pool: Sequence[Rotation], instant: int) -> int:
    """Return how many people of a pool are there at an instant."""
    return sum(
        contains(subtract(terms, absences(model, person, pool[0].version.timezone)), instant)
        for person, terms in terms_of(pool).items()
    )


def _allowed(limits: Iterable[WorkLimit]) -> Mapping[str, Fraction]:
    """Return the share that everybody may have, by role."""
    found: dict[str, Fraction] = {}
    for limit in limits:
        threshold = limit.warning or limit.error
        if limit.measure == "share" and threshold is not None and threshold.value > 0:
            found.setdefault(limit.role, threshold.value)
    return found


def _part(own: Limits, allowed: Mapping[str, Fraction], roles: Iterable[str]) -> Fraction:
    parts = [own.share[role] / allowed[role] for role in roles if role in own.share and role in allowed]
    return min([Fraction(1), *parts])
