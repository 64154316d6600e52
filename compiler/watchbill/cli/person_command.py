"""``watchbill person add`` and ``watchbill person leave``: people who come, and people who go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import editing, typed_values

if TYPE_CHECKING:
    from watchbill.model.people import Person
    from watchbill.source.documents import Data


@click.group("person")
def person() -> None:
    """Write down that somebody comes or leaves."""


@person.command("add")
@click.argument("name_id", metavar="ID")
@click.option("--name", required=True, metavar="TEXT", help="The name for display.")
@click.option("--timezone", metavar="ZONE", help="The person's own zone; the organisation's if not given.")
@click.option("--holidays", metavar="COUNTRY", help="Public holidays, such as GB-ENG, or holidays/<id>.")
@click.option("--handle", "handles", multiple=True, metavar="SYSTEM=NAME", help="A name elsewhere: github=ada.")
@click.option("--email", metavar="ADDRESS", help="An e-mail address; never on a public page.")
@click.option("--phone", metavar="NUMBER", help="A telephone number, such as +442071234567; never on a public page.")
@click.option("--trained", multiple=True, metavar="WHAT=DAY", help="on-call=2026-05-02; a schedule, service or role.")
@click.option("--joined", metavar="DAY", help="The first day present.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="A team that the person becomes a member of.")
@editing.editing
def add(
    name_id: str,
    name: str,
    timezone: str | None,
    holidays: str | None,
    handles: Sequence[str],
    email: str | None,
    phone: str | None,
    trained: Sequence[str],
    joined: str | None,
    teams: Sequence[str],
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Add the person ID, where the repository keeps people."""
    edit = editing.Edit(directory, at, dry_run=dry_run)
    _check_new(edit, name_id)
    contact = {"email": typed_values.words(email, "--email"), "phone": typed_values.words(phone, "--phone")}
    first = typed_values.day(joined, edit.before.clock.timezone, edit.now, "--joined")
    body: dict[str, Data] = {
        "name": typed_values.words(name, "--name") or "",
        "timezone": typed_values.words(timezone, "--timezone"),
        "holidays": typed_values.words(holidays, "--holidays"),
        "handles": _pairs(handles, "--handle"),
        "contact": {key: value for key, value in contact.items() if value is not None},
        "trained": _pairs(trained, "--trained"),
        "joined": first,
    }
    from watchbill.edit.people import add_person, join_team

    with editing.in_place():
        add_person(edit.files, name_id, {key: value for key, value in body.items() if value not in (None, {})})
        for team in teams:
            join_team(edit.files, edit.before.model.teams[edit.team(team)], name_id)
    edit.notes.append(f"{name_id} takes no turns yet: `watchbill rotation add-member SCHEDULE {name_id}`.")
    edit.finish()


def _check_new(edit: editing.Edit, name_id: str) -> None:
    from watchbill.model.notation import Problem, parse_id
    from watchbill.text import printable

    found = parse_id(name_id)
    if isinstance(found, Problem):
        raise click.UsageError(f"{printable(found.text)}; {printable(found.help)}.")
    known = edit.before.model.people.get(name_id)
    if known is not None or ("person", name_id) in edit.before.model.broken:
        where = f" in {known.place.file}" if known is not None else ""
        raise click.UsageError(f"There is a person {name_id} already{where}.")


def _pairs(texts: Sequence[str], option: str) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not (key and equals and value):
            raise click.UsageError(f"{option} takes a key and a value with = between, such as github=ada.")
        found[typed_values.words(key, option) or ""] = typed_values.words(value, option)
    return found


@person.command("leave")
@click.argument("who", metavar="PERSON")
@click.option("--on", "last", metavar="DAY", help="The last day at work; without it, the next handoffs decide.")
@editing.editing
def leave(who: str, last: str | None, directory: Path, at: str | None, dry_run: bool) -> None:
    """Write down that PERSON leaves: the last day, orders that go on without, and what is left to be decided."""
    from watchbill.edit import people

    edit = editing.Edit(directory, at, dry_run=dry_run)
    known = edit.before.model.people[edit.person(who)]
    day = typed_values.day(last, edit.zone_of(known.id), edit.now, "--on")
    with editing.in_place():
        gone, rotations = _go(edit, known, None if day is None else date.fromisoformat(day))
        people.leave(edit.files, known, gone)
    edit.notes.append(f"The last day of {known.id} is {gone}.")
    edit.notes += rotations
    edit.notes += _lost(edit, known, gone)
    places = people.mentions(edit.files, known.id, gone)
    edit.notes += [f"{place.file}:{place.line} still names {known.id} ({place.path})." for place in places]
    edit.finish()


def _go(edit: editing.Edit, known: Person, wanted: date | None) -> tuple[date, list[str]]:
    """Let the orders go on, and return the last day with a line for each order."""
    from watchbill.edit import people, rotations
    from watchbill.roster.clock import zone

    zone_name = edit.zone_of(known.id)
    begin = rotations.from_day(edit.now, None) if wanted is None else rotations.until_day(edit.now, wanted, zone_name)
    changed = people.leave_rotations(edit.files, edit.before.model, known.id, begin)
    lines = [
        f"{schedule}/{role}, layer {layer.id}, goes on without {known.id} from {version.start} on."
        for schedule, role, layer, version in changed
    ]
    alone = people.orders_of_one(edit.before.model, known.id)
    lines += [f"{order}, has nobody but {known.id}: name somebody else there." for order in alone]
    today = zone(zone_name).local(edit.now).day
    gone = wanted or max([today, *(version.start for *_, version in changed)])
    return gone, lines


def _lost(edit: editing.Edit, known: Person, gone: date) -> list[str]:
    from watchbill.edit.people import services_without_experience
    from watchbill.text import printable

    lost = services_without_experience(edit.before.model, known, gone)
    return [
        f"{printable(service.name)} ({service.id}) loses the last of its people who is trained for {skill}: train "
        f"somebody before {gone}."
        for service, skill in lost
    ]
