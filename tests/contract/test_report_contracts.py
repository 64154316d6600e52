"""Reports for services are what the services accept: by restated schemas, and by SARIF's own validator."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

import told_findings
from example_organisation import FIRST_MONDAY, on
from told_findings import HOSTILE, compilation, located
from watchbill.checks.catalogue import RULES
from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Label, Level, Place
from watchbill.reports import gitlab, rdjson, sarif

SCHEMAS = Path(__file__).parent / "schemas"
MULTITOOL = os.environ.get("SARIF_MULTITOOL") or shutil.which("Sarif.Multitool") or shutil.which("sarif-multitool")

# A warning that cannot be met: there is no address of ours that would stay.
ACCEPTED = {"SARIF2005"}

Render = Callable[[Compilation], str]
FORMATS: tuple[tuple[Render, str], ...] = (
    (sarif.render, "sarif"),
    (gitlab.render, "code-quality"),
    (rdjson.render, "rdjson"),
)
every_format = pytest.mark.parametrize(("render", "name"), FORMATS, ids=[name for _, name in FORMATS])


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def run_of(whole: Compilation) -> dict[str, Any]:
    """Return the one run of the SARIF log."""
    (run,) = json.loads(sarif.render(whole))["runs"]
    found: dict[str, Any] = run
    return found


def of_every_rule() -> list[LocatedFinding]:
    """Return a finding of each rule of the catalogue."""
    return [located(rule.level, rule=rule.name, message=rule.summary) for rule in RULES]


def known_hostile(folder: Path) -> Compilation:
    """Return the hostile findings under names of rules that exist, as every finding of a compile has."""
    whole = told_findings.hostile(folder)
    findings = [
        located(Level.ERROR, message=f"x{text}", help=text, place=Place(file=f"schedules/{text}.yaml"))
        for text in HOSTILE
    ]
    return compilation(folder, *findings, *(each for each in whole.findings if each.finding.rule == "coverage-gap"))


@every_format
def test_reports_fit_the_schema(render: Render, name: str, tmp_path: Path) -> None:
    for findings in ([], list(told_findings.three(tmp_path).findings), of_every_rule()):
        jsonschema.validate(json.loads(render(compilation(tmp_path, *findings))), schema(name))


@every_format
def test_reports_of_hostile_texts_fit_the_schema(render: Render, name: str, tmp_path: Path) -> None:
    jsonschema.validate(json.loads(render(known_hostile(tmp_path))), schema(name))


@every_format
def test_the_report_of_the_example_fits_the_schema(render: Render, name: str) -> None:
    jsonschema.validate(json.loads(render(on(FIRST_MONDAY))), schema(name))


def test_each_rule_of_the_log_has_its_page() -> None:
    run = run_of(compilation_of_rules())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule.name for rule in RULES)
    for rule in rules:
        assert rule["name"].lower() != rule["id"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n")
        assert "## How to fix" in rule["help"]["markdown"]
        assert len(rule["fullDescription"]["text"]) > 20
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def compilation_of_rules() -> Compilation:
    return replace(on(FIRST_MONDAY), findings=tuple(of_every_rule()))


def test_a_result(tmp_path: Path) -> None:
    run = run_of(told_findings.three(tmp_path))
    error, warning, note = run["results"]
    fingerprints = error.pop("partialFingerprints")
    assert fingerprints["primaryLocationLineHash"] == f"{fingerprints['watchbill/v1'][:16]}:1"
    assert error == {
        "ruleId": "coverage-gap",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "payments has no primary. Help: write an override."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "schedules/on-call/payments.yaml", "uriBaseId": "SRCROOT"},
                    "region": {
                        "startLine": 6,
                        "startColumn": 15,
                        "endLine": 6,
                        "endColumn": 19,
                        "snippet": {"text": "    coverage: 24x7"},
                    },
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 0,
                "message": {"text": "Zoë is away"},
                "physicalLocation": {
                    "artifactLocation": {"uri": "schedules/time-off/zoe.yaml", "uriBaseId": "SRCROOT"},
                    "region": {
                        "startLine": 12,
                        "startColumn": 12,
                        "endLine": 12,
                        "endColumn": 15,
                        "snippet": {"text": "- {reason: Zoë}"},
                    },
                },
            }
        ],
    }
    assert (warning["level"], note["level"]) == ("warning", "note")
    assert note["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


@pytest.mark.parametrize("text", ["[click](1)", "[x](https://example.org)", "see {0}", "\\[a](b)"])
def test_a_message_holds_no_link_and_no_argument(tmp_path: Path, text: str) -> None:
    (result,) = run_of(compilation(tmp_path, located(message=text, help="")))["results"]
    told = result["message"]["text"]
    assert not re.search(r"(?<!\\)[\[\]]", told)
    assert not re.search(r"(?<!\{)\{\d+\}", told)


def test_addresses_name_the_very_file(tmp_path: Path) -> None:
    findings = [located(place=Place(file=f"schedules/{text}.yaml")) for text in HOSTILE]
    results = run_of(compilation(tmp_path, *findings))["results"]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert [unquote(uri, errors="surrogateescape") for uri in uris] == [f"schedules/{text}.yaml" for text in HOSTILE]


def test_the_gravest_come_first_and_no_more_than_have_room(tmp_path: Path) -> None:
    number = sarif.MOST_RESULTS // 2 + 10
    findings = [located(level, line) for line in range(number) for level in (Level.WARNING, Level.ERROR)]
    run = run_of(compilation(tmp_path, *findings))
    levels = [result["level"] for result in run["results"]]
    assert levels == ["error"] * number + ["warning"] * (sarif.MOST_RESULTS - number)
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("20 more findings have no room here.")
    names = [result["partialFingerprints"]["watchbill/v1"] for result in run["results"]]
    assert len(set(names)) == len(names)


def test_a_hundred_other_places_are_enough(tmp_path: Path) -> None:
    labels = tuple(Label(place=Place(file="schedules/people.yaml", path=(n,)), text="here") for n in range(150))
    (result,) = run_of(compilation(tmp_path, located(labels=labels)))["results"]
    assert len(result["relatedLocations"]) == 100


def test_columns_for_reviewdog_count_bytes(tmp_path: Path) -> None:
    text = "name: Zoë 支払い x"
    wide = LocatedFinding(finding=told_findings.finding(), position=told_findings.position(text, 3, 11, 15))
    (diagnostic,) = json.loads(rdjson.render(compilation(tmp_path, wide)))["diagnostics"]
    found = diagnostic["location"]["range"]
    inside = text.encode()[found["start"]["column"] - 1 : found["end"]["column"] - 1]
    assert inside.decode() == "支払い "


@pytest.mark.skipif(MULTITOOL is None, reason="the SARIF multitool is not installed (npm: @microsoft/sarif-multitool)")
@pytest.mark.parametrize("which", ["example", "three", "hostile", "rules", "nothing"])
def test_the_multitool_finds_nothing_by_the_rules_of_github(which: str, tmp_path: Path) -> None:
    assert MULTITOOL is not None
    wholes: dict[str, Callable[[], Compilation]] = {
        "example": lambda: on(FIRST_MONDAY),
        "three": lambda: told_findings.three(tmp_path),
        "hostile": lambda: known_hostile(tmp_path),
        "rules": compilation_of_rules,
        "nothing": lambda: compilation(tmp_path),
    }
    log, result = tmp_path / "check.sarif", tmp_path / "result.sarif"
    log.write_text(sarif.render(wholes[which]()), encoding="utf-8")
    command = [MULTITOOL, "validate", str(log), "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"]
    subprocess.run(
        [*command, "--output", str(result), "--log", "ForceOverwrite"],
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    (run,) = json.loads(result.read_text(encoding="utf-8-sig"))["runs"]
    found = {f"{each['ruleId']} {each['message'].get('arguments')}" for each in run.get("results", ())}
    assert {each for each in found if each.split()[0] not in ACCEPTED} == set()
    notifications = run["invocations"][0].get("toolExecutionNotifications", [])
    assert [each for each in notifications if each.get("level") == "error"] == []
