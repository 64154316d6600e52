"""``watchbill check`` and ``watchbill explain`` as a user runs them: what they print, and how they exit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from command_runs import run, write
from watchbill.resources import PACKAGE

FILES = {
    "policies/organization.yaml": "name: Example\ntimezone: Europe/Berlin\n",
    "schedules/people.yaml": (
        "ada: {name: Ada Lovelace}\ngrace: {name: Grace Hopper}\n"
        "linus: {name: Linus Pauling}\nemmy: {name: Emmy Noether}\n"
    ),
    "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grace, linus, emmy]}\n",
    "schedules/on-call/payments.yaml": (
        "name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n  primary:\n    coverage: 24x7\n    layers:\n"
        "      - {id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, "
        "members: [ada, grace, linus, emmy]}\n"
    ),
    "policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n",
}
HOLE = "schedule: payments\nrole: primary\nfrom: 2026-12-24 00:00\nuntil: 2026-12-26 00:00\nperson: nobody\n"
NOW = ("--now", "2026-11-23T09:00+01:00")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write(FILES, tmp_path / "rosters")


def add(root: Path, path: str, text: str) -> None:
    write({path: text}, root)


def test_a_clean_repository(repository: Path) -> None:
    done = run("check", repository, *NOW)
    assert (done.returncode, done.stdout, done.stderr) == (0, "All checks passed in 5 files.\n", "")


def test_an_error_is_shown_and_fails(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    done = run("check", repository, *NOW)
    assert done.returncode == 1
    assert done.stdout == (
        "error[coverage-gap]: payments has no primary from Thu 24 Dec 2026 00:00 until Sat 26 Dec 2026 00:00 "
        "Europe/Berlin: an override gives it to nobody\n"
        " --> schedules/on-call/payments.yaml:6:15\n"
        "  |\n"
        "6 |     coverage: 24x7\n"
        "  |               ^^^^\n"
        "  |\n"
        " ::: schedules/overrides/x.yaml:1:1\n"
        "  |\n"
        "1 | schedule: payments\n"
        "  | ------------------ this override to nobody\n"
        "  |\n"
        "help: name a person in the override, or list the stretch under `unstaffed` of the role if coverage is not "
        "owed then\n"
        "\n"
        "Found 1 error in 6 files.\n"
    )


def test_the_clock_decides(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    assert run("check", repository, "--now", "2026-12-26").returncode == 0
    assert run("check", repository, "--now", "2026-12-25T22:59:59Z").returncode == 1


@pytest.mark.parametrize("now", ["1970-01-06", "2100-06-01", "2100-12-31", "2100-12-31T23:59:59Z"])
def test_nothing_is_missing_before_and_after_the_years_that_are_computed(repository: Path, now: str) -> None:
    schedule = repository / "schedules/on-call/payments.yaml"
    schedule.write_text(schedule.read_text(encoding="utf-8").replace("2026-01-05", "1970-01-05"), encoding="utf-8")
    assert run("check", repository, "--now", now).stdout == "All checks passed in 5 files.\n"


@pytest.mark.parametrize(("arguments", "status"), [((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "info"), 1)])
def test_warnings_fail_only_if_asked(repository: Path, arguments: tuple[str, ...], status: int) -> None:
    add(repository, "policies/services/checkout.yaml", "name: Checkout\nteam: payments\n")
    done = run("check", repository, *NOW, *arguments)
    assert done.stdout.endswith("Found 1 warning in 5 files.\n")
    assert done.returncode == status


def test_the_json_report(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    done = run("check", repository, *NOW, "--format", "json")
    report = json.loads(done.stdout)
    jsonschema.validate(report, json.loads((PACKAGE / "reports" / "report.schema.json").read_text()))
    assert done.returncode == 1
    assert [(found["rule"], found["place"]["line"]) for found in report["findings"]] == [("coverage-gap", 6)]


def test_the_concise_report(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    done = run("check", repository, *NOW, "--format", "concise")
    assert done.stdout.startswith("schedules/on-call/payments.yaml:6:15: error[coverage-gap] payments has no primary ")


def test_the_output_depends_on_nothing_around_it(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    plain = run("check", repository, *NOW)
    other = run(
        "check",
        repository,
        *NOW,
        TZ="Asia/Tokyo",
        LC_ALL="C",
        PYTHONHASHSEED="7",
        PYTHONIOENCODING="ascii",
        COLUMNS="40",
    )
    assert (other.returncode, other.stdout) == (plain.returncode, plain.stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "nowhere"), "nowhere"),
        (("check", "--now", "yesterday"), "`yesterday` is no time"),
        (("check", "--now", "2026-02-30"), "the calendar has no day `2026-02-30`"),
        (("check", "--now", "2101-01-01"), "`2101-01-01` lies outside 1970 to 2100"),
        (("check", "--now", "2100-12-31T23:00-03:00"), "outside of the years that are computed: 1970 to 2100"),
        (("check", "--now", "1970-01-01T00:00+03:00"), "outside of the years that are computed: 1970 to 2100"),
        (("check", "--format", "xml"), "'xml'"),
        (("chekc",), "Did you mean 'check'?"),
        (("explain", "coverage-gpa"), "Did you mean 'coverage-gap'?"),
        (("explain", "\x1b[2J"), "\\x1b[2J"),
    ],
)
def test_wrong_usage_says_what_is_right(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "watchbill", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    done = run("check", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "\nhelp: " in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_no_fault_of_watchbill(repository: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "watchbill", "check", str(repository)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "error: the answer cannot be written: no space left on device\n"
        "help: Free some space where the output of this command goes.\n"
    )


FAULTY = """
import watchbill.pipeline
def compile_tree(*_, **__):
    raise KeyError("\\x1b[2J")
watchbill.pipeline.compile_tree = compile_tree
from watchbill.cli.boundary import run
run(["check", "."])
"""


def test_a_fault_of_watchbill_is_a_sentence_and_70() -> None:
    done = subprocess.run([sys.executable, "-c", FAULTY], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert done.stdout == ""
    assert done.stderr.startswith("internal error: KeyError: ")
    assert "This is a bug in Watchbill" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    environment = {**os.environ, "WATCHBILL_TRACEBACK": "1"}
    told = subprocess.run([sys.executable, "-c", FAULTY], capture_output=True, text=True, check=False, env=environment)
    assert told.returncode == 70
    assert "Traceback" in told.stderr


def test_explain_lists_all_rules_and_shows_one() -> None:
    listed = run("explain")
    assert listed.returncode == 0
    assert "  error    coverage-gap " in listed.stdout
    page = run("explain", "coverage-gap")
    assert page.returncode == 0
    assert page.stdout.startswith("coverage-gap (error, family coverage, ")
    assert "\nHOW TO FIX\n" in page.stdout
