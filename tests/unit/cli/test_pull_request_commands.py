"""``watchbill codeowners`` and ``watchbill comment`` as a pipeline runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import told_findings
from command_runs import run, write
from watchbill.reports import json_report, markdown
from watchbill.reports.codeowners import BEGIN, END
from watchbill.reports.markdown_text import prose
from watchbill.reports.report_reading import MOST_BYTES, ReportError, read_report

FILES = {
    "policies/organization.yaml": "name: Example\ntimezone: Europe/Berlin\n",
    "schedules/people.yaml": "ada: {name: Ada, handles: {github: ada-hub}}\ngrace: {name: Grace}\n",
    "schedules/teams/payments.yaml": "name: Payments\nmembers: [ada, grace]\napprovers: [ada]\n",
}


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write(FILES, tmp_path / "rosters")


def test_lines_are_printed_and_nothing_is_written(repository: Path) -> None:
    done = run("codeowners", repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "/schedules/people.yaml @ada-hub\n"
        "/schedules/teams/payments.yaml @ada-hub\n"
        "/schedules/time-off/**/ada.* @ada-hub\n"
        "/schedules/time-off/**/grace.* @ada-hub\n"
    )
    assert not (repository / ".github").exists()


def test_write_then_check_then_stale(repository: Path) -> None:
    missing = run("codeowners", repository, "--check")
    assert missing.returncode == 1
    assert ".github/CODEOWNERS is missing. Run `watchbill codeowners --write`." in missing.stderr
    file = repository / ".github" / "CODEOWNERS"
    written = run("codeowners", repository, "--write")
    assert (written.returncode, written.stdout) == (0, f"wrote {file}\n")
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"{BEGIN}\n/schedules/people.yaml @ada-hub\n")
    assert text.endswith(f"{END}\n")
    assert run("codeowners", repository, "--check").returncode == 0
    again = run("codeowners", repository, "--write")
    assert again.stdout == f"{file} is up to date.\n"
    people = "ada: {name: Ada, handles: {github: ada-hub}}\ngrace: {name: Grace, handles: {github: grace-hub}}\n"
    (repository / "schedules/people.yaml").write_text(people, encoding="utf-8")
    stale = run("codeowners", repository, "--check")
    assert stale.returncode == 1
    assert (
        "-/schedules/time-off/**/grace.* @ada-hub\n+/schedules/time-off/**/grace.* @ada-hub @grace-hub" in stale.stdout
    )
    assert "is out of date" in stale.stderr
    assert file.read_text(encoding="utf-8") == text


def test_lines_of_others_stay_and_the_file_is_where_the_service_looks(repository: Path) -> None:
    file = repository / "CODEOWNERS"
    file.write_bytes(b"* @org/all\r\n\xff\n")
    assert run("codeowners", repository, "--write").returncode == 0
    assert file.read_bytes().startswith(b"* @org/all\r\n\xff\n\n# watchbill: begin")
    assert not (repository / ".github").exists()
    assert run("codeowners", repository, "--check").returncode == 0
    assert "gitlab" in run("codeowners", repository, "--system", "gitlab").stderr


def test_the_file_lies_at_the_root_of_the_git_repository(repository: Path) -> None:
    done = run("codeowners", repository, "--write", "--path-prefix", "rosters")
    file = repository.parent / ".github" / "CODEOWNERS"
    assert (done.returncode, done.stdout) == (0, f"wrote {file}\n")
    assert "\n/rosters/schedules/teams/payments.yaml @ada-hub\n" in file.read_text(encoding="utf-8")
    assert run("codeowners", repository, "--check", "--path-prefix", "rosters").returncode == 0


def test_a_repository_that_is_not_understood_changes_no_owner(repository: Path) -> None:
    assert run("codeowners", repository, "--write").returncode == 0
    before = (repository / ".github" / "CODEOWNERS").read_bytes()
    (repository / "schedules/teams/payments.yaml").write_text(
        "name: Payments\nmembers: [ada, grase]\n", encoding="utf-8"
    )
    for action in ("--write", "--check"):
        done = run("codeowners", repository, action)
        assert done.returncode == 1
        assert "did you mean `grace`" in done.stdout
        assert "nothing was done" in done.stderr
    assert (repository / ".github" / "CODEOWNERS").read_bytes() == before


def test_a_link_is_neither_read_nor_followed(repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("token", encoding="utf-8")
    (repository / ".github").mkdir()
    (repository / ".github" / "CODEOWNERS").symlink_to(secret)
    for action in ("--write", "--check"):
        done = run("codeowners", repository, action)
        assert done.returncode == 2
        assert "is a link" in done.stderr
        assert "token" not in done.stdout + done.stderr
    assert secret.read_text(encoding="utf-8") == "token"


def test_broken_markers_are_left_alone(repository: Path) -> None:
    file = repository / "CODEOWNERS"
    file.write_text(f"{BEGIN}\n", encoding="utf-8")
    done = run("codeowners", repository, "--write")
    assert done.returncode == 2
    assert "not one pair" in done.stderr
    assert file.read_text(encoding="utf-8") == f"{BEGIN}\n"


def test_the_comment_of_a_report_is_that_of_the_check(repository: Path, tmp_path: Path) -> None:
    (repository / "schedules/teams/payments.yaml").write_text("name: P\nmembers: [ada, grase]\n", encoding="utf-8")
    report, file = tmp_path / "check.json", tmp_path / "comment.md"
    now = ("--now", "2026-11-23T09:00+01:00")
    checked = run("check", repository, *now, "--format", "comment", "--report", f"json={report}")
    done = run("comment", report)
    assert (done.returncode, done.stdout) == (0, checked.stdout)
    assert done.stdout.startswith(f"{markdown.MARKER}\n")
    assert run("comment", report, "--output", file).stdout == ""
    assert file.read_text(encoding="utf-8") == checked.stdout


def test_a_file_that_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("::error::\x1b[2J", encoding="utf-8")
    done = run("comment", tmp_path / "x.json")
    assert done.returncode == 2
    assert "cannot be used as a report: it is no JSON in UTF-8" in done.stderr.replace("\n", " ")
    assert run("comment", tmp_path / "nowhere.json").returncode == 2


def test_hostile_findings_come_through_a_report_unchanged(tmp_path: Path) -> None:
    whole = told_findings.hostile(tmp_path)
    known = [each for each in whole.findings if each.finding.rule == "coverage-gap"]
    whole = told_findings.compilation(tmp_path, *known)
    readable = json_report.render(whole).encode()
    # Halves of characters come as the escapes that they are shown by.
    assert markdown.comment(read_report(readable)) == markdown.comment(markdown.checked(whole))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"now": "2026-13-01T00:00:00Z"},
        {"now": "2200-01-01T00:00:00Z"},
        {"now": "2026-11-23T08:00:00Z\n::error::"},
        {"timezone": "../../etc/passwd"},
        {"timezone": "localtime"},
        {"files": 10**9},
        {"files": -1},
        {"files": 1.5},
        {"more": "<script>"},
        {"findings": [{}]},
        {"findings": "x"},
        {"watchbill": None},
    ],
)
def test_nothing_but_a_report_is_taken(tmp_path: Path, change: dict[str, object]) -> None:
    document = json.loads(json_report.render(told_findings.three(tmp_path)))
    with pytest.raises(ReportError) as refused:
        read_report(json.dumps({**document, **change}).encode())
    assert "script" not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"\xff\xfe",
        b"9" * 10_000,
        b"NaN",
        b" " * (MOST_BYTES + 1),
    ],
    ids=["empty", "null", "list", "deep list", "deep object", "no text", "long number", "no number", "large"],
)
def test_bytes_that_are_no_report(data: bytes) -> None:
    with pytest.raises(ReportError):
        read_report(data)


def test_what_a_stranger_says_of_the_tools_is_text(tmp_path: Path) -> None:
    document = json.loads(json_report.render(told_findings.three(tmp_path)))
    told = read_report(json.dumps({**document, "watchbill": "@all [x](y)", "tzdata": "a" * 10_000}).encode())
    text = markdown.comment(told)
    assert prose("@all [x](y)") in text
    assert len(text) < 3000
