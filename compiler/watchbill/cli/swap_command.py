"""``watchbill swap``: two people exchange turns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import editing, typed_values

if TYPE_CHECKING:
    from watchbill.source.documents import Data

_SHOWN_AFTER = 28 * 86_400
"""Seconds after the later turn begins for which handoffs are shown, if that is beyond the published horizon."""


@click.command("swap")
@click.argument("schedule", metavar="SCHEDULE")
@click.argument("sides", nargs=2, metavar="PERSON[=DAY] PERSON[=DAY]")
@click.option("--role", metavar="ROLE", help="The role; primary, or the only one, if not given.")
@click.option("--reason", metavar="TEXT", help="Why; it is kept in the repository.")
@editing.editing
def swap(
    schedule: str,
    sides: tuple[str, str],
    role: str | None,
    reason: str | None,
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Exchange the turns of two people, as in `watchbill swap payments ada=2026-12-21 grace=2027-01-04`.

    Each DAY is the one on which the turn begins that the person gives away; without one, the person's next turn.
    """
    from watchbill.edit.dated_entries import add_swap

    edit = editing.Edit(directory, at, dry_run=dry_run)
    track = edit.track(schedule, role)
    between: dict[str, Data] = {}
    for side in sides:
        name, equals, day = side.partition("=")
        person = edit.person(name)
        between[person] = _day(edit, track, person, day if equals else None)
    if len(between) < 2:
        raise click.UsageError("A swap needs two people.")
    days = sorted(map(str, between.values()))
    stretch = typed_values.instants({"from": days[0], "through": days[-1]}, edit.zone_of_schedule(track[0]))
    edit.look_at(None if stretch is None else (stretch[0], stretch[1] + _SHOWN_AFTER))
    entry: dict[str, Data] = {"schedule": track[0], "role": track[1], "between": between}
    stem = f"{days[0]}-{track[0]}-{'-'.join(between)}"
    add_swap(edit.files, stem, {**entry, **typed_values.reason(reason)})
    edit.concerned.append(track)
    edit.void = frozenset({"swap-misses"})
    edit.finish()


def _day(edit: editing.Edit, track: tuple[str, str], person: str, text: str | None) -> str:
    zone_name = edit.zone_of_schedule(track[0])
    if text is not None:
        return typed_values.day(text, zone_name, edit.now, "The day of a swap") or ""
    from watchbill.roster.clock import zone

    timeline = edit.before.rosters[track[0]].timelines[track[1]]
    starts = [
        shift.start
        for shift in timeline
        if shift.person == person and shift.start > edit.now and shift.cause.kind in ("turn", "advance", "swap")
    ]
    if not starts:
        raise click.UsageError(
            f"{person} has no turn of {track[0]}/{track[1]} to give away. Name its day, if it has one."
        )
    return str(zone(zone_name).local(min(starts)).day)
