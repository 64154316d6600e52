"""``watchbill off add``: write down that somebody cannot be on call, and see who stands in."""

from __future__ import annotations

from pathlib import Path

import click

from watchbill.cli import editing, typed_values

KINDS = ("vacation", "appointment", "sick", "training", "parental", "other", "prefer-not")


@click.group("off")
def off() -> None:
    """Write down that somebody cannot be on call."""


@off.command("add")
@click.argument("who", metavar="PERSON")
@click.option("--from", "start", default="now", show_default=True, metavar="TIME", help="The first day, or moment.")
@click.option("--through", "last", metavar="DAY", help="The last day; itself included.")
@click.option("--until", "end", metavar="TIME", help="The moment at which PERSON is back.")
@click.option("--kind", type=click.Choice(KINDS), help="What it is; vacation if not given.")
@click.option("--sick", is_flag=True, help="The same as --kind sick --unplanned.")
@click.option("--unplanned", is_flag=True, help="Not known beforehand: always covered, and the order never moves.")
@click.option("--reason", metavar="TEXT", help="Why, for the team's own memory; it is kept in the repository.")
@editing.editing
def add(
    who: str,
    start: str,
    last: str | None,
    end: str | None,
    kind: str | None,
    sick: bool,
    unplanned: bool,
    reason: str | None,
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Write down that PERSON is away, and show who is on call then.

    Times are those of the person's zone. A day with --until is its midnight; --through takes whole days.
    """
    if sick and kind not in (None, "sick"):
        raise click.UsageError("--sick says already what it is; leave --kind out.")
    edit = editing.Edit(directory, at, dry_run=dry_run)
    person = edit.person(who)
    zone_name = edit.zone_of(person)
    span = {"from": typed_values.moment(start, zone_name, edit.now, "--from") or ""}
    span |= typed_values.ending(end, last, zone_name, edit.now, midnight=True)
    entry: dict[str, str | bool | int] = {**span, "kind": "sick" if sick else kind or "vacation"}
    entry |= {"unplanned": True} if unplanned or sick else {}
    edit.look_at(typed_values.instants(span, zone_name))
    _add(edit, person, {**entry, **typed_values.reason(reason)}, f"{' '.join(map(' '.join, span.items()))} {zone_name}")
    edit.finish()


def _add(edit: editing.Edit, person: str, entry: dict[str, str | bool | int], when: str) -> None:
    from watchbill.edit.dated_entries import add_time_off

    with editing.in_place():
        path = add_time_off(edit.files, person, entry)
    known = "" if path is not None else "; this is written down already"
    edit.notes.append(f"{person} is away {when}{known}.")
