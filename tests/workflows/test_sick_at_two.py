"""From "I cannot do this night" to a merged override: the commands of docs/editing.md, check, merge and site."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from act_runs import needs_act, run
from fake_github import needs_gh, serving
from git_repositories import TEAM, Repository

ROOT = Path(__file__).parents[2]
NIGHT = "2026-11-25T02:00+01:00"
SERVICE = {"policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n"}


def typed(lines: list[str], repository: Repository, tools: Path) -> str:
    """Run lines of a page in a shell, at night; return what they print."""
    tools.mkdir()
    shim = tools / "watchbill"
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m watchbill "$@" --now {NIGHT}\n', encoding="utf-8")
    shim.chmod(0o755)
    who = {f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["bash", "-euc", "\n".join(lines)],
        cwd=repository.root,
        env={**os.environ, **who, "PATH": f"{tools}:{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def holder(repository: Repository) -> str:
    answer = repository.run("who", "payments", "--at", NIGHT).stdout
    return next(line for line in answer.splitlines() if "primary" in line)


def on_call(repository: Repository) -> str:
    """Return who has the one role of the team now."""
    (role,) = json.loads(repository.run("who", "payments", "--format", "json").stdout)["roles"]
    (person,) = role["holdings"][0]["people"]
    return str(person)


def test_one_command_one_check_and_a_merge_on_the_example(tmp_path: Path) -> None:
    """The commands as they stand on the page; what a person waits for, command and check, takes half a minute."""
    repository = Repository(tmp_path / "rosters")
    for folder in ("schedules", "policies", "incidents"):
        shutil.copytree(ROOT / folder, repository.root / folder)
    repository.commit({})
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "origin")], check=True)
    repository.git("remote", "add", "origin", str(tmp_path / "origin"))
    repository.git("push", "-q", "origin", "main")
    page = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8").partition("## Sick at 02:00")[2]
    lines = page.split("```")[1].strip().splitlines()
    assert len([line for line in lines if line.startswith("watchbill ")]) == 1
    assert "emmy" in holder(repository)

    started = perf_counter()
    typed(lines, repository, tmp_path / "tools")
    repository.git("checkout", "-q", "--detach", "origin/main")
    repository.git("merge", "-q", "--no-ff", "-m", "as it would be merged", "origin/sick")
    checked = repository.run("check", ".", "--new-from", "HEAD^1", "--untrusted", "--now", NIGHT)
    assert perf_counter() - started < 30
    assert checked.returncode == 0, checked.stdout + checked.stderr

    sentence = repository.run("diff", "HEAD^1..HEAD", "--now", NIGHT).stdout.splitlines()[0]
    assert sentence.startswith("Moves 1 shift")
    assert "opens no gap" in sentence
    changed = repository.git("diff", "--name-only", "HEAD^1", "HEAD").splitlines()
    assert [path.rpartition("/")[0] for path in changed] == ["schedules/overrides"]
    repository.git("push", "-q", "origin", "HEAD:main")
    repository.git("checkout", "-q", "--detach", "origin/main")
    assert "emmy" not in holder(repository)
    assert "NOBODY" not in holder(repository)


@needs_act
@needs_gh
def test_the_pipelines_let_it_through_and_publish_it(tmp_path: Path) -> None:
    """At the time at which this runs, because pipelines know no other."""
    repository = Repository(tmp_path / "rosters")
    repository.commit({**TEAM, **SERVICE})
    person = on_call(repository)
    repository.git("checkout", "-q", "-b", "sick")
    done = repository.run("override", "cover", person, "--until", "tomorrow")
    assert done.returncode == 0, done.stdout + done.stderr
    repository.commit({})
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "sick")
    payload = {"number": 1, "pull_request": {"number": 1, "head": {"sha": "2" * 40, "repo": {"fork": False}}}}
    with serving() as github:
        more = {"source": repository.root, "reference": "main", "environment": github.environment(tmp_path)}
        checked = run("check", "pull_request", tmp_path / "check", payload=payload, **more)  # type: ignore[arg-type]
        assert checked.status == 0, checked.said
        assert "Moves 1 shift" in checked.summary
        published = run("publish", "push", tmp_path / "publish", payload={"ref": "refs/heads/main"}, **more)  # type: ignore[arg-type]
        assert published.status == 0, published.said
    stand_in = on_call(repository)
    assert stand_in != person
    answer = json.loads((published.artifact("github-pages") / "api" / "v1" / "oncall.json").read_text(encoding="utf-8"))
    (role,) = answer["schedules"][0]["roles"]
    assert [each["id"] for each in role["on_call"]] == [stand_in]
