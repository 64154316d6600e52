"""``watchbill diff`` as a user runs it, in small git repositories: what it says, how it ends, what it leaves alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from git_repositories import NOW, SICK, TEAM, Repository, team
from told_findings import commands_in
from watchbill.resources import PACKAGE

SCHEMA = json.loads((PACKAGE / "reports" / "change.schema.json").read_text(encoding="utf-8"))
OVERRIDE = "schedules/overrides/sick.yaml"
PAYMENTS = "schedules/on-call/payments.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return team(tmp_path / "repository")


def told(repository: Repository, *arguments: str) -> dict[str, Any]:
    """Return what the command says as JSON; it must fit its schema."""
    done = repository.run("diff", *arguments, *NOW, "--format", "json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_first_line_says_it_all(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    done = repository.run("diff", "main..work", *NOW)
    first, *rest = done.stdout.split("\n")
    assert first == "Moves 1 shift of 2 people; opens no gap; Grace gains one night, Ada loses one night."
    text = "\n".join(rest)
    assert "payments/primary  Tue 24 Nov 2026 22:00  Wed 25 Nov 2026 08:00 Europe/Berlin" in text
    assert "Short notice: within 7 days this concerns Ada Lovelace and Grace Hopper" in text
    assert "Calendar events: 1 changed and 2 added." in text
    assert "Emmy Noether  approves for payments" in text
    assert (done.returncode, done.stderr) == (0, "")


def test_before_and_after_are_drawn(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    lines = repository.run("diff", "main..work", *NOW).stdout.split("\n")
    before = next(line for line in lines if line.startswith("before    "))
    after = next(line for line in lines if line.startswith("after     "))
    marks = lines[lines.index(after) + 1]
    assert before == "before    " + "a" * 48
    assert after == "after     " + "a" * 22 + "b" * 10 + "a" * 16
    assert marks == " " * 32 + "^" * 10
    assert "a Ada Lovelace, b Grace Hopper, . nobody" in lines[lines.index(after) + 2]


def test_records_hold_all_of_it(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    found = told(repository, "main..work")
    assert found["moves"] == [
        {
            "schedule": "payments",
            "role": "primary",
            "start": "2026-11-24T21:00:00Z",
            "end": "2026-11-25T07:00:00Z",
            "timezone": "Europe/Berlin",
            "before": ["ada"],
            "after": ["grace"],
            "override": True,
        }
    ]
    assert {each["person"]: each["gained"]["seconds"] - each["lost"]["seconds"] for each in found["people"]} == {
        "ada": -36_000,
        "grace": 36_000,
    }
    assert found["notice"]["moves"] == found["moves"]
    assert [each["person"] for each in found["approvers"]] == ["ada", "emmy", "grace"]
    assert found["items"] == [
        {"what": "added", "kind": "override", "id": "payments/primary", "renamed_from": None, "fields": []}
    ]


def test_the_example_of_the_documentation_is_true(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    page = (PACKAGE.parents[1] / "docs" / "changes.md").read_text(encoding="utf-8")
    command, *lines = page.split("```console\n$ watchbill ")[1].split("\n```")[0].split("\n")
    printed = repository.run(*command.split(" "), *NOW).stdout.split("\n")
    positions = [printed.index(line) for line in lines if line and line != "…"]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["main..work"], 0),
        (["main..work", "--detailed-exitcode"], 2),
        (["main..main", "--detailed-exitcode"], 0),
        (["main..none"], 2),
        (["main..none", "--detailed-exitcode"], 1),
        (["--nonsense"], 2),
        (["--nonsense", "--detailed-exitcode"], 1),
        (["--now", "yesterday", "--detailed-exitcode"], 1),
        (["-C", "none"], 2),
        (["-C", "none", "--detailed-exitcode"], 1),
    ],
)
def test_exit_status(repository: Repository, arguments: list[str], status: int) -> None:
    repository.commit({OVERRIDE: SICK})
    done = repository.run("diff", *NOW, *arguments)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) is not bool(done.stderr)


def test_what_is_compared_with_what(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    repository.write({"policies/windows.yaml": "office: [mon-fri 09:00-17:00]\n"})
    kinds = {
        name: sorted(item["kind"] for item in told(repository, *arguments)["items"])
        for name, arguments in {
            "two commits": ["main..work"],
            "three dots": ["main...work"],
            "an empty head": ["main.."],
            "an empty base": ["..work"],
            "a commit and the folder": ["main"],
            "the folder alone": [],
            "nothing committed": ["HEAD"],
        }.items()
    }
    assert kinds == {
        "two commits": ["override"],
        "three dots": ["override"],
        "an empty head": ["override"],
        "an empty base": ["override"],
        "a commit and the folder": ["override", "window"],
        "the folder alone": ["override", "window"],
        "nothing committed": ["window"],
    }


def test_what_happened_to_the_base_since_is_no_part_of_the_change(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    repository.git("checkout", "-q", "main")
    repository.commit({"schedules/overrides/other.yaml": SICK.replace("2026-11-2", "2026-12-0")})
    assert len(told(repository, "main..work")["moves"]) == 1
    moves = told(repository, "main..work", "--no-merge-base")["moves"]
    assert [(move["before"], move["after"]) for move in moves] == [(["ada"], ["grace"]), (["grace"], ["linus"])][:1] + [
        (move["before"], move["after"]) for move in moves[1:]
    ]
    assert len(moves) >= 1


def test_neither_folder_nor_index_changes(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    repository.write({PAYMENTS: "name: broken\n", "policies/new.yaml": "x: 1\n"})
    repository.git("add", "policies/new.yaml")
    files = {path: path.read_bytes() for path in repository.root.rglob("*") if path.is_file()}
    repository.run("diff", "main..work", *NOW)
    repository.run("diff", *NOW)
    assert {path: path.read_bytes() for path in repository.root.rglob("*") if path.is_file()} == files


def test_a_base_that_does_not_compile_is_named_and_the_rest_compared(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    search = changed(TEAM[PAYMENTS], "name: Payments", "name: Search")
    broken = changed(search, "members: [linus, emmy, ada, grace]", "members: [ada, nobody-known]")
    repository.commit({**TEAM, "schedules/on-call/search.yaml": broken})
    repository.commit({"schedules/on-call/search.yaml": search, OVERRIDE: SICK})
    found = told(repository, "HEAD~1..HEAD")
    assert [each["rule"] for each in found["base_errors"]] == ["unknown-reference"]
    assert [(each["schedule"], each["role"]) for each in found["moves"]] == [("payments", "primary")]
    assert "unknown-reference" in [each["rule"] for each in found["findings"]["fixed"]]
    text = repository.run("diff", "HEAD~1..HEAD", *NOW).stdout
    assert "The base has 1 error of its own, the first in schedules/on-call/search.yaml:13" in text


def test_a_head_that_does_not_compile_removes_nothing(repository: Repository) -> None:
    repository.commit({PAYMENTS: TEAM[PAYMENTS] + "  secondary: &x\n"})
    found = told(repository, "main..work")
    assert found["unknown"] == [{"schedule": "payments", "side": "head"}]
    assert (found["moves"], found["history"], found["events"]) == ([], [], [])
    assert "anchor" in [each["rule"] for each in found["findings"]["new"]]
    assert "cannot say what happens to Payments" in found["sentence"]


def test_the_first_commit_of_rosters_adds_everything(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit({"README.md": "Nothing yet\n"})
    repository.commit(TEAM)
    found = told(repository, "HEAD~1..HEAD")
    assert found["sentence"].startswith("Adds 53 shifts of 4 people; opens no gap;")
    assert {move["before"] == [] for move in found["moves"]} == {True}
    assert {item["kind"] for item in found["items"]} == {"organization", "person", "team", "schedule"}


def test_a_renamed_person_moves_nothing(repository: Repository) -> None:
    renamed = {path: text.replace("linus", "pauling") for path, text in TEAM.items()}
    repository.commit(renamed)
    found = told(repository, "main..work")
    assert (found["moves"], found["history"], found["findings"]["new"]) == ([], [], [])
    assert {(item["kind"], item["id"], item["renamed_from"]) for item in found["items"]} >= {
        ("person", "pauling", "linus")
    }


def test_a_renamed_schedule_moves_nothing(repository: Repository) -> None:
    repository.commit({PAYMENTS: None, "schedules/on-call/money.yaml": TEAM[PAYMENTS]})
    found = told(repository, "main..work")
    assert (found["moves"], found["history"], found["gaps_opened"]) == ([], [], [])
    assert [(item["id"], item["renamed_from"]) for item in found["items"]] == [("money", "payments")]


def test_gaps_are_opened_and_closed(repository: Repository) -> None:
    hole = changed(SICK, "person: grace", "person: nobody")
    repository.commit({OVERRIDE: hole})
    opened = told(repository, "main..work")
    assert opened["sentence"].startswith("Removes 1 shift of 1 person; opens 1 gap; brings 1 error;")
    assert [(gap["start"], gap["present"]) for gap in opened["gaps_opened"]] == [("2026-11-24T21:00:00Z", 0)]
    repository.commit({OVERRIDE: SICK})
    closed = told(repository, "HEAD~1..HEAD")
    assert closed["sentence"].startswith("Adds 1 shift of 1 person; opens no gap; closes 1 gap; mends 1 finding;")


def test_history_that_is_rewritten(repository: Repository) -> None:
    repository.commit({PAYMENTS: changed(TEAM[PAYMENTS], "[linus, emmy,", "[emmy, linus,")})
    found = told(repository, "main..work")
    assert found["history"]
    assert "history-rewritten" in [each["rule"] for each in found["findings"]["new"]]
    line = next(each["line"] for each in found["findings"]["new"] if each["rule"] == "history-rewritten")
    assert line == 13


def test_a_file_with_an_odd_name_is_told_once(repository: Repository) -> None:
    repository.commit({"schedules/overrides/a|b @team.yaml": SICK})
    rows = [(each["kind"], each["id"]) for each in told(repository, "main..work")["items"]]
    assert rows == [("override", "override")]


@pytest.mark.parametrize(("unplanned", "level"), [("true", "info"), ("false", "warning")])
def test_who_fell_ill_before_the_change_is_merged_edited_no_old_version(
    repository: Repository, unplanned: str, level: str
) -> None:
    ill = f"- {{from: 2026-11-20, through: 2026-11-25, kind: sick, unplanned: {unplanned}}}\n"
    repository.commit({f"schedules/time-off/{name}.yaml": ill for name in ("ada", "grace")})
    found = told(repository, "main..work")["findings"]["new"]
    assert {each["level"] for each in found if each["rule"] == "history-rewritten"} == {level}


def test_a_new_schedule_rewrites_no_history(repository: Repository) -> None:
    repository.commit({"schedules/on-call/second.yaml": changed(TEAM[PAYMENTS], "name: Payments", "name: Second")})
    found = told(repository, "main..work")
    assert found["history"]
    assert "rewrites" not in found["sentence"]
    assert "history-rewritten" not in [each["rule"] for each in found["findings"]["new"]]
    removed = told(repository, "work..main", "--no-merge-base")
    assert "rewrites" in removed["sentence"]
    assert "history-rewritten" in [each["rule"] for each in removed["findings"]["new"]]


def test_a_waiver_excuses_history(repository: Repository) -> None:
    waiver = (
        "waivers:\n  - {rule: history-rewritten, subject: schedule/payments, from: 2026-11-01, through: 2026-11-30,\n"
        "     owner: emmy, reason: The order was written down wrongly}\n"
    )
    swapped = changed(TEAM[PAYMENTS], "[linus, emmy,", "[emmy, linus,")
    repository.commit({PAYMENTS: swapped, "policies/checks.yaml": waiver})
    found = told(repository, "main..work")
    assert found["history"]
    assert not [each for each in found["findings"]["new"] if each["rule"] in ("history-rewritten", "waiver-unused")]


def test_clashes_with_time_off(repository: Repository) -> None:
    wish = "- {from: 2026-11-24, through: 2026-11-24, kind: prefer-not}\n"
    repository.commit({OVERRIDE: SICK, "schedules/time-off/grace.yaml": wish})
    found = told(repository, "main..work")["clashes"]
    assert [(clash["person"], clash["end"], clash["void"]) for clash in found] == [
        ("grace", "2026-11-24T23:00:00Z", False)
    ]
    repository.commit({"schedules/time-off/grace.yaml": wish.replace("prefer-not", "vacation")})
    found = told(repository, "main..work")["clashes"]
    assert [(clash["person"], clash["void"]) for clash in found] == [("grace", True)]


def test_who_approves_is_asked_of_the_base(repository: Repository) -> None:
    eve = TEAM["schedules/people.yaml"] + "eve: {name: Eve}\n"
    teams = changed(TEAM["schedules/teams.yaml"], "approvers: [emmy]", "approvers: [eve]")
    repository.commit({OVERRIDE: SICK, "schedules/people.yaml": eve, "schedules/teams.yaml": teams})
    approvers = {each["person"]: each["teams"] for each in told(repository, "main..work")["approvers"]}
    assert approvers == {"ada": [], "emmy": ["payments"], "grace": []}


def test_notice_can_be_shorter(repository: Repository) -> None:
    repository.commit({OVERRIDE: SICK})
    assert told(repository, "main..work", "--notice", "1")["notice"] == {"days": 1, "moves": []}


def test_a_folder_below_the_top(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit({f"ops/{path}": text for path, text in TEAM.items()})
    repository.commit({f"ops/{OVERRIDE}": SICK})
    assert len(told(repository, "HEAD~1..HEAD", "-C", "ops")["moves"]) == 1


@pytest.mark.parametrize(
    "name",
    [
        "::error::owned",
        "##[error]owned ::add-mask::x",
        "a|b\\|c `code` | --- |",
        "@torvalds #1 https://example.org <img src=x>",
        "``` \\n# heading",
        "Zoë 🧑‍🚒 نوعم",
    ],
)
def test_names_are_only_text(tmp_path: Path, name: str) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit(TEAM)
    people = changed(TEAM["schedules/people.yaml"], "Grace Hopper", json.dumps(name, ensure_ascii=False))
    titled = changed(TEAM[PAYMENTS], "name: Payments", f"name: {json.dumps(name, ensure_ascii=False)}")
    repository.commit({"schedules/people.yaml": people, PAYMENTS: titled, OVERRIDE: SICK})
    for form in ("full", "markdown", "json"):
        text = repository.run("diff", "HEAD~1..HEAD", *NOW, "--format", form).stdout
        assert "grace" in text or "Grace" in text or name.split(maxsplit=1)[0] in text or form == "markdown"
        assert not list(commands_in(text)), form
        assert "\x1b" not in text
        if form == "markdown":
            rows = [line for line in text.split("\n") if line.startswith("| ")]
            assert {line.count("|") for line in rows if "payments" in line and "Nov" in line} == {7}
            outside = re.sub(r"```.*?```|(`+).*?\1", "", text, flags=re.DOTALL)
            assert not re.search(r"<img|@torvalds|https:", outside)


def test_a_revision_may_be_called_anything(repository: Repository) -> None:
    done = repository.run("diff", "main..\x1b[2J::error::x", *NOW)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert not list(commands_in(done.stderr))


def test_outside_of_git(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    (tmp_path / "plain").mkdir()
    done = repository.run("diff", "-C", str(tmp_path / "plain"))
    assert done.returncode == 2
    assert "is in no git repository" in done.stderr


def test_without_a_common_commit(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit({OVERRIDE: SICK})
    done = repository.run("diff", "main..other", *NOW)
    assert done.returncode == 2
    assert "no commit in common" in done.stderr
    assert "--no-merge-base" in done.stderr
    assert len(told(repository, "main..other", "--no-merge-base")["moves"]) == 1


def test_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    base = repository.git("rev-parse", "main")
    repository.commit({OVERRIDE: SICK})
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "clone"))
    done = repository.run("diff", f"{base}..HEAD", "-C", str(tmp_path / "clone"), *NOW)
    assert done.returncode == 2
    assert "shallow" in done.stderr
    assert "fetch-depth: 0" in done.stderr
