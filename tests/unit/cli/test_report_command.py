"""``watchbill report`` as a user asks it: tables that add up, formats that agree, and what a slip of the hand gets."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest

from command_runs import run, write

NOW = ("--now", "2026-11-23T09:00Z")
FILES = {
    "policies/organization.yaml": "name: Example\ntimezone: Europe/Berlin\n",
    "policies/workload.yaml": (
        "limits:\n  share: {primary: {warning: 27%}}\n  weekends: {any: {warning: 3 per 12 weeks}}\n"
        "  rest: {primary: {warning: 11 hours}}\n"
    ),
    "schedules/people.yaml": (
        "ada: {name: Ada Lovelace}\ngrace: {name: '=Grace | Hopper'}\nlinus: {name: Linus Pauling}\n"
        "emmy: {name: Emmy Noether, joined: 2026-12-21}\n"
    ),
    "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grace, linus, emmy]}\n",
    "schedules/on-call/payments.yaml": (
        "name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n  primary:\n    coverage: 24x7\n    layers:\n"
        "      - {id: weekly, from: 2026-11-23, every: 1 week, handoff: monday 00:00, members: [ada, grace, linus]}\n"
    ),
    "schedules/time-off/grace.yaml": "- {from: 2026-12-01, through: 2026-12-01}\n",
}
PERIOD = ("--period", "2026-11-23..2026-12-13")
"""Three weeks, one for each."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write(FILES, tmp_path)


def report(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("report", *arguments, "-C", root, *NOW)


def rows(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return {row["person"]: row for row in json.loads(done.stdout)["tables"][0]["rows"]}


def test_the_load_of_a_period_adds_up(repository: Path) -> None:
    found = rows(report(repository, "load", *PERIOD, "--format", "json"))
    assert {person: row["hours"] for person, row in found.items()} == {"ada": 168, "grace": 144, "linus": 192}
    assert {person: row["turns"] for person, row in found.items()} == {"ada": 1, "grace": 1, "linus": 1}
    assert {person: row["taken-over-hours"] for person, row in found.items()} == {"ada": 0, "grace": 0, "linus": 24}
    assert {person: row["nights"] for person, row in found.items()} == {"ada": 8, "grace": 8, "linus": 10}
    assert {person: row["weekends"] for person, row in found.items()} == {"ada": 1, "grace": 1, "linus": 1}
    assert {person: row["longest-run-days"] for person, row in found.items()} == {"ada": 7, "grace": 5, "linus": 7}
    assert found["ada"]["shortest-rest-hours"] is None
    assert found["linus"]["shortest-rest-hours"] == 5 * 24


def test_a_terminal_shows_the_difference_to_the_policy(repository: Path) -> None:
    lines = report(repository, "load", *PERIOD).stdout.split("\n")
    assert lines[0] == "Load, Mon 23 Nov 2026 00:00 Europe/Berlin to Mon 14 Dec 2026 00:00 Europe/Berlin"
    titles = ("Person", "Hours", "Primary share", "Primary rest", "Weekends", "Primary days in a row")
    assert lines[2].split("  ")[0] == "Person"
    assert all(title in lines[2] for title in titles)
    assert [" ".join(line.split()) for line in lines[4:7]] == [
        "Linus Pauling (linus) ████······ 192 h 9.6 % (-17.4) 120 h 1 (-2) 7 (+0) 7 (-7) 10 (-18)",
        "Ada Lovelace (ada) ███······· 168 h 8.4 % (-18.6) - 1 (-2) 7 (+0) 7 (-7) 8 (-20)",
        "=Grace | Hopper (grace) ███······· 144 h 7.2 % (-19.8) - 1 (-2) 5 (-2) 5 (-9) 8 (-20)",
    ]
    assert "the rules let one more pass" in lines[-2]


def test_csv_and_json_hold_the_same(repository: Path) -> None:
    as_csv = list(csv.DictReader(io.StringIO(report(repository, "load", *PERIOD, "--format", "csv").stdout)))
    as_json = rows(report(repository, "load", *PERIOD, "--format", "json"))
    assert len(as_csv) == 3
    for row in as_csv:
        assert row == {key: "" if value is None else str(value) for key, value in as_json[row["person"]].items()}


def test_a_name_means_nothing_in_markdown(repository: Path) -> None:
    text = report(repository, "load", *PERIOD, "--format", "markdown").stdout
    assert "| <code>&#61;Grace &#124; Hopper &#40;grace&#41;</code> |" in text


def test_fairness_compares_who_shares_a_rotation(repository: Path) -> None:
    tables = json.loads(report(repository, "fairness", *PERIOD, "--format", "json").stdout)["tables"]
    assert [table["title"] for table in tables] == ["Payments (payments), primary", "Who stood in for whom"]
    assert [(row["person"], row["due"], row["hours"], row["even-hours"]) for row in tables[0]["rows"]] == [
        ("linus", 0.3333, 192.0, 168.0),
        ("ada", 0.3333, 168.0, 168.0),
        ("grace", 0.3333, 144.0, 168.0),
    ]
    assert tables[1]["rows"] == [
        {"person": "linus", "instead-of": "grace", "hours": 24.0, "shifts": 1, "owed-hours": 24.0}
    ]


def test_fairness_tells_no_balance_of_too_few_turns(repository: Path) -> None:
    few = report(repository, "fairness", *PERIOD).stdout
    assert "Hours: too few turns to compare" in few
    assert "168 h (+0)" in few
    many = report(repository, "fairness", "--next", "24w").stdout
    assert "Hours: a balance of 100 %, where 80 % is the least." in many


def test_fairness_finds_the_balance_that_the_rule_finds(repository: Path) -> None:
    schedule = repository / "schedules/on-call/payments.yaml"
    uneven = "[ada, ada, ada, ada, grace, linus]"
    schedule.write_text(schedule.read_text("utf-8").replace("[ada, grace, linus]", uneven), encoding="utf-8")
    done = run("check", repository, *NOW, "--format", "json")
    (said,) = [each["message"] for each in json.loads(done.stdout)["findings"] if each["rule"] == "uneven-load"]
    balance = re.search(r"a balance of (\d+) % where 80 % is the least", said)
    assert balance is not None
    same_days = "2026-11-23..2027-11-21"
    told = report(repository, "fairness", "--period", same_days).stdout
    assert f"Hours: a balance of {balance[1]} %, where 80 % is the least." in told


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--person", "ada"), {"ada"}),
        (("--team", "payments"), {"ada", "grace", "linus"}),
        (("--schedule", "payments"), {"ada", "grace", "linus"}),
    ],
)
def test_a_report_about_some(repository: Path, arguments: tuple[str, ...], expected: set[str]) -> None:
    assert set(rows(report(repository, "load", *PERIOD, "--format", "json", *arguments))) == expected


def test_lengths_begin_and_end_today(repository: Path) -> None:
    ahead = json.loads(report(repository, "load", "--next", "1w", "--format", "json").stdout)
    assert (ahead["from"], ahead["until"]) == ("2026-11-23T00:00:00+01:00", "2026-11-30T00:00:00+01:00")
    back = json.loads(report(repository, "load", "--format", "json").stdout)
    assert (back["from"], back["until"]) == ("2026-08-31T00:00:00+02:00", "2026-11-23T00:00:00+01:00")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--person", "adda"), "Did you mean 'ada'?"),
        (("--team", "paymens"), "Did you mean 'payments'?"),
        (("--schedule", "x"), "Known: payments."),
        (("--period", "2026-Q5"), "is no period"),
        (("--last", "12 months"), "Write 12w or 90d"),
        (("--last", "1w", "--next", "1w"), "Choose one of"),
    ],
)
def test_a_slip_is_told(repository: Path, arguments: tuple[str, ...], said: str) -> None:
    done = report(repository, "load", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.replace("\n", " ")
