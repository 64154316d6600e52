"""What holds for every format of the check: the same bytes, nothing hidden, no command, and paths below a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import told_findings
from told_findings import CONTROL, commands_in
from watchbill.reports import json_text
from watchbill.reports.formats import FORMATS, below, render

every_format = pytest.mark.parametrize("form", FORMATS)
JSON = ("json", "gitlab", "sarif", "rdjson", "issues")


@every_format
def test_a_report_ends_in_a_line_feed_and_says_what_was_found(tmp_path: Path, form: str) -> None:
    text = render(told_findings.three(tmp_path), form)
    assert text.endswith("\n")
    assert "coverage-gap" in text
    assert "schedules/on-call/payments.yaml" in text
    assert "payments has no primary" in text


@every_format
def test_the_same_findings_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    (tmp_path / "other").mkdir()
    assert render(told_findings.hostile(tmp_path), form) == render(told_findings.hostile(tmp_path / "other"), form)


@every_format
def test_no_text_of_a_repository_is_hidden_or_a_command(tmp_path: Path, form: str) -> None:
    text = render(told_findings.hostile(tmp_path), form)
    assert not CONTROL.search(text)
    text.encode("utf-8")
    assert "##[" not in text
    assert form == "github" or commands_in(text) == []


@pytest.mark.parametrize("form", [*JSON, "json-lines"])
def test_json_is_ascii(tmp_path: Path, form: str) -> None:
    text = render(told_findings.hostile(tmp_path), form)
    assert text.isascii()
    for document in text.splitlines() if form == "json-lines" else [text]:
        json.loads(document)


@every_format
def test_paths_lie_below_the_folder_of_the_repository(tmp_path: Path, form: str) -> None:
    text = render(told_findings.three(tmp_path), form, prefix="duty/rosters/")
    assert "duty/rosters/schedules/on-call/payments.yaml" in text
    if form == "sarif":  # the pages of rules name files of examples
        text = text[text.index('"results"') :]
    assert text.count("schedules/") == text.count("duty/rosters/schedules/")


def test_other_places_of_a_finding_are_moved_too(tmp_path: Path) -> None:
    (first, *_) = below(told_findings.three(tmp_path), "rosters").findings
    assert first.finding.labels[0].place.file == "rosters/schedules/time-off/zoe.yaml"
    assert first.finding.place.path == ("roles", "primary", "coverage")


@every_format
def test_nothing_found_is_a_report_too(tmp_path: Path, form: str) -> None:
    text = render(told_findings.compilation(tmp_path), form)
    if form in JSON:
        json.loads(text)
    elif form == "json-lines":
        assert text == ""
    elif form == "junit":
        assert 'failures="0"' in text
    else:
        assert "All checks passed in 3 files." in text


def test_every_format_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[3] / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
    table = page[page.index("| Format |") : page.index("The gravest findings")]
    assert {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")} == set(FORMATS)


@given(st.text(st.sampled_from('#[]\\"a\n'), max_size=20), st.booleans())
def test_json_is_the_same_text_without_commands(text: str, ascii_only: bool) -> None:
    written = json_text.written({text: [text]}, ascii_only=ascii_only)
    assert "##[" not in written
    assert json.loads(written) == {text: [text]}
