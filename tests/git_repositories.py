"""Small git repositories for tests: files become commits, without any setting of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

FIRST = 1_795_420_800
"""The time of the first commit in UTC seconds, 23 November 2026 08:00; each one after it is an hour later."""

TEAM = {
    "policies/organization.yaml": "name: Example\ntimezone: Europe/Berlin\n",
    "schedules/people.yaml": (
        "ada: {name: Ada Lovelace}\n"
        "grace: {name: Grace Hopper}\n"
        "linus: {name: Linus Pauling}\n"
        "emmy: {name: Emmy Noether}\n"
    ),
    "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grace, linus, emmy], approvers: [emmy]}\n",
    "schedules/on-call/payments.yaml": (
        "name: Payments\n"
        "team: payments\n"
        "timezone: Europe/Berlin\n"
        "roles:\n"
        "  primary:\n"
        "    coverage: 24x7\n"
        "    layers:\n"
        "      - id: weekly\n"
        "        versions:\n"
        "          - from: 2026-01-05\n"
        "            every: 1 week\n"
        "            handoff: monday 09:00\n"
        "            members: [linus, emmy, ada, grace]\n"
    ),
}
"""Four people who take weekly turns: ada has the week of 23 November 2026."""

SICK = (
    "schedule: payments\nrole: primary\nfrom: 2026-11-24 22:00\nuntil: 2026-11-25 08:00\nperson: grace\nreason: Ill\n"
)
"""An override of one night of ada's week."""

NOW = ("--now", "2026-11-23T12:00+01:00")


class Repository:
    """A git repository in a folder, with one commit for each call of ``commit``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._commits = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", ".")

    def git(self, *arguments: str, given: bytes | None = None) -> str:
        """Run git and return what it prints, without the line feed at its end."""
        time = f"{FIRST + 3600 * self._commits} +0000"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (
            ("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", time))}  # fmt: skip
        plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**kept, **who, **plain},
            input=given,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files; ``None`` deletes one."""
        for path, text in files.items():
            target = self.root / path
            if text is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str | None]) -> str:
        """Write files, commit all that is there, and return the id of the commit."""
        self.write(files)
        self.git("add", "--all", ".")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        self._commits += 1
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Watchbill in the folder."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "watchbill", *arguments],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )


def team(root: Path) -> Repository:
    """Return a repository with the team on its branch ``main``, and a branch ``work`` checked out."""
    made = Repository(root)
    made.commit(TEAM)
    made.git("checkout", "-q", "-b", "work")
    return made
