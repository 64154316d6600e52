"""The hooks that other repositories use with pre-commit: their manifest, and that what it names works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_repositories import SICK, TEAM, Repository

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = os.environ.get("PRE_COMMIT") or shutil.which("pre-commit")
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}

needs_pre_commit = pytest.mark.skipif(
    PRE_COMMIT is None, reason="pre-commit is not installed (pip install pre-commit, or name it in PRE_COMMIT)"
)


def hook(name: str, repository: Repository, *files: str) -> subprocess.CompletedProcess[str]:
    """Run what a hook runs, as pre-commit does."""
    command = shlex.split(HOOKS[name]["entry"])
    assert command[0] == "watchbill"
    return repository.run(*command[1:], *(files if HOOKS[name].get("pass_filenames", True) else ()))


@needs_pre_commit
@pytest.mark.parametrize(
    ("command", "file"), [("validate-manifest", MANIFEST), ("validate-config", ROOT / ".pre-commit-config.yaml")]
)
def test_the_manifest_is_one(command: str, file: Path) -> None:
    done = subprocess.run([str(PRE_COMMIT), command, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_check_stops_a_bad_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "rosters")
    repository.commit(TEAM)
    assert hook("watchbill-check", repository).returncode == 0
    repository.write({"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    assert hook("watchbill-check", repository).returncode == 1


def test_the_form_is_mended_in_the_files_of_the_commit_alone(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "rosters")
    odd = "-   from:   2026-12-01\n    through: 2026-12-02\n"
    repository.commit({**TEAM, "schedules/time-off/ada.yaml": odd, "schedules/time-off/emmy.yaml": odd})
    assert hook("watchbill-fmt", repository, "schedules/time-off/ada.yaml").returncode == 0
    assert repository.git("diff", "--name-only").splitlines() == ["schedules/time-off/ada.yaml"]


@pytest.mark.parametrize(
    ("path", "checks", "forms"),
    [
        ("schedules/on-call/payments.yaml", True, True),
        ("rosters/policies/organization.yml", True, True),
        ("schedules/time-off/ada.ics", True, False),
        ("docs/schedules.yaml", False, False),
        ("README.md", False, False),
    ],
)
def test_hooks_run_for_files_of_rosters(path: str, checks: bool, forms: bool) -> None:
    run = [bool(re.search(HOOKS[name]["files"], path)) for name in ("watchbill-check", "watchbill-fmt")]
    assert run == [checks, forms]


@needs_pre_commit
@pytest.mark.deep
def test_pre_commit_runs_them_in_another_repository(tmp_path: Path) -> None:
    """With the Watchbill of these tests instead of an installation, which needs the network."""
    repository = Repository(tmp_path / "rosters")
    local = [
        {**HOOKS[name], "language": "system", "entry": f"{sys.executable} -P -m {HOOKS[name]['entry']}"}
        for name in HOOKS
    ]
    repository.commit(
        {**TEAM, ".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})}
    )
    done = subprocess.run(
        [str(PRE_COMMIT), "run", "--all-files"], cwd=repository.root, capture_output=True, text=True, check=False
    )
    assert done.stdout.count("Passed") == 2, done.stdout + done.stderr
