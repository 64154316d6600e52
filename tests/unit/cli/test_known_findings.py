"""``check --new-from`` and ``--baseline``: what was there before fails nobody, and what is new always does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from git_repositories import NOW, SICK, TEAM, Repository, team

OVERRIDE = "schedules/overrides/sick.yaml"
HOLE = SICK.replace("person: grace", "person: nobody")
CHECKS = (
    "waivers:\n  - {rule: no-backup, subject: schedule/payments, from: 2026-01-01, through: 2026-11-22,\n"
    "     owner: emmy, reason: We are few}\n"
)
"""A waiver that ended a day before now."""

INCIDENT = (
    "title: Checkout was slow\nseverity: sev2\nservices: [checkout]\nlog:\n"
    "  - {at: 2026-11-20T10:00:00Z, event: detected, by: ada}\n"
)
POLICIES = {
    "policies/severities.yaml": "sev2: {name: Major}\n",
    "policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return team(tmp_path / "repository")


def check(repository: Repository, *arguments: str) -> tuple[int, list[str], str]:
    """Return the status, the rules that were found, and what was said on standard error."""
    done = repository.run("check", *NOW, "--format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, [each["rule"] for each in json.loads(done.stdout)["findings"]], done.stderr


def test_only_what_the_change_brings_fails_it(repository: Repository) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit({OVERRIDE: HOLE})
    repository.git("checkout", "-q", "-b", "other")
    repository.commit({"schedules/overrides/other.yaml": SICK.replace("2026-11-2", "2026-12-0")})
    status, rules, _ = check(repository)
    assert status == 1
    assert "coverage-gap" in rules
    status, rules, said = check(repository, "--new-from", "main")
    assert (status, "coverage-gap" in rules) == (0, False)
    assert "that" in said
    assert "has too" in said
    repository.write({"schedules/overrides/third.yaml": HOLE.replace("2026-11-2", "2026-12-1")})
    status, rules, _ = check(repository, "--new-from", "main")
    assert (status, rules.count("coverage-gap")) == (1, 1)


def test_time_alone_fails_no_change(repository: Repository) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit({"policies/checks.yaml": CHECKS})
    repository.git("checkout", "-q", "-b", "other")
    repository.commit({"README.md": "Unrelated\n"})
    assert "waiver-expired" in check(repository)[1]
    assert check(repository, "--new-from", "main", "--fail-on", "info")[:2] == (0, [])
    repository.write({"policies/checks.yaml": CHECKS + CHECKS.partition("\n")[2].replace("no-backup", "coverage-gap")})
    assert check(repository, "--new-from", "main", "--fail-on", "warning")[:2] == (1, ["waiver-expired"])


def test_rewritten_history_is_found(repository: Repository) -> None:
    edited = TEAM["schedules/on-call/payments.yaml"].replace("[linus, emmy,", "[emmy, linus,")
    repository.write({"schedules/on-call/payments.yaml": edited})
    assert "history-rewritten" not in check(repository)[1]
    assert "history-rewritten" in check(repository, "--new-from", "main")[1]


def test_records_of_incidents_are_blocked_by_themselves_alone(repository: Repository) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit({**POLICIES, OVERRIDE: HOLE})
    repository.git("checkout", "-q", "-b", "record")
    repository.commit({"incidents/2026/2026-11-20-checkout-slow.yaml": INCIDENT})
    status, rules, _ = check(repository, "--new-from", "main")
    assert (status, "coverage-gap" in rules) == (0, False)
    repository.commit({"incidents/2026/2026-11-20-checkout-slow.yaml": INCIDENT.replace("sev2", "sev9")})
    status, rules, _ = check(repository, "--new-from", "main")
    assert (status, rules) == (1, ["unknown-reference"])


def test_a_base_with_errors_is_named(repository: Repository) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit({OVERRIDE: HOLE})
    status, _, said = check(repository, "--new-from", "HEAD")
    assert status == 0
    assert re.search(r"^[0-9a-f]{12} has [1-9]\d* errors? of its own\.$", said, re.MULTILINE)


def test_a_baseline_is_written_and_left_out(repository: Repository) -> None:
    repository.write({OVERRIDE: HOLE})
    done = repository.run("check", *NOW, "--write-baseline", "baseline.json")
    assert done.returncode == 0
    assert "Wrote a baseline of" in done.stderr
    status, rules, said = check(repository, "--baseline", "baseline.json")
    assert (status, rules) == (0, [])
    assert "of the baseline" in said
    repository.write(
        {"schedules/overrides/other.yaml": HOLE.replace("2026-11-2", "2026-12-1").replace("22:00", "21:00")}
    )
    status, rules, _ = check(repository, "--baseline", "baseline.json")
    assert status == 1
    repository.write({OVERRIDE: None, "schedules/overrides/other.yaml": None})
    status, rules, said = check(repository, "--baseline", "baseline.json")
    assert status == 0
    assert "no longer there" in said


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "[" * 100_000, '{"version": 1}'])
def test_what_is_no_baseline_is_said_in_a_sentence(repository: Repository, text: str) -> None:
    (repository.root / "baseline.json").write_text(text)
    done = repository.run("check", "--baseline", "baseline.json")
    assert done.returncode == 2
    assert "cannot be used as a baseline" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage(repository: Repository) -> None:
    for arguments in (
        ["--new-from", "main..work"],
        ["--new-from", ""],
        ["--new-from", "none"],
        ["--baseline", "none.json"],
        ["--write-baseline", "schedules/baseline.yaml"],
    ):
        done = repository.run("check", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments


def test_any_commit_can_be_asked(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.commit({OVERRIDE: SICK})
    at = ("--at", "2026-11-25T00:00+01:00")
    assert "Grace Hopper" in repository.run("who", "payments", *at).stdout
    assert "Ada Lovelace" in repository.run("who", "payments", *at, "--as-of", first).stdout
    own = repository.run("next", "payments", "--as-of", "main").stdout
    assert own.startswith("At Mon 23 Nov 2026 09:00 Europe/Berlin"), "the time of the commit"
    repository.write({"schedules/overrides/sick.yaml": "x: [\n"})
    told = repository.run("why", "payments", *at, "--as-of", "HEAD")
    assert "written in schedules/overrides/sick.yaml:1" in told.stdout
    assert told.stderr == ""
    shifts = repository.run("shifts", "grace", "--as-of", "HEAD", "--format", "json", "--days", "3")
    assert [each["cause"] for each in json.loads(shifts.stdout)["shifts"]] == ["override"]
    wrong = repository.run("who", "--as-of", "none")
    assert (wrong.returncode, wrong.stdout) == (2, "")
