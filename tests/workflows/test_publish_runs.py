"""Publishing, refreshing, payloads and the nightly check, run for real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from act_runs import Run, needs_act, run
from fake_github import GitHub, needs_gh, serving
from git_repositories import SICK, TEAM, Repository
from watchbill.cli.init_command import starter_files

pytestmark = [needs_act, needs_gh]

BROKEN = {"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")}
OURS = {"head_branch": "main", "head_repository_id": 1, "repository_id": 1}
SERVICE = {"policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n"}


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as found:
        yield found


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "rosters")
    made.commit({**TEAM, **SERVICE})
    return made


def of_starter(name: str, folder: Path) -> Path:
    """Return a workflow that ``init`` writes, in a file of its own."""
    path = folder / f"{name}.yml"
    path.write_bytes(starter_files()[PurePosixPath(f".github/workflows/{name}.yml")])
    return path


def ran(workflow: str | Path, event: str, github: GitHub, repository: Repository, scratch: Path) -> Run:
    payload = {"ref": "refs/heads/main", "repository": {"default_branch": "main"}}
    return run(
        workflow,
        event,
        scratch,
        source=repository.root,
        reference="main",
        payload=payload,
        environment=github.environment(scratch),
    )


@pytest.mark.parametrize(("workflow", "event"), [("publish", "push"), ("refresh", "schedule")])
def test_the_site_is_deployed(
    workflow: str, event: str, github: GitHub, repository: Repository, tmp_path: Path
) -> None:
    done = ran(workflow, event, github, repository, tmp_path / "run")
    assert done.status == 0, done.said
    assert (done.artifact("github-pages") / "index.html").is_file()
    assert not (done.artifact("github-pages") / "providers").exists()
    assert [path.name for path in done.artifact("watchbill-feeds").iterdir()] == ["feeds-manifest.json"]
    assert done.noted("deployed") == ["deployed"]


def test_the_starter_publishes_too(github: GitHub, repository: Repository, tmp_path: Path) -> None:
    done = ran(of_starter("watchbill-publish", tmp_path), "push", github, repository, tmp_path / "run")
    assert done.status == 0, done.said
    assert (done.artifact("github-pages") / "index.html").is_file()
    assert done.noted("deployed") == ["deployed"]


def test_the_nightly_check_of_the_starter_opens_issues_too(
    github: GitHub, repository: Repository, tmp_path: Path
) -> None:
    repository.commit(BROKEN)
    done = ran(of_starter("watchbill-nightly", tmp_path), "schedule", github, repository, tmp_path / "run")
    assert done.status == 1
    assert [issue["title"] for issue in github.issues] == ["On call: findings of no team"]


def test_nothing_is_deployed_with_errors(github: GitHub, repository: Repository, tmp_path: Path) -> None:
    repository.commit(BROKEN)
    done = ran("publish", "push", github, repository, tmp_path / "run")
    assert done.status == 1
    assert not done.artifact("github-pages").exists()
    assert done.noted("deployed") == []


def test_calendars_go_on_from_the_manifest_of_this_branch_alone(
    github: GitHub, repository: Repository, tmp_path: Path
) -> None:
    first = ran("publish", "push", github, repository, tmp_path / "first")
    manifest = (first.artifact("watchbill-feeds") / "feeds-manifest.json").read_bytes()
    github.keep(1, "watchbill-feeds", {"feeds-manifest.json": b"forged"}, workflow_run={**OURS, "head_branch": "x"})
    github.keep(
        2, "watchbill-feeds", {"feeds-manifest.json": b"forged"}, workflow_run={**OURS, "head_repository_id": 2}
    )
    github.keep(3, "watchbill-feeds", {"feeds-manifest.json": manifest}, workflow_run=OURS)
    repository.commit({"policies/organization.yaml": TEAM["policies/organization.yaml"] + "# a remark\n"})
    second = ran("publish", "push", github, repository, tmp_path / "second")
    assert second.status == 0, second.said
    assert "--previous=" in second.noted("watchbill")[-1]
    kept = (second.artifact("watchbill-feeds") / "feeds-manifest.json").read_text(encoding="utf-8")
    assert _times(kept) == _times(manifest.decode())


def _times(manifest: str) -> set[str]:
    return set(re.findall(r'"modified": ?"?([^",}\s]+)', manifest))


def test_payloads_are_kept_and_sent_nowhere(github: GitHub, repository: Repository, tmp_path: Path) -> None:
    done = ran("sync", "push", github, repository, tmp_path / "run")
    assert done.status == 0, done.said
    assert github.writes == []
    assert done.noted("deployed") == []


def test_each_team_has_one_issue_which_is_updated_and_closed(
    github: GitHub, repository: Repository, tmp_path: Path
) -> None:
    marker = "<!-- watchbill: findings of team payments -->"
    old = {"state": "open", "title": "x"}
    github.issues += [
        {**old, "number": 1, "body": None},
        {**old, "number": 2, "body": f"quoted {marker}"},
        {**old, "number": 3, "body": "<!-- watchbill: findings of team gone -->\r\nold"},
    ]
    unused = {"policies/services/checkout.yaml": None}
    repository.commit({**unused, "schedules/time-off/ada.yaml": "[]\n"})
    done = ran("nightly", "schedule", github, repository, tmp_path / "first")
    assert done.status == 0, done.said
    assert github.writes == [
        ("POST", "/repos/nektos/act/issues"),
        ("PATCH", "/repos/nektos/act/issues/3"),
    ]
    assert github.issues[2]["state"] == "closed"
    made = github.issues[-1]
    assert made["title"] == "On call: findings of team payments"
    assert made["body"].startswith(f"{marker}\n")
    assert "schedule-unused" in made["body"]
    github.writes.clear()
    ran("nightly", "schedule", github, repository, tmp_path / "second")
    assert github.writes == [("PATCH", f"/repos/nektos/act/issues/{made['number']}")]
    github.writes.clear()
    repository.commit(SERVICE)
    ran("nightly", "schedule", github, repository, tmp_path / "third")
    assert (made["state"], github.writes) == ("closed", [("PATCH", f"/repos/nektos/act/issues/{made['number']}")])


def test_errors_of_the_night_fail_and_open_an_issue(github: GitHub, repository: Repository, tmp_path: Path) -> None:
    repository.commit(BROKEN)
    done = ran("nightly", "schedule", github, repository, tmp_path / "run")
    assert done.status == 1
    assert [issue["title"] for issue in github.issues] == ["On call: findings of no team"]
    assert "grce" in github.issues[0]["body"]
