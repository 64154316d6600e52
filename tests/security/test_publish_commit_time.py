"""Asking git for the time of a commit runs no program that the repository names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from watchbill.source.git_commands import commit_time

SECONDS = 1_793_527_200


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    when = {**os.environ, "GIT_COMMITTER_DATE": f"{SECONDS} +0200", "GIT_AUTHOR_DATE": "1000000000 +0000"}
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(
        ["git", *who, "commit", "-q", "--allow-empty", "-m", "x\n\ncommitter Eve <eve@example.org> 1 +0000"],
        cwd=root,
        env=when,
        check=True,
    )
    return root


def test_the_time_of_the_committer_counts(repository: Path) -> None:
    assert commit_time(repository) == SECONDS
    (repository / "schedules").mkdir()
    assert commit_time(repository / "schedules") == SECONDS


def test_no_program_of_the_repository_runs(repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\n")
    trap.chmod(0o755)
    for setting in ("core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand", "diff.external", "core.editor"):
        subprocess.run(["git", "config", setting, str(trap)], cwd=repository, check=True)
    subprocess.run(["git", "config", "log.showSignature", "true"], cwd=repository, check=True)
    assert commit_time(repository) == SECONDS
    assert not (tmp_path / "sprung").exists()


def test_variables_of_another_repository_do_not_count(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    assert commit_time(repository) == SECONDS


def test_without_git_or_without_a_repository_there_is_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").write_text("gitdir: /nonexistent\n")
    assert commit_time(tmp_path) is None
    assert commit_time(tmp_path / "missing") is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_time(tmp_path) is None


def test_a_repository_without_a_commit_has_no_time(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert commit_time(tmp_path) is None
