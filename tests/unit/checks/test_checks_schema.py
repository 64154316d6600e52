"""The schema of policies/checks.yaml that editors get accepts exactly the names of which a check has nothing to say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from watchbill.cli.schema_command import schema
from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree

NOW = 1_769_990_400  # Mon 2 Feb 2026
NAMES = {"unknown-rule", "unknown-option", "wrong-option", "rule-level-fixed", "wrong-value"}


def _waiver(rule: str) -> dict[str, str]:
    return {
        "rule": rule,
        "subject": "schedule/harbour",
        "from": "2026-01-01",
        "through": "2026-12-31",
        "owner": "mary",
        "reason": "The port is closed",
    }


BODIES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a level": {"rules": {"double-booked": "off"}},
    "a level that there is not": {"rules": {"double-booked": "never"}},
    "an option": {"rules": {"coverage-gap": {"options": {"error-within-days": 30}}}},
    "an option of a wrong type": {"rules": {"coverage-gap": {"options": {"error-within-days": "soon"}}}},
    "an unknown option": {"rules": {"coverage-gap": {"options": {"error-within": 30}}}},
    "an unknown rule": {"rules": {"coverage-gaps": "off"}},
    "a fixed rule": {"rules": {"duplicate-key": "off"}},
    "a waiver": {"waivers": [_waiver("coverage-gap")]},
    "a waiver of an unknown rule": {"waivers": [_waiver("coverage-gaps")]},
    "a waiver of a fixed rule": {"waivers": [_waiver("duplicate-key")]},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_schema_and_findings_agree(body: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "schedules").mkdir()
    (tmp_path / "policies/checks.yaml").write_text(json.dumps(body), encoding="utf-8")
    (tmp_path / "schedules/people.yaml").write_text("mary: {name: Mary Anning}\n", encoding="utf-8")
    found = {located.finding.rule for located in compile_tree(DirectoryTree(tmp_path), now=NOW).findings}
    printed = CliRunner().invoke(schema, ["checks"]).output
    accepted = jsonschema.Draft202012Validator(json.loads(printed)).is_valid(body)
    assert accepted is not bool(found & NAMES)
