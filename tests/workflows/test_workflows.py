"""The workflows are as careful as SECURITY.md says: ours, and the one that ``watchbill init`` writes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from watchbill.cli.init_command import starter_files

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STARTER = {path.name: data.decode() for path, data in starter_files().items() if path.match(".github/workflows/*")}
TEXTS = {f"ours/{path.name}": path.read_text() for path in WORKFLOWS} | {f"starter/{k}": v for k, v in STARTER.items()}

PINNED = re.compile(r"uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\Z")


def load(text: str) -> dict[str, Any]:
    """Read a workflow with all scalars as text, so that ``on`` stays a word."""
    document = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the loader makes nothing but text
    assert isinstance(document, dict)
    return document


def steps(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in document["jobs"].values():
        yield from job.get("steps", ())


workflow = pytest.mark.parametrize("name", TEXTS)


def test_both_sorts_are_found() -> None:
    assert any(name.startswith("ours/") for name in TEXTS)
    assert any(name.startswith("starter/") for name in TEXTS)


@workflow
def test_actions_are_pinned_by_hash_with_their_version_beside(name: str) -> None:
    used = [line.strip().removeprefix("- ") for line in TEXTS[name].splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.match(line)] == []


def test_one_action_has_one_version_everywhere() -> None:
    pins = {line.strip().removeprefix("- ") for text in TEXTS.values() for line in text.splitlines() if "uses:" in line}
    actions = [pin.partition("@")[0] for pin in pins]
    assert sorted(set(actions)) == sorted(actions)


@workflow
def test_the_token_may_only_read(name: str) -> None:
    document = load(TEXTS[name])
    assert document["permissions"] == {"contents": "read"}
    assert [job for job in document["jobs"].values() if "permissions" in job] == []


@workflow
def test_every_job_ends_by_itself_on_a_named_machine(name: str) -> None:
    for job in load(TEXTS[name])["jobs"].values():
        assert 0 < int(job["timeout-minutes"]) <= 60
        assert not job["runs-on"].endswith("-latest")


@workflow
def test_a_newer_run_replaces_an_older_one(name: str) -> None:
    assert load(TEXTS[name])["concurrency"]["cancel-in-progress"] == "true"


@workflow
def test_no_checkout_leaves_credentials_behind(name: str) -> None:
    checkouts = [step for step in steps(load(TEXTS[name])) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") != "false"] == []


@workflow
def test_no_script_contains_text_of_the_event(name: str) -> None:
    scripts = [step["run"] for step in steps(load(TEXTS[name])) if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


@workflow
def test_no_workflow_gives_secrets_to_foreign_code(name: str) -> None:
    document = load(TEXTS[name])
    assert set(document["on"]).isdisjoint({"pull_request_target", "workflow_run", "issue_comment"})
    assert "secrets." not in TEXTS[name]


def test_every_supported_python_is_tested() -> None:
    ci = load(TEXTS["ours/ci.yml"])
    for job in ("test", "package"):
        assert ci["jobs"][job]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


def test_updates_wait_a_week() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip"}
    assert min(update["cooldown"]["default-days"] for update in updates) >= 7


def test_the_hooks_use_the_tools_of_the_environment() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local"
    assert {hook["id"] for hook in repository["hooks"]} >= {"ruff", "mypy", "import-linter", "watchbill"}
    assert [hook for hook in repository["hooks"] if not hook["entry"].startswith(".venv/bin/")] == []


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert re.search(r"^make test\b", script, re.MULTILINE)
    assert "set -euo pipefail" in script


@workflow
def test_an_independent_auditor_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / ".github" / "workflows" / Path(name).name
    path.parent.mkdir(parents=True)
    path.write_text(TEXTS[name])
    auditor = Path(sys.executable).with_name("zizmor")
    command = [auditor, "--offline", "--no-progress", "--persona", "pedantic", "--no-config", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
