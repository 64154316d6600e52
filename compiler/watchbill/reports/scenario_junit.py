"""The report of scenarios as JUnit XML: one suite a file, one test a scenario; a fault of a file is an error."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree

from watchbill.compilation import LocatedFinding
from watchbill.reports.scenario_words import titled, truth, why
from watchbill.reports.terminal import shown
from watchbill.scenarios.records import LocatedOutcome, ScenarioRun


def render(run: ScenarioRun) -> str:
    """Return the report as XML in UTF-8."""
    cases = sorted([*_scenarios(run), *map(_fault, run.findings)], key=lambda case: (case.get("file", ""), _line(case)))
    root = ElementTree.Element("testsuites", {"name": "watchbill test", **_counts(cases)})
    for file, group in groupby(cases, key=lambda case: case.get("file", "")):
        inside = list(group)
        suite = ElementTree.SubElement(root, "testsuite", {"name": file, **_counts(inside), "time": "0"})
        suite.extend(inside)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.replace("##[", "#&#35;[")


def _counts(cases: list[ElementTree.Element]) -> dict[str, str]:
    failures = sum(case.find("failure") is not None for case in cases)
    errors = sum(case.find("error") is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors), "skipped": "0"}


def _line(case: ElementTree.Element) -> int:
    return int(case.get("line", "0"))


def _scenarios(run: ScenarioRun) -> list[ElementTree.Element]:
    return [_scenario(run, located) for located in run.outcomes]


def _scenario(run: ScenarioRun, located: LocatedOutcome) -> ElementTree.Element:
    outcome, model = located.outcome, run.compilation.model
    position = located.position
    case = _case(outcome.scenario.place.file, titled(model, outcome), position.line if position else None)
    if not outcome.passed:
        failure = ElementTree.SubElement(case, "failure", {"message": truth(model, outcome), "type": "scenario"})
        failure.text = "\n".join(
            text + (f", see {shown(run.where[place])}" if place is not None and place in run.where else "")
            for text, place in why(model, outcome)
        )
    return case


def _fault(located: LocatedFinding) -> ElementTree.Element:
    finding, position = located.finding, located.position
    case = _case(finding.place.file, shown(finding.message), position.line if position else None)
    error = ElementTree.SubElement(case, "error", {"message": shown(finding.message), "type": shown(finding.rule)})
    error.text = f"help: {shown(finding.help)}"
    return case


def _case(file: str, name: str, line: int | None) -> ElementTree.Element:
    attributes = {"classname": "watchbill.scenario", "name": name, "file": shown(file), "time": "0"}
    if line is not None:
        attributes["line"] = str(line)
    return ElementTree.Element("testcase", attributes)
