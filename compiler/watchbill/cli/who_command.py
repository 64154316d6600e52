"""``watchbill who`` and ``watchbill next``: who is on call, until when, and who comes after."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import questions

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.insight.holdings import Holding
    from watchbill.model.on_call import Role, Schedule


@click.command("who")
@click.argument("about", metavar="[SCHEDULE|SERVICE|TEAM]", required=False)
@questions.of_any_commit
@questions.asking
def who(about: str | None, directory: Path, at: str | None, form: str, revision: str | None) -> None:
    """Say who is on call now, or at a time, and until when."""
    compilation = questions.compiled(directory, at, revision)
    _answer(compilation, about, form, count=1)


@click.command("next")
@click.argument("about", metavar="[SCHEDULE|SERVICE|TEAM]", required=False)
@click.option("--count", type=click.IntRange(1, 100), default=3, show_default=True, help="How many to show.")
@questions.of_any_commit
@questions.asking
def next_(about: str | None, count: int, directory: Path, at: str | None, form: str, revision: str | None) -> None:
    """Say who is on call now and who comes after, with the time of each handoff."""
    compilation = questions.compiled(directory, at, revision)
    _answer(compilation, about, form, count=count + 1)


def _answer(compilation: Compilation, about: str | None, form: str, *, count: int) -> None:
    found = questions.subject(compilation, about)
    roles = [
        (schedule, role, _ahead(compilation, schedule, role, count))
        for schedule in found.schedules
        if schedule.id in compilation.rosters
        for role in schedule.roles
    ]
    if form == "json":
        questions.print_json(_as_json(compilation, roles))
    else:
        _print(compilation, roles)


def _ahead(compilation: Compilation, schedule: Schedule, role: Role, count: int) -> list[Holding]:
    from watchbill.insight.holdings import holdings

    timeline = compilation.rosters[schedule.id].timelines[role.id]
    gaps = [gap for gap in compilation.gaps if gap.schedule == schedule.id and gap.role == role.id]
    return list(islice(holdings(timeline, gaps, compilation.clock.now, compilation.horizon[1]), count))


def _as_json(compilation: Compilation, roles: list[tuple[Schedule, Role, list[Holding]]]) -> object:
    return {
        "version": 1,
        "at": questions.iso(compilation.clock.now, compilation.clock.timezone),
        "tzdata": compilation.tools.tzdata,
        "roles": [
            {
                "schedule": schedule.id,
                "role": role.id,
                "timezone": schedule.timezone,
                "holdings": [
                    {
                        "from": questions.iso(holding.start, schedule.timezone),
                        "until": None if holding.end is None else questions.iso(holding.end, schedule.timezone),
                        "people": list(holding.people),
                        "gap": holding.gap is not None,
                    }
                    for holding in ahead
                ],
            }
            for schedule, role, ahead in roles
        ],
    }


def _print(compilation: Compilation, roles: list[tuple[Schedule, Role, list[Holding]]]) -> None:
    from watchbill.roster.clock import spell
    from watchbill.text import printable

    click.echo(f"At {spell(compilation.clock.now, compilation.clock.timezone)}")
    if not roles:
        click.echo("No schedule here has anybody to put on call.")
    shown = ""
    width = max((len(role.id) for _, role, _ in roles), default=0)
    for schedule, role, ahead in roles:
        if schedule.id != shown:
            click.echo(f"\n{printable(schedule.name)} ({schedule.id})")
            shown = schedule.id
        for i, holding in enumerate(ahead):
            label = role.id.ljust(width) if i == 0 else " " * width
            click.echo(f"  {label}  {_line(compilation, schedule, holding, first=i == 0)}")


def _line(compilation: Compilation, schedule: Schedule, holding: Holding, *, first: bool) -> str:
    from watchbill.roster.clock import spell

    people = questions.names_of(compilation, holding.people)
    if holding.gap is not None:
        people = (
            "NOBODY, but coverage is owed"
            if not holding.people
            else f"{people} (too few: {holding.gap.required} needed)"
        )
    elif not holding.people:
        people = "nobody (not required)"
    end = "" if holding.end is None else f" until {spell(holding.end, schedule.timezone)}"
    return f"{people}{end}" if first else f"then {people}{end}"
