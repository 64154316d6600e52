"""``watchbill capacity``: how many people a schedule needs and has, and what a change would do to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, options, questions

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.insight.prospects import Capacity
    from watchbill.model.on_call import TimeOff
    from watchbill.planning.capacity import Change
    from watchbill.reports.table import Format

_AHEAD = 52 * 7 * questions.ONE_DAY


@click.command("capacity")
@click.argument("schedule", metavar="SCHEDULE")
@click.option("--without", metavar="PERSON", multiple=True, help="Somebody who leaves; may be given several times.")
@click.option(
    "--time-off",
    "time_off",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="A YAML file of more time off: each person, and below the entries as in schedules/time-off.",
)
@options.directory()
@click.option("--at", "--now", "at", metavar="TIME", help="The instant to look ahead from; now if not given.")
@options.table_format("the answer")
def capacity(
    schedule: str, without: tuple[str, ...], time_off: Path | None, directory: Path, at: str | None, form: Format
) -> None:
    """Say how many people SCHEDULE needs under the policy, how many it has, and what happens if one leaves.

    Everything is compiled and judged by the rules, for the coming 52 weeks. Without --without and --time-off, each
    person of the schedule leaves once.
    """
    from watchbill.planning.capacity import Change
    from watchbill.reports import capacity as report
    from watchbill.reports.table import written
    from watchbill.roster.clock import END_OF_TIME

    now = clock.instant(at, directory)
    end = min(now + _AHEAD, END_OF_TIME)
    compilation = questions.compiled_at(directory, now, ((now, end),))
    schedule_id = questions.schedule(compilation, schedule)
    change = Change(
        leaving=tuple(dict.fromkeys(questions.person(compilation, word) for word in without)),
        time_off=() if time_off is None else _read(time_off, compilation),
        source="" if time_off is None else str(time_off),
    )
    found = _capacity(compilation, schedule_id, change, end)
    head = {
        "at": questions.iso(now, compilation.clock.timezone),
        "until": questions.iso(end, compilation.clock.timezone),
        "tzdata": compilation.tools.tzdata,
        "schedule": schedule_id,
    }
    click.echo(written(report.tables(found, compilation.model), form, dict[str, object](head)), nl=False)


def _capacity(compilation: Compilation, schedule: str, change: Change, end: int) -> Capacity:
    from watchbill.planning.capacity import capacity as capacity_of
    from watchbill.planning.judging import Judging

    horizon = compilation.horizon[0], end
    clock_of = compilation.clock
    judging = Judging(compilation.model, now=clock_of.now, horizon=horizon, timezone=clock_of.timezone)
    return capacity_of(judging, schedule, change)


def _read(path: Path, compilation: Compilation) -> tuple[TimeOff, ...]:
    from watchbill.cli.time_off_file import read_time_off

    return read_time_off(path, compilation.model)
