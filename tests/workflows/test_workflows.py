"""The workflows are as careful as SECURITY.md says: ours, and the one that ``watchbill init`` writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from watchbill.cli.init_command import starter_files

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STARTER = {path.name: data.decode() for path, data in starter_files().items() if path.match(".github/workflows/*")}
TEXTS = {f"ours/{path.name}": path.read_text() for path in WORKFLOWS} | {f"starter/{k}": v for k, v in STARTER.items()}

ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
ALL = TEXTS | {f"action/{path.parent.name}": path.read_text() for path in ACTIONS}

PINNED = re.compile(r"uses: (?:[a-z-]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\$/\.github/[a-z/.-]+)\Z")

WRITES = {
    "comment": {"pull-requests"},
    "nightly": {"issues"},
    "publish": {"pages", "id-token"},
    "refresh": {"pages", "id-token"},
}
"""What a workflow may write, by its name; all others only read."""

WAITS = {"publish", "refresh", "nightly", "sync"}
"""Workflows that finish what they have begun, although a newer run waits."""


def load(text: str) -> dict[str, Any]:
    """Read a workflow with all scalars as text, so that ``on`` stays a word."""
    document = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the loader makes nothing but text
    assert isinstance(document, dict)
    return document


def steps(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in document["jobs"].values():
        yield from job.get("steps", ())


def kind(name: str) -> str:
    """Return ``publish`` of ``ours/publish.yml`` and of ``starter/watchbill-publish.yml``."""
    return Path(name).stem.removeprefix("watchbill-")


workflow = pytest.mark.parametrize("name", TEXTS)
workflow_or_action = pytest.mark.parametrize("name", ALL)


def test_both_sorts_are_found() -> None:
    assert any(name.startswith("ours/") for name in TEXTS)
    assert any(name.startswith("starter/") for name in TEXTS)


@workflow_or_action
def test_actions_are_pinned_by_hash_with_their_version_beside(name: str) -> None:
    used = [line.strip().removeprefix("- ") for line in ALL[name].splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.match(line)] == []


def test_what_is_used_of_this_repository_exists() -> None:
    starter = {str(path) for path in starter_files()}
    for name, text in ALL.items():
        for path in re.findall(r"uses: \$/(\S+)", text):
            assert path in starter if name.startswith("starter/") else (ROOT / path).exists()


def test_one_action_has_one_version_everywhere() -> None:
    pins = {line.strip().removeprefix("- ") for text in ALL.values() for line in text.splitlines() if "uses:" in line}
    actions = [pin.partition("@")[0] for pin in pins]
    assert sorted(set(actions)) == sorted(actions)


@workflow
def test_the_token_may_do_nothing_but_what_is_known(name: str) -> None:
    document = load(TEXTS[name])
    assert document["permissions"] in ("{}", {}, {"contents": "read"})
    jobs = [job["permissions"] for job in document["jobs"].values() if "permissions" in job]
    writes = {scope for job in jobs for scope, access in job.items() if access != "read"}
    assert writes == WRITES.get(kind(name), set())


@workflow
def test_every_job_ends_by_itself_on_a_named_machine(name: str) -> None:
    for job in load(TEXTS[name])["jobs"].values():
        if "uses" not in job:
            assert 0 < int(job["timeout-minutes"]) <= 60
            assert not job["runs-on"].endswith("-latest")


@workflow
def test_a_newer_run_replaces_an_older_one_unless_half_of_it_would_be_done(name: str) -> None:
    assert load(TEXTS[name])["concurrency"]["cancel-in-progress"] == ("false" if kind(name) in WAITS else "true")


@workflow
def test_no_checkout_leaves_credentials_behind(name: str) -> None:
    checkouts = [step for step in steps(load(TEXTS[name])) if step.get("uses", "").startswith("actions/checkout@")]
    assert bool(checkouts) == (kind(name) not in ("comment", "refresh"))
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") != "false"] == []


@workflow_or_action
def test_no_script_contains_an_expression(name: str) -> None:
    document = load(ALL[name])
    found = document["runs"]["steps"] if "runs" in document else list(steps(document))
    assert [step["run"] for step in found if "${{" in step.get("run", "")] == []


@workflow_or_action
def test_scripts_import_nothing_from_the_folder_that_is_checked(name: str) -> None:
    document = load(ALL[name])
    if "runs" in document:
        found = [step for step in document["runs"]["steps"] if re.search(r"python|watchbill ", step.get("run", ""))]
        assert [step for step in found if step["env"].get("PYTHONSAFEPATH") != "1"] == []
    elif any("run" in step for step in steps(document)):
        assert document["env"]["PYTHONSAFEPATH"] == "1"


@workflow
def test_no_workflow_gives_secrets_to_foreign_code(name: str) -> None:
    document = load(TEXTS[name])
    assert set(document["on"]).isdisjoint({"pull_request_target", "issue_comment"})
    assert ("workflow_run" in document["on"]) == (kind(name) == "comment")
    assert "secrets" not in TEXTS[name].replace("no secrets", "")


def test_the_comment_runs_nothing_of_the_pull_request() -> None:
    (job,) = load(TEXTS["ours/comment.yml"])["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used == ["$/.github/actions/install"]
    assert "checkout" not in TEXTS["ours/comment.yml"]


@workflow
def test_pipelines_of_scripts_fail_where_any_part_fails(name: str) -> None:
    document = load(TEXTS[name])
    piped = [step for step in steps(document) if re.search(r"[^|]\|[^|]", step.get("run", ""))]
    shell = document.get("defaults", {}).get("run", {}).get("shell")
    assert not piped or shell == "bash"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("comment", "Find the pull request"),
        ("comment", "Take the report"),
        ("comment", "Make the comment"),
        ("comment", "Write the comment"),
        ("nightly", "Keep one issue for each team"),
        ("publish", "Take the manifest of the build before"),
    ],
)
def test_the_starter_runs_the_scripts_that_are_run_in_tests(name: str, title: str) -> None:
    scripts = [
        step["run"]
        for text in (TEXTS[f"ours/{name}.yml"], TEXTS[f"starter/watchbill-{name}.yml"])
        for step in steps(load(text))
        if step.get("name") == title
    ]
    assert len(scripts) == 2
    assert scripts[0] == scripts[1]


def test_every_supported_python_is_tested() -> None:
    ci = load(TEXTS["ours/ci.yml"])
    for job in ("test", "package"):
        assert ci["jobs"][job]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


def test_updates_wait_a_week() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip"}
    assert "/.github/actions/*" in updates[0]["directories"]
    starter = yaml.safe_load(starter_files()[PurePosixPath(".github/dependabot.yml")])["updates"]
    assert min(update["cooldown"]["default-days"] for update in (*updates, *starter)) >= 7


def test_the_hooks_use_the_tools_of_the_environment() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local"
    assert {hook["id"] for hook in repository["hooks"]} >= {"ruff", "mypy", "import-linter", "watchbill"}
    assert [hook for hook in repository["hooks"] if not hook["entry"].startswith(".venv/bin/")] == []


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert re.search(r"^make test\b", script, re.MULTILINE)
    assert "set -euo pipefail" in script


@pytest.mark.parametrize("whose", ["ours", "starter"])
def test_an_independent_auditor_finds_nothing(whose: str, tmp_path: Path) -> None:
    """The one exception, the trigger of the comment, is explained at its line."""
    github = tmp_path / ".github"
    if whose == "ours":
        shutil.copytree(ROOT / ".github", github)
    else:
        (github / "workflows").mkdir(parents=True)
        for name, text in STARTER.items():
            (github / "workflows" / name).write_text(text)
    ignored = [line for path in github.rglob("*.yml") for line in path.read_text().splitlines() if "zizmor:" in line]
    assert {line.partition("#")[2].split("]")[0] for line in ignored} <= {" zizmor: ignore[dangerous-triggers"}
    auditor = Path(sys.executable).with_name("zizmor")
    command = [auditor, "--offline", "--no-progress", "--persona", "auditor", "--no-config", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("custom.github-workflows-require-timeout", ".github/workflows/*.yml"),
        ("vendor.github-actions", ".github/actions/*/action.yml"),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.github-workflows", "compiler/watchbill/starter/dot-github/workflows/*.yml"),
        ("vendor.dependabot", "compiler/watchbill/starter/dot-github/dependabot.yml"),
        ("vendor.gitlab-ci", "templates/gitlab-ci.yml"),
    ],
)
def test_files_have_the_shape_that_the_service_reads(schema: str, pattern: str) -> None:
    files = sorted(ROOT.glob(pattern))
    assert files
    checker = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run([checker, "--builtin-schema", schema, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
