"""``capacity`` and ``suggest cover`` as a user asks them: whole answers, and what a slip of the hand gets.

The answers stand in ``tests/cases/planning/``; ``WATCHBILL_UPDATE_GENERATED=1`` writes them anew, to be read as a diff.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planned import PEOPLE, weekly
from planned import repository as files_of

CASES = Path(__file__).parents[2] / "cases" / "planning"
NOW = ("--now", "2026-11-25T12:00Z")
SUMMER = """\
ada:
  - from: 2027-07-05
    through: 2027-07-25
alan:
  - {from: 2027-07-12, through: 2027-08-01, kind: vacation}
"""
COVER = ("suggest", "cover", "ada", "--from", "2026-12-07 09:00", "--until", "2026-12-14 09:00")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "rosters"
    service = "name: Website\nteam: harbour\non-call: {schedule: harbour}\n"
    files = files_of(weekly(PEOPLE[:4], follower=True)) | {"policies/services/website.yaml": service}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (tmp_path / "summer.yaml").write_text(SUMMER, encoding="utf-8")
    return root


def ask(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "watchbill", *arguments, *NOW, "-C", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=root.parent,
    )


def findings(root: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "watchbill", "check", str(root), *NOW, "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return [finding["message"] for finding in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("capacity.txt", ("capacity", "harbour")),
        ("capacity.md", ("capacity", "harbour", "--without", "ada", "--format", "markdown")),
        ("capacity-vacations.txt", ("capacity", "harbour", "--time-off", "summer.yaml")),
        ("cover.txt", COVER),
        ("cover.json", (*COVER, "--role", "primary", "--format", "json")),
    ],
)
def test_an_answer(repository: Path, name: str, words: tuple[str, ...]) -> None:
    done = ask(repository, *words)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout
    if name.endswith(".json"):
        answer = json.loads(told)
        answer["tzdata"] = "…"
        told = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("WATCHBILL_UPDATE_GENERATED"):
        (CASES / name).write_text(told, encoding="utf-8")
    assert told == (CASES / name).read_text(encoding="utf-8")


def test_programs_get_the_figures_of_capacity(repository: Path) -> None:
    answer = json.loads(ask(repository, "capacity", "harbour", "--format", "json").stdout)
    need, people, outcomes, findings = (table["rows"] for table in answer["tables"])
    assert (need[0]["needed"], need[0]["least"], need[0]["there"]) == (4, 3, 4.0)
    assert [row["person"] for row in people] == ["ada", "alan", "grace", "katherine"]
    assert [row["share-primary"] for row in outcomes[1:]] == [0.3338, 0.3338, 0.3338, 0.3338]
    assert {row["rule"] for row in findings} >= {"share-too-high"}
    rows = list(csv.reader(io.StringIO(ask(repository, "capacity", "harbour", "--format", "csv").stdout)))
    assert rows[1][3:5] == ["4", "3"]


def test_the_pasted_override_is_valid_and_does_what_it_says(repository: Path) -> None:
    before = findings(repository)
    override = json.loads(ask(repository, *COVER, "--format", "json").stdout)["override"]
    assert override["problem"] is None
    target = repository / override["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(override["text"], encoding="utf-8")
    assert findings(repository) == before
    again = ask(repository, *COVER)
    assert "holds no shift" in again.stdout
    other = ask(repository, "suggest", "cover", override["text"].split("person: ")[1].split()[0], *COVER[3:])
    assert f"{override['file']} gives this; change it there" in other.stdout


def test_a_second_proposal_gets_another_file(repository: Path) -> None:
    first = json.loads(ask(repository, *COVER, "--format", "json").stdout)["override"]["file"]
    (repository / first).parent.mkdir(parents=True, exist_ok=True)
    (repository / first).write_text("[]\n", encoding="utf-8")
    second = json.loads(ask(repository, *COVER, "--format", "json").stdout)["override"]["file"]
    assert second == first.replace(".yaml", "-2.yaml")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("capacity", "habrour"), "No schedule is called 'habrour'. Did you mean 'harbour'?"),
        (("capacity", "website"), "The service of that name is watched by 'harbour'."),
        (("capacity", "harbour", "--without", "gracy"), "No person is called 'gracy'. Did you mean 'grace'?"),
        (("capacity", "harbour", "--time-off", "nothing.yaml"), "nothing.yaml, cannot be read: no such file"),
        (("capacity", "harbour", "--time-off", "."), "cannot be read: is a directory"),
        (("suggest", "cover", "gracy", *COVER[3:]), "No person is called 'gracy'. Did you mean 'grace'?"),
        ((*COVER, "--role", "secundary"), "No role is called 'secundary'. Did you mean 'secondary'?"),
        ((*COVER, "--schedule", "habrour"), "Did you mean 'harbour'?"),
        ((*COVER[:3], "--from", "2026-12-08", "--until", "2026-12-08"), "--until is not after --from."),
        ((*COVER[:3], "--from", "2026-01-08", "--until", "2026-01-09"), "This time is over"),
        ((*COVER[:3], "--from", "2026-12-08", "--until", "2028-01-09"), "This is more than a year."),
        ((*COVER[:3], "--from", "2090-12-08", "--until", "2090-12-09"), "This is more than two years ahead."),
        ((*COVER[:3], "--from", "noon", "--until", "2090-12-09"), "`noon` is no time."),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(repository: Path, words: tuple[str, ...], hint: str) -> None:
    done = ask(repository, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert hint in done.stderr


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("adda:\n  - from: 2027-01-01\n", ["x.yaml:1:1: there is no person `adda`; did you mean `ada`?"]),
        (
            "ada:\n  - from: 2027-01-01\n  - {form: 2027-02-01, through: 2027-02-03}\ngrace: 3\n",
            [
                "x.yaml:3:6: an entry of time off has no key `form`; did you mean `from`?",
                "x.yaml:2:5: nothing says when this ends; add `through` with the last day, or `until` with a moment",
                "x.yaml:4:8: this file of schedules/time-off holds a single value, not a list; "
                "start each entry with `- `",
            ],
        ),
        (
            "ada: [{from: 2027-01-05, through: 2027-01-01}]\n",
            ["x.yaml:1:35: `2027-01-01` is not after `2027-01-05`; exchange them, or correct one"],
        ),
        ("- from: 2027-01-01\n", ["x.yaml:1:1: this file holds no mapping from people to their time off; "]),
        ("ada: &a []\n", ["x.yaml:1:6: "]),
        ("\x1b[31m: 1\n", ["x.yaml:1:1: the hidden character U+001B (escape) stands here"]),
    ],
)
def test_a_faulty_file_of_time_off_is_told_by_line(repository: Path, text: str, lines: list[str]) -> None:
    (repository.parent / "x.yaml").write_text(text, encoding="utf-8")
    done = ask(repository, "capacity", "harbour", "--time-off", "x.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    told = done.stderr.removeprefix("Error: ").splitlines()
    assert len(told) == len(lines)
    for line, expected in zip(told, lines, strict=True):
        assert line.startswith(expected)


def test_a_broken_repository_answers_what_it_can(repository: Path) -> None:
    (repository / "schedules/on-call/lock.yaml").write_text("name: Lock\n", encoding="utf-8")
    done = ask(repository, "capacity", "harbour")
    assert done.returncode == 0
    assert "the answer is what can be read" in done.stderr
    broken = ask(repository, "capacity", "lock")
    assert broken.returncode == 2
    assert "The schedule 'lock' cannot be understood. Run `watchbill check`." in broken.stderr
