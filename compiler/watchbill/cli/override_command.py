"""``watchbill override add`` and ``watchbill override cover``: give a stretch to somebody else."""

from __future__ import annotations

from pathlib import Path

import click

from watchbill.cli import editing, typed_values


@click.group("override")
def override() -> None:
    """Give a stretch of a roster to somebody else."""


@override.command("add")
@click.argument("schedule", metavar="SCHEDULE")
@click.argument("who", metavar="PERSON")
@click.option("--role", metavar="ROLE", help="The role; primary, or the only one, if not given.")
@click.option("--from", "start", default="now", show_default=True, metavar="TIME", help="The moment it begins.")
@click.option("--until", "end", metavar="TIME", help="The moment it ends.")
@click.option("--through", "last", metavar="DAY", help="The last day; itself included.")
@click.option("--instead-of", "absent", metavar="PERSON", help="Take only the seat of this person, while it is held.")
@click.option("--reason", metavar="TEXT", help="Why; it is kept in the repository.")
@editing.editing
def add(
    schedule: str,
    who: str,
    role: str | None,
    start: str,
    end: str | None,
    last: str | None,
    absent: str | None,
    reason: str | None,
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Put PERSON on call for a stretch of SCHEDULE; `nobody` makes a planned hole.

    Times are those of the schedule's zone.
    """
    from watchbill.edit.dated_entries import add_overrides

    edit = editing.Edit(directory, at, dry_run=dry_run)
    track = edit.track(schedule, role)
    zone_name = edit.before.model.schedules[track[0]].timezone
    person = who if who == "nobody" else edit.person(who)
    span = {"from": typed_values.moment(start, zone_name, edit.now, "--from") or ""}
    span |= typed_values.ending(end, last, zone_name, edit.now, midnight=False)
    entry: dict[str, str | bool | int] = {"schedule": track[0], "role": track[1], **span, "person": person}
    entry |= {} if absent is None else {"instead-of": edit.person(absent)}
    edit.look_at(typed_values.instants(span, zone_name))
    add_overrides(edit.files, f"{span['from'][:10]}-{track[0]}-{person}", [{**entry, **typed_values.reason(reason)}])
    edit.concerned.append(track)
    edit.finish()
