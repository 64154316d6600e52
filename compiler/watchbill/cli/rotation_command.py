"""``watchbill rotation add-member`` and ``remove-member``: who takes turns, from the next handoff on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from watchbill.cli import editing, options, typed_values
from watchbill.cli.options import Decorated


@click.group("rotation")
def rotation() -> None:
    """Change who takes turns, from a handoff on."""


def _of_a_layer(function: Decorated) -> Decorated:
    """Add what says which rotation is meant, and when."""
    return editing.editing(
        options.added(
            function,
            click.argument("schedule", metavar="SCHEDULE"),
            click.argument("who", metavar="PERSON"),
            click.option("--role", metavar="ROLE", help="The role; primary, or the only one, if not given."),
            click.option(
                "--layer", "layer_id", metavar="LAYER", help="The layer, if the role has several with members."
            ),
            click.option(
                "--from", "start", metavar="DAY", help="From the first handoff on or after this day; the next."
            ),
        )
    )


@rotation.command("add-member")
@click.option("--after", metavar="PERSON", help="Whose turn comes before; last in the order if not given.")
@_of_a_layer
def add_member(
    schedule: str,
    who: str,
    role: str | None,
    layer_id: str | None,
    start: str | None,
    after: str | None,
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Let PERSON take turns in SCHEDULE. Nothing before the handoff moves, and nobody is skipped or doubled."""
    from watchbill.edit import rotations

    edit = editing.Edit(directory, at, dry_run=dry_run)
    track, person = edit.track(schedule, role), edit.person(who)
    model = edit.before.model
    with editing.in_place():
        layer = rotations.layer_of(model.schedules[track[0]], track[1], layer_id)
        begin = rotations.from_day(edit.now, _day(edit, track[0], start))
        behind = None if after is None else edit.person(after)
        first = rotations.add_member(edit.files, model, layer, person, begin, behind)
    edit.concerned.append(track)
    edit.notes.append(f"{person} takes turns in {track[0]}/{track[1]}, layer {layer.id}, from {first} on.")
    edit.finish()


@rotation.command("remove-member")
@_of_a_layer
def remove_member(
    schedule: str,
    who: str,
    role: str | None,
    layer_id: str | None,
    start: str | None,
    directory: Path,
    at: str | None,
    dry_run: bool,
) -> None:
    """Let SCHEDULE go on without PERSON. Nothing before the handoff moves, and nobody is skipped or doubled."""
    from watchbill.edit import rotations

    edit = editing.Edit(directory, at, dry_run=dry_run)
    track, person = edit.track(schedule, role), edit.person(who)
    model = edit.before.model
    with editing.in_place():
        layer = rotations.layer_of(model.schedules[track[0]], track[1], layer_id)
        begin = rotations.from_day(edit.now, _day(edit, track[0], start))
        first = rotations.remove_member(edit.files, model, layer, person, begin)
    edit.concerned.append(track)
    edit.notes.append(f"{track[0]}/{track[1]}, layer {layer.id}, goes on without {person} from {first} on.")
    edit.finish()


def _day(edit: editing.Edit, schedule: str, text: str | None) -> date | None:
    zone_name = edit.before.model.schedules[schedule].timezone
    found = typed_values.day(text, zone_name, edit.now, "--from")
    return None if found is None else date.fromisoformat(found)
