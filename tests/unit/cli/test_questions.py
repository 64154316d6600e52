"""``who``, ``next``, ``shifts`` and ``why`` as a user asks them: the answers, and what a slip of the hand gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from watchbill.cli.init_command import plant, starter_files

NOW = ("--at", "2026-11-25T09:00Z")
HOLE = "schedule: platform\nrole: primary\nfrom: 2026-11-24 09:00\nuntil: 2026-11-27 09:00\nperson: nobody\n"
COMMANDS = (("who",), ("next",), ("shifts", "ada"), ("why", "platform"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "rosters"
    plant(starter_files(timezone="Europe/London"), root)
    return root


def ask(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "watchbill", *arguments, "-C", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


def add(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_now_and_at_mean_the_same(repository: Path, command: tuple[str, ...]) -> None:
    at = ask(repository, *command, "--at", "2026-12-01 12:00")
    now = ask(repository, *command, "--now", "2026-12-01 12:00")
    assert at.returncode == 0, at.stderr
    assert (at.stdout, at.stderr) == (now.stdout, now.stderr)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_every_answer_can_be_json(repository: Path, command: tuple[str, ...]) -> None:
    done = ask(repository, *command, *NOW, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["at"] == "2026-11-25T09:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("who", "platfrom"), "No schedule, service or team is called 'platfrom'. Did you mean 'platform'?"),
        (("why", "webiste"), "No schedule, service or team is called 'webiste'. Did you mean 'website'?"),
        (("shifts", "gracy"), "No person is called 'gracy'. Did you mean 'grace'?"),
        (("shifts", "zebulon"), "No person is called 'zebulon'. Known: ada, alan, grace, katherine."),
        (("who", "ada"), "'ada' is a person: ask `watchbill shifts ada`."),
        (("who", "--at", "2026-02-30"), "the calendar has no day `2026-02-30`"),
        (("who", "--at", "2101-01-01"), "`2101-01-01` lies outside 1970 to 2100"),
        (("who", "--at", "noon"), "Write one of: 2026-11-23T09:00+01:00"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(repository: Path, words: tuple[str, ...], hint: str) -> None:
    done = ask(repository, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert hint in done.stderr


def test_a_person_of_a_file_that_cannot_be_read_is_not_called_unknown(repository: Path) -> None:
    add(repository, "schedules/people.yaml", "ada: [\n")
    done = ask(repository, "shifts", "ada")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The person 'ada' cannot be understood. Run `watchbill check`." in done.stderr


def test_of_many_known_names_a_few_are_shown(repository: Path) -> None:
    add(repository, "schedules/people/x.yaml", "name: X\n")
    for number in range(30):
        add(repository, f"schedules/people/sailor-{number:02}.yaml", "name: Sailor\n")
    done = ask(repository, "shifts", "zebulon")
    assert "Known: ada, alan, grace, katherine, sailor-00, sailor-01, sailor-02, sailor-03 and 27 more." in done.stderr


def test_a_gap_is_explained(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    done = ask(repository, "why", "platform", *NOW)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "Platform/primary: nobody is on call at Wed 25 Nov 2026 09:00 Europe/London\n"
        "  GAP until Fri 27 Nov 2026 09:00 Europe/London: coverage is owed, see schedules/on-call/platform.yaml:5\n"
        "  coverage-gap: platform has no primary from Wed 25 Nov 2026 09:00 until Fri 27 Nov 2026 09:00 Europe/London: "
        "an override gives it to nobody\n"
        "  this override to nobody, see schedules/overrides/x.yaml:1\n"
    )
    answer = json.loads(ask(repository, "why", "platform", *NOW, "--format", "json").stdout)
    assert [role["gap"] and role["gap"]["until"] for role in answer["roles"]] == ["2026-11-27T09:00:00+00:00", None]


def test_the_next_holder_is_told_over_a_gap(repository: Path) -> None:
    add(repository, "schedules/overrides/x.yaml", HOLE)
    lines = ask(repository, "next", "platform", *NOW).stdout.splitlines()
    assert lines[3] == "  primary    NOBODY, but coverage is owed until Fri 27 Nov 2026 09:00 Europe/London"
    assert lines[4].strip() == "then Grace Hopper (grace) until Mon 30 Nov 2026 10:00 Europe/London"


def test_a_leaver_has_left_and_is_not_merely_away(repository: Path) -> None:
    people = repository / "schedules/people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("\nalan:\n", "\nalan:\n  left: 2026-12-15\n"))
    told = ask(repository, "why", "platform", "--at", "2026-12-16T12:00Z").stdout
    assert "because turn 49 of layer weekly, version 1 belongs to Alan Turing (alan), who has left, and" in told
    assert "is away" not in told
    shifts = ask(repository, "shifts", "alan", *NOW).stdout
    assert shifts.splitlines()[-1].startswith("  Mon 14 Dec 2026 10:00 - Wed 16 Dec 2026 00:00  Platform/primary")


@pytest.mark.parametrize("command", [*COMMANDS, ("explain",)], ids=lambda words: words[0])
def test_a_closed_output_is_no_bug(repository: Path, command: tuple[str, ...]) -> None:
    at = [] if command[0] == "explain" else ["-C", str(repository), *NOW]
    words = " ".join([sys.executable, "-m", "watchbill", *command, *(f"'{word}'" for word in at)])
    done = subprocess.run(["sh", "-c", f"{words} >&-"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_output_is_said(repository: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    words = [sys.executable, "-m", "watchbill", "who", "-C", str(repository)]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "the answer cannot be written: no space left on device" in done.stderr
    assert "help: Free some space" in done.stderr
