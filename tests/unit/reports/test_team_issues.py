"""The issues of the nightly check: which team owns what is found, and what an issue says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compiled_pages import compile_files
from git_repositories import TEAM
from told_findings import CONTROL, HOSTILE, commands_in, compilation, located
from watchbill.findings import Level, Place
from watchbill.reports import team_issues
from watchbill.reports.formats import below
from watchbill.reports.markdown import COMMENT_BYTES


def teams(*findings: object, folder: Path, prefix: str = "") -> dict[str, int]:
    from dataclasses import replace

    whole = compile_files(TEAM, folder)
    found = replace(whole, findings=findings)  # type: ignore[arg-type]
    return {team: len(each) for team, each in team_issues.by_team(below(found, prefix) if prefix else found).items()}


@pytest.mark.parametrize(
    ("subject", "file", "team"),
    [
        ("schedule/payments", "policies/x.yaml", "payments"),
        ("person/grace", "schedules/people.yaml", "payments"),
        ("person/nobody", "schedules/people.yaml", team_issues.NOBODY),
        ("schedule/gone", "schedules/on-call/payments.yaml", "payments"),
        ("", "schedules/on-call/payments.yaml", "payments"),
        ("", "policies/organization.yaml", team_issues.NOBODY),
    ],
)
@pytest.mark.parametrize("prefix", ["", "rosters", "a/b c"])
def test_a_finding_is_owned_by_subject_then_by_file(
    subject: str, file: str, team: str, prefix: str, tmp_path: Path
) -> None:
    found = located(Level.WARNING, subject=subject, place=Place(file=file))
    assert teams(found, folder=tmp_path, prefix=prefix) == {team: 1}


def test_notes_alone_open_no_issue(tmp_path: Path) -> None:
    place = Place(file="schedules/on-call/payments.yaml")
    note, grave = located(Level.INFO, place=place), located(Level.WARNING, place=place)
    assert teams(note, folder=tmp_path) == {}
    assert teams(note, grave, folder=tmp_path) == {"payments": 2}


def test_an_issue_fits_and_obeys_nobody(tmp_path: Path) -> None:
    findings = [located(Level.ERROR, message=text, help=text, place=Place(file=text)) for text in HOSTILE * 200]
    text = team_issues.render(compilation(tmp_path, *findings))
    assert commands_in(text) == []
    assert not CONTROL.search(text)
    (issue,) = json.loads(text)
    assert issue.keys() == {"team", "marker", "title", "body"}
    assert len(issue["body"].encode()) <= COMMENT_BYTES
    assert issue["body"].startswith(f"{issue['marker']}\n")
