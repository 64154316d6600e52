"""The pipeline for GitLab, run for real with ``gitlab-ci-local``, in a shell instead of a container."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as Xml

import pytest

from git_repositories import SICK, TEAM, Repository
from told_findings import HOSTILE
from watchbill.cli.init_command import starter_files

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "gitlab-ci.yml"
RUNNER = os.environ.get("GITLAB_CI_LOCAL") or shutil.which("gitlab-ci-local")

needs_runner = pytest.mark.skipif(
    RUNNER is None,
    reason="gitlab-ci-local is not installed (npm install gitlab-ci-local, or name it in GITLAB_CI_LOCAL)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    status: int
    said: str
    root: Path
    notes: Path

    def noted(self, name: str) -> list[str]:
        path = self.notes / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def run(repository: Repository, scratch: Path, job: str, **variables: str) -> Run:
    """Run one job in the folder of a repository; artifacts appear in it."""
    tools = scratch / "tools"
    tools.mkdir(parents=True)
    for name, line in {
        "pip": f'echo "$*" >> {scratch}/pip',
        "watchbill": f'echo "$PYTHONSAFEPATH|$*" >> {scratch}/watchbill; exec {sys.executable} -m watchbill "$@"',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{line}\n")
        (tools / name).chmod(0o755)
    given = [part for name, value in variables.items() for part in ("--variable", f"{name}={value}")]
    done = subprocess.run(
        [str(RUNNER), "--force-shell-executor", "--home", str(scratch / "home"), *given, job],
        cwd=repository.root,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(scratch)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=240,
    )
    return Run(status=done.returncode, said=done.stdout + done.stderr, root=repository.root, notes=scratch)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "rosters")
    ignored = ".gitlab-ci-local/\nwatchbill-*/\npublic/\n"
    made.commit({**TEAM, ".gitlab-ci.yml": TEMPLATE.read_text(encoding="utf-8"), ".gitignore": ignored})
    made.git("remote", "add", "origin", "git@gitlab.example.org:example/rosters.git")
    made.git("checkout", "-q", "-b", "work")
    return made


def checked(repository: Repository, scratch: Path, **more: str) -> Run:
    base = repository.git("rev-parse", "main")
    same = {"CI_MERGE_REQUEST_PROJECT_ID": "1", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1"}
    source = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    return run(repository, scratch, "watchbill-check", **{**source, **same, **more})


def test_the_starter_has_the_template() -> None:
    import watchbill

    starter = starter_files("gitlab")[PurePosixPath(".gitlab-ci.yml")].decode()
    assert starter == TEMPLATE.read_text(encoding="utf-8")
    assert f'WATCHBILL_VERSION: "{watchbill.__version__}"' in starter


@needs_runner
def test_a_good_change_passes_and_says_what_it_does(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"schedules/time-off/grace.yaml": "- {from: 2090-01-02, through: 2090-01-03}\n"})
    done = checked(repository, tmp_path / "run")
    assert done.status == 0, done.said
    reports = done.root / "watchbill-reports"
    assert json.loads((reports / "code-quality.json").read_text()) == []
    assert "Moves no shift" in (reports / "change.md").read_text()
    assert done.noted("pip") == ["install --quiet --disable-pip-version-check watchbill==0.1.0"]
    assert [line for line in done.noted("watchbill") if not line.startswith("1|")] == []
    assert [line for line in done.noted("watchbill") if "--untrusted" in line] == []


@needs_runner
def test_a_bad_change_fails_and_the_widgets_know(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    done = checked(repository, tmp_path / "run", CI_MERGE_REQUEST_SOURCE_PROJECT_ID="2")
    assert done.status != 0
    reports = done.root / "watchbill-reports"
    (issue,) = json.loads((reports / "code-quality.json").read_text())
    assert issue["location"]["path"] == "schedules/overrides/sick.yaml"
    assert Xml.parse(reports / "junit.xml").getroot().attrib["failures"] == "1"  # noqa: S314 - our own report
    assert "Brings 1 error" in (reports / "change.md").read_text()
    assert [line for line in done.noted("watchbill") if "check" in line and "--untrusted" not in line] == []


@needs_runner
def test_a_hostile_change_runs_nothing(repository: Repository, tmp_path: Path) -> None:
    canary = tmp_path / "pwned"
    code = f"import pathlib; pathlib.Path({str(canary)!r}).touch()\n"
    texts = "".join(f"- {json.dumps(text, ensure_ascii=True)}\n" for text in HOSTILE)
    files = {f"{name}.py": code for name in ("watchbill", "yaml", "json", "sitecustomize")}
    repository.commit({**files, "schedules/time-off/ada.yaml": texts, "schedules/$(touch pwned).yaml": "a\n"})
    done = checked(repository, tmp_path / "run", CI_MERGE_REQUEST_TITLE=f"`touch {canary}`")
    assert done.status != 0
    assert list(tmp_path.rglob("pwned")) == []
    assert json.loads((done.root / "watchbill-reports" / "code-quality.json").read_text())


@needs_runner
def test_the_main_branch_is_published(repository: Repository, tmp_path: Path) -> None:
    repository.git("checkout", "-q", "main")
    done = run(repository, tmp_path / "run", "pages", CI_PIPELINE_SOURCE="schedule")
    assert done.status == 0, done.said
    assert (done.root / "public" / "index.html").is_file()


@needs_runner
def test_nothing_is_published_with_errors(repository: Repository, tmp_path: Path) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit({"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    done = run(repository, tmp_path / "run", "pages", CI_PIPELINE_SOURCE="push")
    assert done.status != 0
    assert not (done.root / "public").exists()


@needs_runner
def test_a_schedule_checks_everything(repository: Repository, tmp_path: Path) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit({"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    done = run(repository, tmp_path / "run", "watchbill-check", CI_PIPELINE_SOURCE="schedule")
    assert done.status != 0
    rules = {
        found["check_name"] for found in json.loads((done.root / "watchbill-reports/code-quality.json").read_text())
    }
    assert rules == {"unknown-reference", "schedule-unused"}
    assert not (done.root / "watchbill-reports" / "change.md").exists()
