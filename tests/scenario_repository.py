"""A small repository with two schedules and nested escalations, and runs of ``watchbill test`` on it."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from watchbill.cli import boundary

# Mondays 09:00 in Berlin: ada 5 January, grace 12, linus 19, ada 26 and so on; the commander is margaret.
FILES = {
    "policies/organization.yaml": "name: Port\ntimezone: Europe/Berlin\n",
    "schedules/people.yaml": "".join(
        f"{name}:\n  name: {name.title()}\n" for name in ("ada", "grace", "linus", "margaret", "noether")
    ),
    "schedules/teams/harbour.yaml": "name: Harbour\nmembers: [ada, grace, linus]\n",
    "schedules/on-call/harbour.yaml": """\
name: Harbour
team: harbour
timezone: Europe/Berlin
roles:
  primary:
    layers:
      - id: weekly
        from: 2026-01-05
        every: 1 week
        handoff: monday 09:00
        members: [ada, grace, linus]
  secondary:
    follows: primary
    turns-ahead: 1
  pair:
    layers:
      - id: both
        from: 2026-01-05
        every: 1 week
        handoff: monday 09:00
        until: 2027-01-04
        members:
          - together: [linus, margaret]
""",
    "schedules/on-call/command.yaml": """\
name: Command
team: harbour
timezone: America/New_York
roles:
  primary:
    layers:
      - {id: always, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [margaret]}
""",
    "schedules/time-off/linus.yaml": "- {from: 2026-01-05, through: 2026-01-09, kind: vacation}\n",
    "policies/incident-roles.yaml": "commander:\n  name: Commander\n  schedule: command\n",
    "policies/severities.yaml": "sev1:\n  name: Critical\n  page: {escalation: major}\nsev2:\n  name: Major\n",
    "policies/services/crane.yaml": "name: Crane\nteam: harbour\non-call: {schedule: harbour}\nescalation: harbour\n",
    "policies/services/buoy.yaml": "name: Buoy\nteam: harbour\non-call: {schedule: harbour}\n",
    "policies/escalation/major.yaml": "steps:\n  - {notify: [{person: noether}]}\n",
    "policies/escalation/harbour.yaml": """\
steps:
  - {notify: [{schedule: harbour}], wait: 5 minutes}
  - {notify: [{schedule: harbour, role: secondary}], wait: 10 minutes}
  - {notify: [{team: harbour}, {incident-role: commander, severity: [sev1]}], wait: 15 minutes}
repeat: 1
last-resort: {person: margaret}
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    code: int | str | None
    output: str
    errors: str


def run(*arguments: str) -> Result:
    """Run the command line in this process."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors), pytest.raises(SystemExit) as left:
        boundary.run(list(arguments))
    return Result(code=left.value.code, output=output.getvalue(), errors=errors.getvalue())


def plant(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def judged_by(folder: Path, scenarios: str, changes: dict[str, str] | None = None, *options: str) -> Result:
    """Judge scenarios against the repository with some files changed; the clock stands at 1 January 2026."""
    plant(folder, {**FILES, **(changes or {}), "scenarios/all.yaml": scenarios})
    return run("test", "-C", str(folder), "--now", "2026-01-01", *options)
