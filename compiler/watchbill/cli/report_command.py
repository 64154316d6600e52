"""``watchbill report``: what people carry in a period, and how evenly it lies on them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, options, periods, questions
from watchbill.cli.options import Decorated

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.insight.measures import Measures
    from watchbill.reports.table import Format, Table

_FARTHEST_ZONE = 14 * 3600
_DEFAULT = timedelta(weeks=12)


def reporting(function: Decorated) -> Decorated:
    """Add the options of every report: the repository, the period, the people, the format."""
    return options.added(
        function,
        options.directory(),
        click.option(
            "--period",
            metavar="PERIOD",
            help="A year, quarter, month, week or two days: 2026-Q4, 2026-12, 2026-12-01..2026-12-31.",
        ),
        click.option(
            "--last",
            metavar="LENGTH",
            help="So many weeks or days up to today: 12w, 90d. This is what happens without a period, with 12w.",
        ),
        click.option("--next", "coming", metavar="LENGTH", help="So many weeks or days from today on."),
        click.option("--person", metavar="PERSON", help="Only this person."),
        click.option("--team", metavar="TEAM", help="Only the members of this team."),
        click.option("--schedule", metavar="SCHEDULE", help="Only this schedule and its people."),
        options.table_format("the report"),
        click.option(
            "--at", "--now", "at", metavar="TIME", help="The present, for --last and --next; now if not given."
        ),
    )


@click.group("report")
def report() -> None:
    """Report what people carry, and how evenly it lies on them."""


@report.command("load")
@reporting
def load(form: Format, at: str | None, directory: Path, **chosen: str | None) -> None:
    """Show the load of each person in a period, beside the limits of the policy."""
    from watchbill.reports.load_report import load_table

    compilation, measures, title = _measured(directory, at, chosen)
    people = _people(compilation, measures, chosen)
    table = load_table(measures, people, chosen["schedule"], f"Load, {title}", _names(compilation))
    _print([table], form, measures)


@report.command("fairness")
@reporting
def fairness(form: Format, at: str | None, directory: Path, **chosen: str | None) -> None:
    """Show for each rotation how evenly its work lies on people, and who stood in for whom."""
    from watchbill.reports.fairness_report import covers_table, rotation_tables

    compilation, measures, title = _measured(directory, at, chosen)
    names, people = _names(compilation), frozenset(_people(compilation, measures, chosen))
    rosters = {name: roster for name, roster in compilation.rosters.items() if chosen["schedule"] in (None, name)}
    tables = rotation_tables(measures, rosters, names)
    if chosen["person"] or chosen["team"]:
        tables = [table for table in tables if any(row[0].value in people for row in table.rows)]
    tables.append(covers_table(rosters, measures, people, names))
    if form in ("table", "markdown"):
        click.echo(f"Fairness, {title}\n")
    _print(tables, form, measures)


def _measured(directory: Path, at: str | None, chosen: dict[str, str | None]) -> tuple[Compilation, Measures, str]:
    """Compile a repository for the chosen period, and return the measures of that period alone."""
    from watchbill.insight.measures import Measures
    from watchbill.roster.clock import day_of, spell, zone

    now = clock.instant(at, directory)
    first, after = _days(chosen, day_of(now))
    compilation = questions.compiled_at(directory, now, demanded=(_around(first, after),))
    place = zone(compilation.clock.timezone)
    today = place.local(now).day
    first, after = _days(chosen, today)
    stretch = place.midnight(first), place.midnight(after)
    measures = Measures(compilation.model, compilation.rosters, stretch, stretch[0] - 1, compilation.clock.timezone)
    return compilation, measures, f"{spell(stretch[0], place.name)} to {spell(stretch[1], place.name)}"


def _days(chosen: dict[str, str | None], today: date) -> periods.Days:
    """Return the days of the period; today is the first day that has not begun to be the past."""
    given = [name for name in ("period", "last", "coming") if chosen[name]]
    if len(given) > 1:
        raise click.UsageError("Choose one of --period, --last and --next.")
    if chosen["period"]:
        return periods.named(chosen["period"])
    if chosen["coming"]:
        return today, today + periods.length(chosen["coming"])
    return today - (periods.length(chosen["last"]) if chosen["last"] else _DEFAULT), today


def _around(first: date, after: date) -> tuple[int, int]:
    """Return the period in any zone there is, in UTC seconds."""
    from watchbill.roster.clock import wall

    return wall(first) - _FARTHEST_ZONE - questions.ONE_DAY, wall(after) + _FARTHEST_ZONE + questions.ONE_DAY


def _people(compilation: Compilation, measures: Measures, chosen: dict[str, str | None]) -> list[str]:
    """Return the people that a report is about, in order of id."""
    people = set(measures.people)
    if chosen["person"]:
        return [questions.person(compilation, chosen["person"])]
    if chosen["team"]:
        people &= set(compilation.model.teams[questions.team(compilation, chosen["team"])].members)
    if chosen["schedule"]:
        schedule = questions.schedule(compilation, chosen["schedule"])
        people &= {
            person for timeline in compilation.rosters[schedule].timelines.values() for person in timeline.people
        }
    return sorted(people)


def _names(compilation: Compilation) -> dict[str, str]:
    return {name: f"{person.name} ({name})" for name, person in compilation.model.people.items()}


def _print(tables: list[Table], form: Format, measures: Measures) -> None:
    from watchbill.reports.table import written

    head = {
        "from": questions.iso(measures.horizon[0], measures.timezone),
        "until": questions.iso(measures.horizon[1], measures.timezone),
        "timezone": measures.timezone,
    }
    click.echo(written(tables, form, head), nl=False)
