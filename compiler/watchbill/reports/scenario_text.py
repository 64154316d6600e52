"""The report of scenarios for a terminal: one line each, and below those that fail what really holds, and why."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.findings import Level
from watchbill.reports.full import report_of
from watchbill.reports.scenario_words import summary, titled, truth, why
from watchbill.reports.terminal import Paint, shown
from watchbill.scenarios.records import LocatedOutcome, ScenarioRun


def render(run: ScenarioRun, *, colour: bool = False) -> str:
    """Return the report as text that ends in a line feed. All text of the repository is made printable."""
    paint = Paint(colour=colour)
    lines = [line for located in run.outcomes for line in _lines(run, located, paint)]
    if run.findings:
        lines += ["", report_of(run.findings)]
    failed = sum(not located.outcome.passed for located in run.outcomes)
    lines += ["", summary(len(run.outcomes), failed, len(run.findings))]
    return "\n".join(lines).lstrip("\n") + "\n"


def _lines(run: ScenarioRun, located: LocatedOutcome, paint: Paint) -> Iterator[str]:
    outcome, model = located.outcome, run.compilation.model
    verdict = paint.bold("PASS") if outcome.passed else paint.level(Level.ERROR, "FAIL")
    yield f"{verdict} {where(located)}: {titled(model, outcome)}"
    if outcome.passed:
        return
    yield f"     {truth(model, outcome)}"
    for text, place in why(model, outcome):
        written = f", see {shown(run.where[place])}" if place is not None and place in run.where else ""
        yield f"     {text}{written}"


def where(located: LocatedOutcome) -> str:
    """Return where a scenario stands: ``scenarios/holidays.yaml:3:3``."""
    file, position = shown(located.outcome.scenario.place.file), located.position
    return file if position is None else f"{file}:{position.line}:{position.column}"
