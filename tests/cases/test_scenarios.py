"""Whole reports of ``watchbill test``, in each format. The instants and holders in them were worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scenario_repository import FILES, run

FOLDER = Path(__file__).parent / "scenarios"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def report(case: str, form: str) -> str:
    result = run("test", "-C", str(FOLDER / case), "--now", "2026-01-01", "--format", form)
    assert result.code == 1, result
    return result.output


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", ["text", "junit"])
def test_the_report_is_as_written(case: str, form: str) -> None:
    assert report(case, form) == (FOLDER / case / f"expected.{form}").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_report_for_programs_is_as_written(case: str) -> None:
    told = json.loads(report(case, "json"))
    assert set(told.pop("tool")) == {"watchbill", "tzdata"}
    assert told == json.loads((FOLDER / case / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_the_formats_agree(case: str) -> None:
    told = json.loads(report(case, "json"))
    root = ElementTree.fromstring(report(case, "junit"))  # noqa: S314 - our own output
    text = report(case, "text")
    assert told["failed"] == int(root.attrib["failures"]) == text.count("\nFAIL ") + text.startswith("FAIL ")
    assert len(told["findings"]) == int(root.attrib["errors"])
    assert len(told["scenarios"]) == told["passed"] + told["failed"]


def test_the_repository_of_the_case_is_the_one_that_other_tests_change() -> None:
    for path, text in FILES.items():
        assert (FOLDER / "harbour" / path).read_text(encoding="utf-8") == text


def test_the_scenarios_of_the_example_hold() -> None:
    result = run("test", "-C", str(Path(__file__).parents[2]), "--now", "2026-11-23T08:00Z")
    assert (result.code, result.errors) == (0, ""), result.output
    assert "scenarios hold." in result.output
