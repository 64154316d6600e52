"""What a command loads before it answers: nothing that this command does not need, so that it starts fast."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPORTING = """
import json, sys
from watchbill.cli.boundary import run
try:
    run(sys.argv[1:])
except SystemExit as ended:
    print("\\n" + json.dumps([ended.code, sorted(sys.modules)]))
"""
OUTPUTS = {"watchbill.api", "watchbill.feeds", "watchbill.providers", "watchbill.publish", "watchbill.site"}
# Each takes as long to import as it takes to check a hundred files, or longer.
HEAVY = {
    "asyncio",
    "dateutil",
    "holidays",
    "icalendar",
    "importlib.metadata",
    "importlib.resources",
    "jinja2",
    "jsonschema",
}
SOMETIMES = {"difflib", "shutil", "subprocess", "tempfile", "traceback"}
"""Modules of the standard library that only certain moments need."""

FILES = {
    "policies/organization.yaml": "name: Example\ntimezone: Europe/Berlin\n",
    "policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n",
    "schedules/people.yaml": (
        "ada: {name: Ada Lovelace}\ngrace: {name: Grace Hopper}\nalan: {name: Alan Turing}\nemmy: {name: Emmy N}\n"
    ),
    "schedules/teams/payments.yaml": "name: Payments\nmembers: [ada, grace, alan, emmy]\n",
    "schedules/on-call/payments.yaml": """\
name: Payments
team: payments
timezone: Europe/Berlin
roles:
  primary:
    coverage: 24x7
    layers:
      - id: weekly
        from: 2026-01-05
        every: 1 week
        handoff: monday 09:00
        members: [ada, grace, alan, emmy]
""",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def loaded(*arguments: str | Path) -> set[str]:
    """Run a command that succeeds and return the names of all modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", REPORTING, *map(str, arguments)], capture_output=True, encoding="utf-8", check=True
    )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert (status, done.stderr) == (0, "")
    return set(modules)


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_told_before_anything_is_put_together(option: str) -> None:
    modules = loaded(option)
    assert modules & (HEAVY | SOMETIMES | {"click", "dataclasses", "inspect", "pathlib", "yaml"}) == set()
    assert {name for name in modules if name.startswith("watchbill.")} == {"watchbill.cli", "watchbill.cli.boundary"}


def test_help_loads_no_compiler() -> None:
    modules = loaded("--help")
    assert modules & (HEAVY | {"yaml", "watchbill.model", "watchbill.pipeline", "watchbill.source"}) == set()


@pytest.mark.parametrize("command", [("check",), ("check", "--format", "concise"), ("who", "payments", "--directory")])
def test_checking_and_asking_load_no_output(repository: Path, command: tuple[str, ...]) -> None:
    modules = loaded(*command, repository, "--now", "2026-11-23T09:00+01:00")
    assert "watchbill.pipeline" in modules
    assert modules & (HEAVY | SOMETIMES | OUTPUTS | {"yaml"}) == set()


def test_a_file_that_is_not_plain_is_read_with_libyaml(repository: Path) -> None:
    (repository / "policies" / "organization.yaml").write_text("name: >-\n  Example\ntimezone: UTC\n", encoding="utf-8")
    modules = loaded("check", repository, "--now", "2026-11-23T09:00+01:00")
    assert "yaml._yaml" in modules
    assert modules & (HEAVY | SOMETIMES | OUTPUTS) == set()
