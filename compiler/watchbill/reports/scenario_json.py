"""The report of scenarios for programs."""

from __future__ import annotations

from watchbill.compilation import LocatedFinding
from watchbill.reports.json_text import written
from watchbill.reports.scenario_words import claim, truth, why
from watchbill.roster.clock import spell_offset, zone
from watchbill.scenarios.records import LocatedOutcome, ScenarioRun


def render(run: ScenarioRun) -> str:
    """Return the report as JSON that ends in a line feed."""
    failed = sum(not located.outcome.passed for located in run.outcomes)
    document = {
        "version": 1,
        "tool": {"watchbill": run.compilation.tools.watchbill, "tzdata": run.compilation.tools.tzdata},
        "passed": len(run.outcomes) - failed,
        "failed": failed,
        "scenarios": [_scenario(run, located) for located in run.outcomes],
        "findings": [_finding(located) for located in run.findings],
    }
    return written(document)


def _scenario(run: ScenarioRun, located: LocatedOutcome) -> object:
    outcome, model = located.outcome, run.compilation.model
    position = located.position
    return {
        "file": outcome.scenario.place.file,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "name": outcome.scenario.name,
        "passed": outcome.passed,
        "at": _iso(outcome.instant, outcome.timezone),
        "claim": claim(model, outcome),
        "truth": truth(model, outcome),
        "why": []
        if outcome.passed
        else [
            {"text": text, "place": run.where.get(place) if place is not None else None}
            for text, place in why(model, outcome)
        ],
        "holders": [shift.person for shift in outcome.shifts],
        "calls": [
            {
                "after-seconds": call.after,
                "certain": call.certain,
                "target": {"kind": call.target.kind, "id": call.target.id, "role": call.role or None},
                "people": list(call.people),
            }
            for call in outcome.calls
        ],
    }


def _finding(located: LocatedFinding) -> object:
    finding, position = located.finding, located.position
    return {
        "rule": finding.rule,
        "file": finding.place.file,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "message": finding.message,
        "help": finding.help,
    }


def _iso(instant: int, zone_name: str) -> str:
    local = zone(zone_name).local(instant)
    hours, rest = divmod(local.seconds, 3600)
    return f"{local.day}T{hours:02}:{rest // 60:02}:{rest % 60:02}{spell_offset(local.offset)}"
