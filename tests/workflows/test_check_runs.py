"""The check of pull requests, run for real: on a good, a bad and a hostile change."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import watchbill
from act_runs import COMMIT, SELF, Run, needs_act, run
from git_repositories import SICK, TEAM, Repository, team
from told_findings import HOSTILE, commands_in
from watchbill.cli.init_command import starter_files

pytestmark = needs_act

VACATION = {"schedules/time-off/grace.yaml": "- from: 2090-01-02\n  through: 2090-01-03\n  kind: vacation\n"}


def merged(repository: Repository) -> str:
    """Make the commit that GitHub makes of a pull request, whose first parent is what it goes into."""
    repository.git("checkout", "-q", "--detach", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "work")
    repository.git("update-ref", "refs/pull/7/merge", "HEAD")
    return "refs/pull/7/merge"


def event(*, fork: bool = False) -> dict[str, Any]:
    head = {"sha": "2" * 40, "ref": "work", "repo": {"fork": fork, "full_name": "example/rosters"}}
    return {"action": "opened", "number": 7, "pull_request": {"number": 7, "head": head, "base": {"ref": "main"}}}


def checked(repository: Repository, scratch: Path, *, fork: bool = False, workflow: str | Path = "check") -> Run:
    return run(
        workflow,
        "pull_request",
        scratch,
        source=repository.root,
        reference=merged(repository),
        payload=event(fork=fork),
    )


def of_starter(tmp_path: Path) -> Path:
    """Return the check that ``init`` writes, in a file of its own."""
    path = tmp_path / "starter.yml"
    path.write_bytes(starter_files()[PurePosixPath(".github/workflows/watchbill.yml")])
    return path


def test_a_good_change_passes_and_says_what_it_does(tmp_path: Path) -> None:
    repository = team(tmp_path / "rosters")
    repository.commit({"schedules/overrides/sick.yaml": SICK.replace("2026", "2091")})
    done = checked(repository, tmp_path / "run")
    assert done.status == 0, done.said
    assert done.report()["findings"] == []
    assert {path.name for path in done.artifact("watchbill-report").iterdir()} == {
        "report.json", "report.sarif", "issues.json", "change.json", "change.md"
    }  # fmt: skip
    assert done.summary.startswith("### Watchbill")
    assert "**Moves no shift" in done.summary


def test_only_locked_wheels_and_this_very_commit_are_installed(tmp_path: Path) -> None:
    repository = team(tmp_path / "rosters")
    repository.commit(VACATION)
    first, second = checked(repository, tmp_path / "run").noted("pip")
    assert "--require-hashes --only-binary :all: -r " in first
    assert first.endswith("/requirements/build.txt")
    assert "--no-build-isolation --no-deps " in second


def test_a_bad_change_fails_with_an_annotation_at_the_line(tmp_path: Path) -> None:
    repository = team(tmp_path / "rosters")
    repository.commit({"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    done = checked(repository, tmp_path / "run")
    assert done.status == 1
    (error,) = commands_in(done.log)
    assert error.name == "error"
    assert error.properties["file"] == "schedules/overrides/sick.yaml"
    assert error.properties["line"] == "5"
    assert "grce" in error.data
    assert [found["rule"] for found in done.report()["findings"]] == ["unknown-reference"]
    assert "1 error" in done.summary


def test_what_stood_there_before_does_not_fail_a_change(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "rosters")
    team_of = {**VACATION, "schedules/teams.yaml": "payments: {name: Payments, members: [nobody-known]}\n"}
    repository.commit({**TEAM, **team_of})
    repository.git("checkout", "-q", "-b", "work")
    repository.commit({"schedules/time-off/emmy.yaml": VACATION["schedules/time-off/grace.yaml"]})
    done = checked(repository, tmp_path / "run")
    assert done.status == 0, done.said
    assert done.report()["findings"] == []


def test_strangers_have_the_smaller_limits(tmp_path: Path) -> None:
    repository = team(tmp_path / "rosters")
    repository.commit(VACATION)
    for fork in (True, False):
        calls = checked(repository, tmp_path / f"run-{fork}", fork=fork).noted("watchbill")
        used = [call for call in calls if "|check " in call or "|diff " in call]
        assert len(used) == 3
        assert [call for call in used if ("--untrusted" in call) != fork] == []
        assert [call for call in used if not call.startswith("1|")] == []


IMPORTED = ("watchbill.py", "watchbill/__init__.py", "yaml.py", "sitecustomize.py", "json.py", "pip/__main__.py")
HOSTILE_FILES = {
    **dict.fromkeys(IMPORTED, "import pathlib; pathlib.Path('@PWNED@').touch()\n"),
    "pip.conf": "[global]\nindex-url = http://127.0.0.1:9/simple\n",
    "action.yml": "name: x\nruns: {using: composite, steps: [{shell: bash, run: 'touch @PWNED@'}]}\n",
    ".github/actions/check/action.yml": "runs: {using: composite, steps: [{shell: bash, run: 'touch @PWNED@'}]}\n",
    "schedules/$(touch @NAME@).yaml": "a: b\n",
    "schedules/on-call/::error::owned.yaml": "name: x\n",
    "schedules/x\n::error::owned": "x\n",
}  # fmt: skip


def test_a_hostile_change_runs_nothing_and_forges_nothing(tmp_path: Path) -> None:
    repository, canary = team(tmp_path / "rosters"), tmp_path / "pwned"
    files = {
        path.replace("@NAME@", "pwned"): text.replace("@PWNED@", str(canary)) for path, text in HOSTILE_FILES.items()
    }
    texts = "".join(f'- {{from: 2090-01-0{1 + n % 9}, kind: "{_quoted(text)}"}}\n' for n, text in enumerate(HOSTILE))
    repository.commit({**files, "schedules/time-off/ada.yaml": texts, "schedules/time-off/zoe.yaml": texts})
    done = checked(repository, tmp_path / "run", fork=True)
    assert done.status == 1
    assert not canary.exists()
    assert list(tmp_path.rglob("pwned")) == []
    found = commands_in(done.log)
    assert "error" in {command.name for command in found} <= {"error", "warning", "notice"}
    assert len(found) <= 30
    assert [command for command in found if command.properties.get("file") not in _files(done)] == []
    assert [command for command in found if command.data.startswith("owned")] == []


def _quoted(text: str) -> str:
    return (
        text.encode("ascii", "backslashreplace").decode().replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    )


def _files(done: Run) -> set[str]:
    return {found["place"]["file"] for found in done.report()["findings"]}


def test_the_check_of_the_starter_does_the_same(tmp_path: Path) -> None:
    repository, canary = team(tmp_path / "rosters"), tmp_path / "pwned"
    files = {path: text.replace("@PWNED@", str(canary)) for path, text in HOSTILE_FILES.items() if "@NAME@" not in path}
    texts = "".join(f'- {{from: 2090-01-0{1 + n % 9}, kind: "{_quoted(text)}"}}\n' for n, text in enumerate(HOSTILE))
    people = TEAM["schedules/people.yaml"].replace("Ada Lovelace", '"##[error]owned ::error::owned"')
    repository.commit({**files, "schedules/time-off/ada.yaml": texts, "schedules/people.yaml": people})
    done = checked(repository, tmp_path / "run", workflow=of_starter(tmp_path))
    assert done.status == 1
    assert not canary.exists()
    found = commands_in(done.log)
    assert "error" in {command.name for command in found} <= {"error", "warning", "notice"}
    assert [command for command in found if command.properties.get("file") not in _files(done)] == []
    assert "Findings that this change brings" in done.log
    assert {path.name for path in done.artifact("watchbill-report").iterdir()} == {"report.json", "change.json"}
    assert done.noted("pip") == [f"install watchbill=={watchbill.__version__}"]


def calling(folder: Path, given: str) -> Path:
    """Return a workflow of another repository that calls the check."""
    caller = folder / "caller.yml"
    caller.write_text(
        "on: pull_request\n"
        "permissions: {}\n"
        "jobs:\n"
        "  rosters:\n"
        "    permissions: {contents: read}\n"
        f"    uses: {SELF}/.github/workflows/check.yml@{COMMIT}\n"
        f"    with: {{{given}}}\n"
    )
    return caller


@pytest.mark.parametrize("directory", ["rosters", "a b"])
def test_another_repository_can_call_it_for_a_folder(tmp_path: Path, directory: str) -> None:
    moved = Repository(tmp_path / "rosters")
    moved.commit({f"{directory}/{path}": text for path, text in TEAM.items()})
    moved.git("checkout", "-q", "-b", "work")
    moved.commit({f"{directory}/schedules/overrides/sick.yaml": SICK.replace("grace", "grce")})
    caller = calling(tmp_path, f"directory: {directory}")
    done = run(
        caller, "pull_request", tmp_path / "run", source=moved.root, reference=merged(moved), payload=event(fork=False)
    )
    assert done.status == 1
    (error,) = commands_in(done.log)
    assert error.properties["file"] == f"{directory}/schedules/overrides/sick.yaml"


def test_owners_that_are_out_of_date_fail_where_that_is_asked_for(tmp_path: Path) -> None:
    people = TEAM["schedules/people.yaml"].replace("Emmy Noether}", "Emmy Noether, handles: {github: emmy}}")
    repository = Repository(tmp_path / "rosters")
    repository.commit({f"rosters/{path}": text for path, text in {**TEAM, "schedules/people.yaml": people}.items()})
    done = repository.run("codeowners", "rosters", "--path-prefix", "rosters", "--write")
    assert done.returncode == 0, done.stdout + done.stderr
    repository.commit({})
    repository.git("checkout", "-q", "-b", "work")
    status = []
    for number, name in enumerate(("emmy", "noether")):
        repository.commit({"rosters/schedules/people.yaml": people.replace("github: emmy", f"github: {name}")})
        for asked in ("true", "false"):
            caller = calling(tmp_path, f"directory: rosters, codeowners: {asked}")
            scratch = tmp_path / f"run-{number}-{asked}"
            reference = merged(repository)
            done_run = run(
                caller, "pull_request", scratch, source=repository.root, reference=reference, payload=event()
            )
            status.append(done_run.status)
            repository.git("checkout", "-q", "work")
    assert status == [0, 0, 1, 0]
