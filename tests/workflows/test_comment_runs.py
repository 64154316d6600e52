"""The one workflow that may write on a pull request, run for real with ``gh`` against a small GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from act_runs import Run, needs_act, run
from fake_github import BOT, GitHub, needs_gh, serving
from git_repositories import NOW, SICK, team
from watchbill.reports.markdown import MARKER

pytestmark = [needs_act, needs_gh]

HEAD = "ab" * 20
BRANCH = 'work"; touch pwned; $(touch pwned)'
EVENT = {
    "workflow_run": {
        "id": 5,
        "event": "pull_request",
        "head_branch": BRANCH,
        "head_sha": HEAD,
        "head_repository": {"id": 9, "owner": {"login": "stranger"}},
    }
}


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as found:
        found.pulls.append({"number": 7, "from": f"stranger:{BRANCH}", "head": {"sha": HEAD}})
        yield found


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files that the check of a bad change leaves."""
    repository = team(tmp_path_factory.mktemp("made") / "rosters")
    repository.commit({"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    report = repository.run("check", ".", "--new-from", "main", "--format", "json", *NOW).stdout
    change = repository.run("diff", "main..HEAD", "--format", "json", *NOW).stdout
    return {"report.json": report.encode(), "change.json": change.encode()}


def commented(github: GitHub, scratch: Path) -> Run:
    return run("comment", "workflow_run", scratch, payload=EVENT, environment=github.environment(scratch))


def nothing_found(reports: Mapping[str, bytes]) -> dict[str, bytes]:
    report, change = json.loads(reports["report.json"]), json.loads(reports["change.json"])
    report.update(findings=[], errors=0)
    change.update(empty=True, sentence="Changes nothing.", findings={"new": [], "fixed": [], "kept": 0})
    return {"report.json": json.dumps(report).encode(), "change.json": json.dumps(change).encode()}


def test_one_comment_is_written_and_then_updated(github: GitHub, reports: Mapping[str, bytes], tmp_path: Path) -> None:
    github.comments += [
        {"id": 1, "user": {"login": "stranger"}, "body": f"{MARKER}\nforged"},
        {"id": 2, "user": {"login": BOT}, "body": f"quoted: {MARKER}"},
        {"id": 3, "user": {"login": "reviewer"}, "body": "Thanks!"},
    ]
    github.keep(1, "watchbill-report", reports)
    first = commented(github, tmp_path / "first")
    assert first.status == 0, first.said
    assert github.writes == [("POST", "/repos/nektos/act/issues/7/comments")]
    body = github.comments[-1]["body"]
    assert body.startswith(f"{MARKER}\n")
    assert "grce" in body
    assert body.endswith(f"This is about commit `{HEAD}`.\n")
    github.keep(1, "watchbill-report", nothing_found(reports))
    assert commented(github, tmp_path / "second").status == 0
    assert github.writes[1:] == [("PATCH", "/repos/nektos/act/issues/comments/103")]
    assert "grce" not in github.comments[-1]["body"]
    assert github.comments[0]["body"] == f"{MARKER}\nforged"
    assert list(tmp_path.rglob("pwned")) == []


def test_no_comment_says_that_nothing_is_to_say(github: GitHub, reports: Mapping[str, bytes], tmp_path: Path) -> None:
    github.keep(1, "watchbill-report", nothing_found(reports))
    assert commented(github, tmp_path / "run").status == 0
    assert github.writes == []


def test_a_commit_that_is_no_longer_the_newest_gets_no_comment(
    github: GitHub, reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    github.pulls[0]["head"]["sha"] = "cd" * 20
    github.keep(1, "watchbill-report", reports)
    done = commented(github, tmp_path / "run")
    assert done.status == 0
    assert "::notice::No comment" in done.log
    assert github.writes == []
    assert done.noted("watchbill") == []


def test_two_pull_requests_of_one_branch_get_no_comment(
    github: GitHub, reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    github.pulls.append({**github.pulls[0], "number": 8})
    github.keep(1, "watchbill-report", reports)
    assert commented(github, tmp_path / "run").status == 0
    assert github.writes == []


def test_a_check_without_a_report_gets_no_comment(github: GitHub, tmp_path: Path) -> None:
    assert commented(github, tmp_path / "run").status == 0
    assert github.writes == []


HOSTILE = {
    "no zip": None,
    "no report": {"other.json": b"{}"},
    "another path": {"../report.json": b"{}", "/report.json": b"{}", "a/report.json": b"{}"},
    "no JSON": {"report.json": b"::error::owned\n"},
    "another shape": {"report.json": b'{"version": 1, "findings": [], "body": "@everyone"}'},
    "a bomb": {"report.json": b" " * (80 << 20)},
    "a bomb beside": {"change.json": b" " * (80 << 20)},
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_artifact_is_refused(
    github: GitHub, files: dict[str, bytes] | None, reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    whole = {**reports, **files} if files and "change.json" in files else files or {}
    github.keep(1, "watchbill-report", whole)
    if files is None:
        github.archives[1] = b"PK no zip"
    done = commented(github, tmp_path / "run")
    assert done.status == 1
    assert github.writes == []
    assert [path for path in tmp_path.rglob("report.json") if path.stat().st_size > (16 << 20) + 1] == []
    assert not list(tmp_path.rglob("other.json"))
    assert "::error::owned" not in done.log


def test_an_artifact_that_is_too_large_is_not_even_taken(github: GitHub, tmp_path: Path) -> None:
    github.keep(1, "watchbill-report", {"report.json": b"{}"})
    github.artifacts[1]["size_in_bytes"] = (16 << 20) + 1
    done = commented(github, tmp_path / "run")
    assert done.status == 1
    assert "larger than 16 MiB" in done.log
