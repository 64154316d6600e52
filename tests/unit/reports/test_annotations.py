"""GitHub's annotations: what the runner shows, how many, and that no text becomes a command of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import told_findings
from told_findings import HOSTILE, commands_in, compilation, located
from watchbill.findings import Level, Place
from watchbill.reports import workflow_commands


def test_the_annotations(tmp_path: Path) -> None:
    assert workflow_commands.render(told_findings.three(tmp_path)) == (
        "::error title=coverage-gap,file=schedules/on-call/payments.yaml,line=6,endLine=6,col=15,endColumn=18"
        "::payments has no primary%0Ahelp: write an override\n"
        "::warning title=too-many-nights,file=schedules/people/zoe.yaml,line=1,endLine=1,col=7,endColumn=9"
        "::Zoë has 9 nights, 50%25 more than others: ask `grace`\n"
        "::notice title=coverage-gap,file=schedules/time-off/ada.ics"
        "::payments has no primary%0Ahelp: write an override\n"
        "Found 1 error, 1 warning and 1 note in 3 files.\n"
    )


def test_nothing_found(tmp_path: Path) -> None:
    assert workflow_commands.render(compilation(tmp_path)) == "All checks passed in 3 files.\n"


def test_ten_of_each_kind_and_the_rest_as_lines_of_the_log(tmp_path: Path) -> None:
    findings = [located(level, line) for line in range(1, 13) for level in (Level.INFO, Level.ERROR, Level.WARNING)]
    lines = workflow_commands.render(compilation(tmp_path, *findings)).splitlines()
    kinds = [line.split(" ")[0].strip(":") for line in lines[:30]]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert [re.sub(r".*yaml:(\d+):15: (\w+).*", r"\2 \1", line) for line in lines[30:-1]] == [
        "error 11",
        "error 12",
        "warning 11",
        "warning 12",
        "info 11",
        "info 12",
    ]


def test_every_annotation_is_one_command_that_tells_the_finding(tmp_path: Path) -> None:
    text = workflow_commands.render(told_findings.hostile(tmp_path))
    commands = commands_in(text)
    assert len(commands) == len(HOSTILE)
    assert {command.name for command in commands} == {"error", "warning", "notice"}
    for command in commands:
        assert set(command.properties) <= {"title", "file", "line", "endLine", "col", "endColumn"}
        assert command.properties["file"].startswith("schedules/")
        assert command.properties["file"].endswith(".yaml")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_reader_takes_part_of_a_text_for_a_command(tmp_path: Path, text: str) -> None:
    place = Place(file=f"schedules/{text}.yaml")
    annotated = located(message=text, help=text, rule=text, place=place)
    line, count = workflow_commands.render(compilation(tmp_path, annotated)).splitlines()
    assert count == "Found 1 error in 3 files."
    assert line.count("::") == 2
    assert "##[" not in line
    assert not told_findings.CONTROL.search(line)


def test_what_follows_the_ten_is_no_command_either(tmp_path: Path) -> None:
    ahead = [located(line=line) for line in range(10)]
    behind = [located(message=text, rule=text, place=Place(file=f"schedules/{text}")) for text in HOSTILE]
    assert len(commands_in(workflow_commands.render(compilation(tmp_path, *ahead, *behind)))) == 10


def test_a_long_message_is_cut(tmp_path: Path) -> None:
    (command,) = commands_in(workflow_commands.render(compilation(tmp_path, located(message="é%" * 4000, help=""))))
    assert len(command.data) == 4000
    assert command.data.endswith("…")
