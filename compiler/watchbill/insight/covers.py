"""Who stood in for whom, and who owes whom: from the causes of shifts that were taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from watchbill.intervals import Stretch
from watchbill.records import dataclass
from watchbill.roster.timeline import CauseRow, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The seconds, in a number of shifts, that one person stood in for another in one schedule and role."""

    person: str
    instead_of: str
    schedule: str
    role: str
    seconds: int
    shifts: int


def covers(rosters: Mapping[str, Roster], stretch: Stretch) -> tuple[Covered, ...]:
    """Return who stood in for whom inside a stretch, sorted by both, schedule and role.

    A cover and an override name whom they replace, a follower the first who was passed over. An override of a whole
    role replaces nobody in particular and is left out.
    """
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for name, roster in rosters.items():
        for role, timeline in roster.timelines.items():
            replaced = [replaced_by(cause) for cause in timeline.causes]
            if not any(replaced):
                continue
            for start, end, holder, cause in zip(
                timeline.start, timeline.end, timeline.person, timeline.cause, strict=True
            ):
                absent = replaced[cause]
                inside = min(end, stretch[1]) - max(start, stretch[0])
                if absent is not None and inside > 0:
                    entry = found.setdefault((timeline.people[holder], absent, name, role), [0, 0])
                    entry[0] += inside
                    entry[1] += 1
    return tuple(
        Covered(person=person, instead_of=absent, schedule=schedule, role=role, seconds=seconds, shifts=shifts)
        for (person, absent, schedule, role), (seconds, shifts) in sorted(found.items())
    )


def replaced_by(cause: CauseRow) -> str | None:
    """Return who would hold a shift of this cause otherwise; ``None`` for own shifts and overrides of a whole role."""
    if cause.kind in ("cover", "override"):
        return cause.instead_of
    return cause.skipped[0].person if cause.kind == "follower" and cause.skipped else None


def debts(covered: Iterable[Covered]) -> Mapping[tuple[str, str], int]:
    """Return who owes whom how many seconds, each pair once: ``(debtor, creditor)``, sorted, more than 0."""
    given: dict[tuple[str, str], int] = {}
    for each in covered:
        pair = (each.person, each.instead_of)
        given[pair] = given.get(pair, 0) + each.seconds
    owed = {
        (absent, person): seconds - given.get((absent, person), 0)
        for (person, absent), seconds in given.items()
        if person != absent
    }
    return dict(sorted((pair, seconds) for pair, seconds in owed.items() if seconds > 0))
