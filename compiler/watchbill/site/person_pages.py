"""A page per person: their shifts over all schedules in one zone, what comes next first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchbill.model.people import Person
from watchbill.site import addresses
from watchbill.site.edition import Edition
from watchbill.site.pages import PersonPage, ShiftTable


@dataclass(frozen=True, slots=True)
class _Own:
    """A shift of a person: its stretch, where it is, and why (the last two as HTML)."""

    start: int
    end: int
    where: str
    why: str


def person_pages(edition: Edition) -> Iterator[tuple[str, PersonPage]]:
    """Yield the pages of all people with their addresses."""
    shifts = _shifts_by_person(edition, addresses.root_from(addresses.person("id")))
    teams = _teams_by_person(edition)
    for person in edition.model.people.values():
        own = sorted(shifts.get(person.id, ()), key=lambda shift: (shift.start, shift.end, shift.where))
        yield addresses.person(person.id), _page(edition, person, own, tuple(teams.get(person.id, ())))


def _page(edition: Edition, person: Person, own: list[_Own], teams: tuple[str, ...]) -> PersonPage:
    zone = edition.zone_of(person)
    ahead = [shift for shift in own if shift.end > edition.now]
    over = [shift for shift in reversed(own) if shift.end <= edition.now]
    return PersonPage(
        name=edition.names[person.id],
        timezone=zone,
        teams=teams,
        upcoming=_table(edition, "", ahead, zone),
        past=_table(edition, "Past shifts", over, zone),
        feed=addresses.person_feed(person.id),
    )


def _table(edition: Edition, title: str, shifts: list[_Own], zone: str) -> ShiftTable:
    now, row = edition.now, edition.fragments.shift_row
    rows = [
        row((shift.start, shift.end), zone, shift.where, shift.why, current=shift.start <= now < shift.end)
        for shift in shifts
    ]
    return ShiftTable(title=title, count=len(rows), rows=edition.fragments.rows(rows), folded=bool(title))


def _shifts_by_person(edition: Edition, root: str) -> dict[str, list[_Own]]:
    found: dict[str, list[_Own]] = {}
    start_of_site, end_of_site = edition.compilation.horizon
    for schedule in edition.model.schedules.values():
        roster = edition.compilation.rosters.get(schedule.id)
        link = edition.fragments.link(addresses.schedule(schedule.id), edition.schedules[schedule.id], root)
        for role in schedule.roles:
            timeline = roster.timelines.get(role.id) if roster is not None else None
            if timeline is None:
                continue
            follows = role.follows.role if role.follows is not None else ""
            where = f"{link}, {edition.fragments.bdi(role.id)}"
            why = [edition.fragments.why(cause, follows) for cause in timeline.causes]
            own = [found.setdefault(person, []) for person in timeline.people]
            for start, end, person, cause in zip(
                timeline.start, timeline.end, timeline.person, timeline.cause, strict=True
            ):
                if start < end_of_site and end > start_of_site:
                    own[person].append(_Own(start, end, where, why[cause]))
    return found


def _teams_by_person(edition: Edition) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for team in edition.model.teams.values():
        for member in team.members:
            found.setdefault(member, []).append(team.name)
    return found
