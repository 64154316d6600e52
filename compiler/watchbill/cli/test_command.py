"""``watchbill test``: judges scenario files, and says of those that fail what really holds, and why."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, options, questions

if TYPE_CHECKING:
    from watchbill.compilation import LocatedFinding
    from watchbill.findings import Finding, Place
    from watchbill.scenarios.records import Outcome, ScenarioRun
    from watchbill.source.named_files import NamedFiles
    from watchbill.source.tree import Tree

FOLDER = "scenarios"
"""Where scenarios lie unless paths are given: beside the three folders."""

_MOST_FILES = 2_000


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATHS]...")
@options.directory("test")
@click.option("--now", metavar="TIME", help="Compile as if it were this instant; now if not given.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    help="How the report is written; text if not given.",
)
def test(paths: Sequence[Path], directory: Path, now: str | None, form: str) -> None:
    """Test the rosters against scenarios: who must be on call at a time, whom an escalation must reach.

    PATHS are files or folders of scenarios; the folder scenarios of the repository if none is given. Exit status: 0 all
    scenarios hold, 1 one fails or cannot be read, 2 there is none.
    """
    run = _run(_files(paths, directory), directory, now)
    click.echo(_rendered(run, form), nl=False, color=True)
    sys.exit(0 if run.passed else 1)


def _files(paths: Sequence[Path], directory: Path) -> NamedFiles:
    from watchbill.source.named_files import files_below, named_files

    if not paths:
        if not (directory / FOLDER).exists() and not (directory / FOLDER).is_symlink():
            raise click.UsageError(
                f"There is no folder '{FOLDER}' in {directory}. Write a scenario into {FOLDER}/first.yaml, such as "
                "`- {at: 2026-12-24 10:00, schedule: payments, role: primary, person: ada}`, or name a file."
            )
        found = files_below(directory, FOLDER, _MOST_FILES)
    else:
        found = named_files([_meant(path) for path in paths], _MOST_FILES)
    if found.too_many or len(found.files) > _MOST_FILES:
        raise click.UsageError(f"There are more than {_MOST_FILES:,} files of scenarios. Name some of them.")
    if not found.files and not found.findings:
        raise click.UsageError("There is no file of scenarios: none ends in .yaml.")
    return found


def _meant(path: Path) -> Path:
    """Return the scenarios of a repository where one is named, else the path."""
    from watchbill.source.tree import FOLDERS

    return path / FOLDER if any((path / folder).is_dir() for folder in FOLDERS) else path


def _run(files: NamedFiles, directory: Path, now: str | None) -> ScenarioRun:
    from watchbill.scenarios.judging import judged
    from watchbill.scenarios.reading import demands, scenarios_of
    from watchbill.scenarios.records import LocatedOutcome, ScenarioRun
    from watchbill.source.positions import locate
    from watchbill.source.read import read
    from watchbill.source.tree import DirectoryTree

    scenarios, faults = scenarios_of(read(files))
    tree = DirectoryTree(directory)
    compilation = questions.compiled_tree(tree, clock.instant(now, directory), demands(scenarios))
    outcomes, unknown = judged(compilation, scenarios)
    return ScenarioRun(
        compilation=compilation,
        outcomes=tuple(
            LocatedOutcome(outcome=outcome, position=locate(files, outcome.scenario.place)) for outcome in outcomes
        ),
        findings=_located(files, [*faults, *unknown]),
        where=_where(tree, outcomes),
    )


def _located(files: NamedFiles, findings: Iterable[Finding]) -> tuple[LocatedFinding, ...]:
    from watchbill.compilation import LocatedFinding
    from watchbill.source.positions import locate

    located = [LocatedFinding(finding=finding, position=locate(files, finding.place)) for finding in findings]
    return tuple(
        sorted(
            located,
            key=lambda one: (
                one.finding.place.file,
                (one.position.line, one.position.column) if one.position else (0, 0),
                one.finding.rule,
                one.finding.message,
            ),
        )
    )


def _where(tree: Tree, outcomes: Iterable[Outcome]) -> dict[Place, str]:
    """Return where the places that explain failed scenarios stand in the repository."""
    from watchbill.source.positions import locate

    failed = [outcome for outcome in outcomes if not outcome.passed]
    places = [call.target.place for outcome in failed for call in outcome.calls]
    places += [skip.place for outcome in failed for skip in outcome.absent if skip.place is not None]
    for shift in (shift for outcome in failed for shift in outcome.shifts):
        places += [shift.cause.place, *(skip.place for skip in shift.cause.skipped if skip.place is not None)]
    found: dict[Place, str] = {}
    for place in dict.fromkeys(places):
        position = locate(tree, place)
        found[place] = place.file if position is None else f"{place.file}:{position.line}"
    return found


def _rendered(run: ScenarioRun, form: str) -> str:
    from watchbill.reports import scenario_json, scenario_junit, scenario_text

    if form == "json":
        return scenario_json.render(run)
    if form == "junit":
        return scenario_junit.render(run)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return scenario_text.render(run, colour=colour)
