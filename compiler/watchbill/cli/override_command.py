"""``watchbill override add`` and ``watchbill override cover``: give a stretch to somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import editing, typed_values

if TYPE_CHECKING:
    from watchbill.insight.prospects import ShiftToCover


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


@override.command("cover")
@click.argument("who", metavar="PERSON")
@click.option("--from", "start", default="now", show_default=True, metavar="TIME", help="When PERSON stops.")
@click.option("--until", "end", required=True, metavar="TIME", help="When PERSON is back.")
@click.option("--with", "chosen", metavar="PERSON", help="Who takes over; the first choice if not given.")
@click.option("--schedule", metavar="SCHEDULE", help="Only the shifts of one schedule.")
@click.option("--role", metavar="ROLE", help="Only the shifts of one role.")
@click.option("--reason", metavar="TEXT", help="Why; it is kept in the repository.")
@editing.editing
def cover(
    who: str,
    start: str,
    end: str,
    chosen: str | None,
    schedule: str | None,
    role: str | None,
    reason: str | None,
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Give all that PERSON holds for a time to somebody who can take it, as `watchbill suggest cover` ranks them.

    Times are those of the organisation's zone.
    """
    from watchbill.cli.suggest_command import shifts_to_cover, stretch_asked
    from watchbill.edit.dated_entries import add_overrides

    edit = editing.Edit(directory, at, dry_run=dry_run)
    person = edit.person(who)
    taker = None if chosen is None else edit.person(chosen)
    zone_name = edit.before.clock.timezone
    first, last = (typed_values.moment(text, zone_name, edit.now, "The time") or "" for text in (start, end))
    asked = stretch_asked(first, last, edit.now, directory)
    edit.look_at(asked)
    of_schedule = None if schedule is None else edit.track(schedule, role)[0]
    shifts = shifts_to_cover(edit.before, person, asked, of_schedule, role)
    entries = [each for shift in shifts for each in _entries(shift, person, _taker(shift, person, taker), reason)]
    if entries:
        add_overrides(edit.files, f"{str(entries[0]['from'])[:10]}-{entries[0]['schedule']}-{person}-cover", entries)
    else:
        edit.notes.append(f"{person} holds no shift in this time.")
    edit.finish()


def _entries(shift: ShiftToCover, person: str, taker: str, reason: str | None) -> Iterator[dict[str, str]]:
    """Yield the overrides that give a shift to somebody, as they are written."""
    from watchbill.edit.moments import spelled_instant

    for start, end in shift.pieces:
        yield {
            "schedule": shift.schedule,
            "role": shift.role,
            "from": spelled_instant(start, shift.timezone),
            "until": spelled_instant(end, shift.timezone),
            "person": taker,
            "instead-of": person,
            **typed_values.reason(reason),
        }


def _taker(shift: ShiftToCover, person: str, wanted: str | None) -> str:
    """Return who takes a shift over. Exits with status 2 if nobody can, or not who is wanted."""
    track = f"{shift.schedule}/{shift.role}"
    if shift.written:
        raise editing.RefusedError(f"{shift.written} gives {track} to {person}; change it there. Nothing was written.")
    if wanted is None and shift.best is not None:
        return shift.best.person
    if wanted is None:
        raise editing.RefusedError(f"Nobody can take {track} over from {person}. Nothing was written.")
    choice = next((each for each in shift.choices if each.person == wanted), None)
    if choice is not None and choice.refused:
        raise editing.RefusedError(f"{wanted} {choice.refused}. Nothing was written.")
    return wanted
