"""The commands that edit a roster, as a user runs them in a git repository: what they say, and what they change.

Each case is a file in ``tests/cases/edits/``: the commands with their output, and after them the diff of the whole
tree. ``WATCHBILL_UPDATE_GENERATED=1`` writes them anew, to be read as a diff. The repositories that they start from
stand there too: ``collection`` keeps people in one file and writes in flow style, ``folders`` has a file for each
person and block style, both with comments and odd blanks.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from watchbill.cli.off_command import KINDS

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "edits"
NOW = "2026-11-25T12:00Z"

Run = Callable[..., subprocess.CompletedProcess[str]]

STORIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "off-in-flow-style": ("collection", NOW, ("off add ada --from 2026-12-07 --through 2026-12-13 --kind training",)),
    "off-with-a-reason": (
        "folders",
        NOW,
        ("off add grace --from 2026-12-14 --through 2026-12-15 --reason 'School: \"the play\", at four # not later'",),
    ),
    "off-sick-now": ("folders", NOW, ("off add grace --sick --until '2026-11-27 09:00'",)),
    "off-sick-between-two-minutes": (
        "folders",
        "2026-11-25T12:00:19Z",
        ("off add grace --sick --until '2026-11-27 09:00'",),
    ),
    "off-twice": ("folders", NOW, ("off add linus --from today --through 2026-11-29",) * 2),
    "off-far-ahead": ("folders", NOW, ("off add linus --from 2028-05-01 --through 2028-05-31 --dry-run",)),
    "off-refused": (
        "collection",
        NOW,
        (
            "off add linus --from 2026-12-01 --through 2026-12-06",
            "off add ada --from 2026-12-01 --through 2026-12-06",
            "off add grace --from 2026-12-03 --through 2026-12-03",
        ),
    ),
    "override": (
        "folders",
        NOW,
        (
            "override add payments margaret --from '2026-11-26 18:00' --until '2026-11-26 23:00' --instead-of grace "
            "--reason 'Choir practice'",
            "override add payments margaret --from '2026-11-26 18:00' --until '2026-11-26 23:00' --dry-run",
        ),
    ),
    "override-refused": (
        "folders",
        NOW,
        (
            "override add payments grace --from '2026-12-25 09:00' --until '2026-12-25 18:00'",
            "override add payments grace --role secondry --from '2026-12-25 09:00' --until '2026-12-25 18:00'",
        ),
    ),
    "override-in-the-past": (
        "folders",
        NOW,
        ("override add payments margaret --from '2026-11-20 18:00' --until '2026-11-20 23:00'",),
    ),
    "override-planned-hole": (
        "folders",
        NOW,
        ("override add payments nobody --role secondary --from 2026-12-24 --through 2026-12-26",),
    ),
    "override-cover": (
        "folders",
        NOW,
        (
            "override cover grace --until '2026-11-25 22:00' --reason Fever --dry-run",
            "override cover grace --until '2026-11-25 22:00' --with ada --role secondary",
            "override cover margaret --until '2026-11-25 22:00'",
        ),
    ),
    "swap": (
        "folders",
        NOW,
        (
            'swap payments linus=2026-11-30 ada=2026-12-07 --reason "Linus\'s mother visits"',
            "swap payments grace linus --dry-run",
        ),
    ),
    "swap-far-ahead": ("folders", NOW, ("swap payments linus=2028-08-21 ada=2028-08-28 --dry-run",)),
    "swap-misses": ("folders", NOW, ("swap payments linus=2026-12-01 ada=2026-12-07",)),
    "person-in-a-collection": (
        "collection",
        NOW,
        (
            "person add tycho --name 'Tycho: \"the nose\" Brahe' --team harbour --handle github=tycho "
            "--email tycho@example.org --trained on-call=2026-11-01 --joined 2026-12-01",
            "rotation add-member harbour tycho",
        ),
    ),
    "person-in-a-folder": (
        "folders",
        NOW,
        (
            "person add mary --name 'Mary Anning' --timezone Europe/London --holidays GB-ENG --team payments",
            "person add mary --name 'Mary Anning'",
        ),
    ),
    "member-before-a-later-version": ("folders", NOW, ("rotation add-member payments alan",)),
    "member-after-somebody": ("folders", NOW, ("rotation add-member payments alan --after linus --from 2026-12-10",)),
    "member-of-one-version": ("folders", NOW, ("rotation add-member payments barbara --role secondary",)),
    "member-removed": ("folders", NOW, ("rotation remove-member payments linus",)),
    "member-of-a-group-removed": ("folders", NOW, ("rotation remove-member payments alan --role secondary",)),
    "member-refused": (
        "collection",
        NOW,
        (
            "rotation add-member harbour ada",
            "rotation remove-member harbour nobody-known",
            "rotation add-member harbour grace --role secondary",
            "rotation remove-member harbour ada --layer nightly",
        ),
    ),
    "leave-next-handoff": ("folders", NOW, ("person leave grace",)),
    "leave-on-a-day": ("folders", NOW, ("person leave ada --on 2026-12-31",)),
    "leave-named-in-many-places": ("folders", NOW, ("person leave margaret --on 2026-12-06", "person leave linus")),
    "leave-in-a-collection": ("collection", NOW, ("person leave ada --on 2027-01-31",)),
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*arguments: str, now: str = NOW) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "watchbill", *arguments, "--now", now],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
        )

    return run


def git(folder: Path, *arguments: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "core.autocrlf=false"]
    done = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, check=True, env=own)
    return done.stdout.decode()


def start(folder: Path, base: str) -> None:
    shutil.copytree(CASES / base, folder, dirs_exist_ok=True)
    if base == "folders":
        (folder / "schedules/people/barbara.yaml").write_text("name: Barbara Liskov\ntrained:\n  on-call: 2025-01-01\n")
    commit(folder, "Start")


def commit(folder: Path, message: str) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def brief(errors: str) -> str:
    """Return messages with findings by rule alone: how each is worded is the business of its rule."""
    errors = re.sub(r"^\S+:\d+:\d+: (warning\[[a-z-]+\]) .*$", r"\1", errors, flags=re.MULTILINE)
    return re.sub(r"^((?:error|warning)\[[a-z-]+\]): .+\n(?:.+\n)*", r"\1\n", errors, flags=re.MULTILINE)


@pytest.mark.parametrize("name", STORIES)
def test_the_story(name: str, tmp_path: Path, run: Run) -> None:
    base, now, commands = STORIES[name]
    start(tmp_path, base)
    told = []
    for command in commands:
        done = run(*shlex.split(command), now=now)
        assert done.returncode in (0, 1, 2), done.stderr
        told.append(f"$ watchbill {command}\n{done.stdout}{brief(done.stderr)}[{done.returncode}]\n")
    git(tmp_path, "add", "--all", "--intent-to-add")
    changed = "".join(line for line in git(tmp_path, "diff").splitlines(keepends=True) if not line.startswith("index "))
    story = f"Starts from {base}/, at {now}.\n\n" + "\n".join(told) + "\n" + changed
    expected = CASES / f"{name}.txt"
    if os.environ.get("WATCHBILL_UPDATE_GENERATED"):
        expected.write_text(story, encoding="utf-8", newline="")
    assert story == expected.read_text(encoding="utf-8")


def test_sick_at_two_is_one_command_one_check_and_one_commit(tmp_path: Path) -> None:
    """The path of docs/editing.md, as it stands there, on the example: under half a minute, and mended."""
    page = (ROOT / "docs/editing.md").read_text(encoding="utf-8").split("## Sick at 02:00")[1].split("\n## ")[0]
    night = "2026-11-25T02:00+01:00"
    commands = [line for line in page.splitlines() if line.startswith("watchbill ")]
    assert [command.split()[1] for command in commands] == ["override", "off", "check"]
    for number, command in enumerate(commands[:2]):
        folder = tmp_path / str(number)
        for name in ("schedules", "policies", "incidents"):
            shutil.copytree(ROOT / name, folder / name)
        commit(folder, "Start")
        started = perf_counter()
        for each in (command, "watchbill check"):
            arguments = [sys.executable, "-m", *shlex.split(each), "--now", night]
            done = subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder)
            assert done.returncode == 0, done.stdout + done.stderr
        assert perf_counter() - started < 30
        commit(folder, "Emmy cannot")
        assert git(folder, "status", "--porcelain") == ""
        asked = [sys.executable, "-m", "watchbill", "who", "payments", "--at", night]
        answer = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=True, cwd=folder).stdout
        primary = next(line for line in answer.splitlines() if "primary" in line)
        assert "emmy" not in primary
        assert "NOBODY" not in answer


def test_the_kinds_of_time_off_are_those_of_the_schema() -> None:
    definitions = json.loads((ROOT / "compiler/watchbill/model/schemas/definitions.schema.json").read_bytes())
    assert list(KINDS) == definitions["$defs"]["time-off-entry"]["properties"]["kind"]["enum"]
