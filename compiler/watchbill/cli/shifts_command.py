"""``watchbill shifts``: the shifts of one person over all schedules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import questions

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.roster.timeline import Shift


@click.command("shifts")
@click.argument("who", metavar="PERSON")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How far ahead to look.")
@questions.of_any_commit
@questions.asking
def shifts(who: str, days: int, directory: Path, at: str | None, form: str, revision: str | None) -> None:
    """List the shifts of PERSON from now on, over all schedules, in the person's own time."""
    compilation = questions.compiled(directory, at, revision)
    person_id = questions.person(compilation, who)
    now = compilation.clock.now
    found = _shifts_of(compilation, person_id, now, min(now + days * questions.ONE_DAY, compilation.horizon[1]))
    zone_name = compilation.model.people[person_id].timezone or compilation.clock.timezone
    if form == "json":
        questions.print_json(_as_json(compilation, person_id, zone_name, found))
    else:
        _print(compilation, person_id, zone_name, days, found)


def _shifts_of(compilation: Compilation, person_id: str, start: int, end: int) -> list[tuple[str, str, Shift]]:
    """Return schedule, role and shift, by start."""
    found: list[tuple[str, str, Shift]] = []
    for schedule_id, roster in compilation.rosters.items():
        for role, timeline in roster.timelines.items():
            if person_id not in timeline.people:
                continue
            number = timeline.people.index(person_id)
            found += [
                (schedule_id, role, timeline.shift(i))
                for i, held_by in enumerate(timeline.person)
                if held_by == number and timeline.start[i] < end and start < timeline.end[i]
            ]
    return sorted(found, key=lambda entry: (entry[2].start, entry[2].end, entry[0], entry[1]))


def _as_json(compilation: Compilation, person_id: str, zone_name: str, found: list[tuple[str, str, Shift]]) -> object:
    return {
        "version": 1,
        "at": questions.iso(compilation.clock.now, compilation.clock.timezone),
        "tzdata": compilation.tools.tzdata,
        "person": person_id,
        "timezone": zone_name,
        "shifts": [
            {
                "schedule": schedule,
                "role": role,
                "seat": shift.seat,
                "from": questions.iso(shift.start, zone_name),
                "until": questions.iso(shift.end, zone_name),
                "cause": shift.cause.kind,
            }
            for schedule, role, shift in found
        ],
    }


def _print(
    compilation: Compilation, person_id: str, zone_name: str, days: int, found: list[tuple[str, str, Shift]]
) -> None:
    from watchbill.roster.clock import spell
    from watchbill.text import printable

    name = questions.name_of(compilation, person_id)
    if not found:
        click.echo(f"{name} has no shift in the next {days} days.")
        return
    click.echo(f"Shifts of {name}, in the time of {zone_name}:")
    for schedule, role, shift in found:
        kind = "" if shift.cause.kind in ("turn", "follower") else f" ({_KINDS[shift.cause.kind]})"
        start, end = (spell(instant, zone_name).rpartition(" ")[0] for instant in (shift.start, shift.end))
        click.echo(f"  {start} - {end}  {printable(compilation.model.schedules[schedule].name)}/{role}{kind}")


_KINDS = {"cover": "covers", "advance": "the rotation advanced", "swap": "swapped turn", "override": "override"}
"""How a cause that is no plain turn is said in a few words."""
