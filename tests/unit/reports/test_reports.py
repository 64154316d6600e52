"""Reports: the exact text that people read, columns under wide characters, and hostile text made harmless."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from compiled_pages import compile_files
from told_findings import compilation, finding, position
from watchbill.compilation import LocatedFinding
from watchbill.findings import Label, Level, Place
from watchbill.reports import concise, full, json_report
from watchbill.reports.terminal import columns
from watchbill.resources import PACKAGE

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202egnp\r\n::error::x ##[error]y\u2028\x9b31m\udcff"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def test_the_full_report(tmp_path: Path) -> None:
    away = Label(place=Place(file="schedules/time-off/ada.yaml", path=(0,)), text="ada is away")
    gone = Label(place=Place(file="schedules/time-off/grace.ics"), text="grace is away")
    located = LocatedFinding(
        finding=finding(labels=(away, gone)),
        position=position("    coverage: 24x7", 6, 15, 19),
        label_positions=(position("- {from: 2026-12-24}", 12, 3, 21), None),
    )
    nowhere = LocatedFinding(finding=finding(Level.WARNING, help=""), position=None)
    assert full.render(compilation(tmp_path, located, nowhere)) == (
        "error[coverage-gap]: payments has no primary\n"
        "  --> schedules/on-call/payments.yaml:6:15\n"
        "   |\n"
        " 6 |     coverage: 24x7\n"
        "   |               ^^^^\n"
        "   |\n"
        "  ::: schedules/time-off/ada.yaml:12:3\n"
        "   |\n"
        "12 | - {from: 2026-12-24}\n"
        "   |   ------------------ ada is away\n"
        "   = grace is away: schedules/time-off/grace.ics\n"
        "   |\n"
        "help: write an override\n"
        "\n"
        "warning[coverage-gap]: payments has no primary\n"
        " --> schedules/on-call/payments.yaml\n"
        "\n"
        "Found 1 error and 1 warning in 3 files.\n"
    )


def test_the_concise_report(tmp_path: Path) -> None:
    located = LocatedFinding(finding=finding(), position=position("    coverage: 24x7", 6, 15, 19))
    nowhere = LocatedFinding(finding=finding(Level.INFO), position=None)
    assert concise.render(compilation(tmp_path, located, nowhere)) == (
        "schedules/on-call/payments.yaml:6:15: error[coverage-gap] payments has no primary\n"
        "schedules/on-call/payments.yaml: info[coverage-gap] payments has no primary\n"
        "Found 1 error and 1 note in 3 files.\n"
    )


@pytest.mark.parametrize(
    ("levels", "line"),
    [
        ([], "All checks passed in 3 files."),
        ([Level.WARNING], "Found 1 warning in 3 files."),
        ([Level.INFO, Level.ERROR, Level.ERROR], "Found 2 errors and 1 note in 3 files."),
        ([Level.INFO, Level.WARNING, Level.ERROR], "Found 1 error, 1 warning and 1 note in 3 files."),
    ],
)
def test_the_last_line_counts(tmp_path: Path, levels: list[Level], line: str) -> None:
    located = [LocatedFinding(finding=finding(level), position=None) for level in levels]
    for render in (full.render, concise.render):
        assert render(compilation(tmp_path, *located)).split("\n")[-2] == line


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("name: 支払い x", 10, 11),
        ("name: 支払い", 7, 10),
        ("name: e\u0301te\u0301", 7, 12),
        ("name: Zoë", 7, 10),
        ("a: \\u202e b", 4, 10),
    ],
)
def test_carets_stand_under_what_they_mean(tmp_path: Path, text: str, start: int, end: int) -> None:
    report = full.render(
        compilation(tmp_path, LocatedFinding(finding=finding(), position=position(text, 1, start, end)))
    )
    lines = report.split("\n")
    carets = next(line for line in lines if "^" in line)
    assert lines[lines.index(carets) - 1] == f"1 | {text}"
    assert carets.index("^") == columns(f"1 | {text[: start - 1]}")
    assert carets.count("^") == columns(text[start - 1 : end - 1])


def test_a_tab_and_a_wide_name_in_a_real_file(tmp_path: Path) -> None:
    people = 'ada: {name: "支払い", timezone: Europe/Berlim}\ngrace: {name: G}\nlinus: {name: L}\n'
    report = full.render(compile_files({"schedules/people.yaml": people}, tmp_path))
    lines = report.split("\n")
    carets = next(line for line in lines if "^" in line)
    assert carets.index("^") == columns('1 | ada: {name: "支払い", timezone: ')
    assert carets.count("^") == len("Europe/Berlim")


def test_no_text_of_a_repository_reaches_a_terminal_raw(tmp_path: Path) -> None:
    hostile = finding(
        message=HOSTILE,
        help=HOSTILE,
        rule=HOSTILE,
        place=Place(file=f"schedules/{HOSTILE}.yaml", path=(HOSTILE,)),
        labels=(Label(place=Place(file=HOSTILE), text=HOSTILE), Label(place=Place(file=HOSTILE), text=HOSTILE)),
    )
    where = position(HOSTILE, 3, 1, 5)
    located = LocatedFinding(finding=hostile, position=where, label_positions=(where, None))
    whole = compilation(tmp_path, located)
    for report in (full.render(whole), concise.render(whole), json_report.render(whole)):
        assert not CONTROL.search(report)
    for report in (full.render(whole), concise.render(whole)):
        assert not any(line.lstrip().startswith("::error") for line in report.split("\n"))
        assert "##[" not in report
    assert not CONTROL.search(re.sub("\x1b\\[[0-9;]*m", "", full.render(whole, colour=True)))


def test_colours_only_if_asked(tmp_path: Path) -> None:
    located = LocatedFinding(finding=finding(), position=position("a: b", 1, 4, 5))
    whole = compilation(tmp_path, located)
    for render in (full.render, concise.render):
        assert "\x1b" not in render(whole)
        coloured = render(whole, colour=True)
        assert "\x1b[31;1m" in coloured
        assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == render(whole)


def test_the_json_report_fits_its_schema(tmp_path: Path) -> None:
    label = Label(place=Place(file="schedules/people.yaml", path=("ada", "left"), part="key"), text="ada leaves")
    located = LocatedFinding(
        finding=finding(labels=(label,), subject="schedule/payments", stretch=(1_795_420_800, 1_795_424_400)),
        position=position("    coverage: 24x7", 6, 15, 19),
        label_positions=(None,),
    )
    report = json.loads(json_report.render(compilation(tmp_path, located, located)))
    schema = json.loads((PACKAGE / "reports" / "report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    assert (report["version"], report["errors"], report["warnings"], report["files"]) == (1, 2, 0, 3)
    first, second = (found.pop("fingerprint") for found in report["findings"])
    assert first != second
    assert report["findings"][0] == {
        "rule": "coverage-gap",
        "level": "error",
        "message": "payments has no primary",
        "help": "write an override",
        "subject": "schedule/payments",
        "stretch": {"start": "2026-11-23T08:00:00Z", "end": "2026-11-23T09:00:00Z"},
        "place": {
            "file": "schedules/on-call/payments.yaml",
            "path": ["roles", "primary", "coverage"],
            "line": 6,
            "column": 15,
            "end_column": 19,
        },
        "labels": [
            {
                "text": "ada leaves",
                "place": {
                    "file": "schedules/people.yaml",
                    "path": ["ada", "left"],
                    "line": None,
                    "column": None,
                    "end_column": None,
                },
            }
        ],
    }


def test_every_object_of_the_json_schema_is_closed() -> None:
    schema = json.loads((PACKAGE / "reports" / "report.schema.json").read_text())
    objects = [part for part in (schema, *schema["$defs"].values()) if part.get("type") == "object"]
    assert len(objects) == 4
    assert all(part["additionalProperties"] is False for part in objects)
    assert all(set(part["required"]) == set(part["properties"]) for part in objects)
