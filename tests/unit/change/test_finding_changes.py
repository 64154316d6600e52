"""Findings of two checks are paired by what they say, not by where they stand or when they were made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from watchbill.change.baseline import BaselineError, baseline_of, left_over, read_baseline
from watchbill.change.finding_changes import compared, timeless
from watchbill.change.records import GapChange
from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding, Level, Place, Position

GAP = Finding(
    rule="coverage-gap",
    level=Level.WARNING,
    place=Place(file="schedules/on-call/ops.yaml", path=("roles", "primary", "coverage")),
    message="nobody is primary of ops from Mon 2 Nov 2026 09:00 until Tue 3 Nov 2026 09:00 Europe/Berlin",
    help="add somebody",
    subject="schedule/ops",
    stretch=(1000, 2000),
)
LOAD = Finding(
    rule="too-many-hours",
    level=Level.WARNING,
    place=Place(file="schedules/people.yaml", path=("ada",)),
    message="ada is on call for 120 hours in the 4 weeks from Mon 2 Nov 2026 09:00 Europe/Berlin",
    help="",
    subject="person/ada",
    stretch=(1000, 2000),
)
PLAIN = Finding(
    rule="unknown-reference",
    level=Level.ERROR,
    place=Place(file="schedules/overrides/a.yaml", path=(0, "person")),
    message="there is no person `eve`",
    help="",
)


def located(*findings: Finding) -> list[LocatedFinding]:
    return [
        LocatedFinding(finding=finding, position=Position(line=n, column=1, end_column=2, text=""))
        for n, finding in enumerate(findings, start=1)
    ]


def new(before: list[LocatedFinding], after: list[LocatedFinding], *opened: GapChange) -> list[LocatedFinding]:
    return list(compared(before, after, opened, {}).new)


SAME = {
    "another line and index": replace(PLAIN, place=PLAIN.place._replace(path=(3, "person"))),
    "another file": replace(PLAIN, place=PLAIN.place._replace(file="schedules/overrides/b.yaml")),
    "less grave": replace(PLAIN, level=Level.WARNING),
    "another help": replace(PLAIN, help="name somebody else"),
}


@pytest.mark.parametrize("after", SAME.values(), ids=SAME)
def test_the_same_finding_said_elsewhere_is_known(after: Finding) -> None:
    assert new(located(PLAIN), located(after)) == []


OTHERS = {
    "another person": replace(PLAIN, message="there is no person `mallory`"),
    "another rule": replace(PLAIN, rule="unknown-key"),
    "another subject": replace(PLAIN, subject="schedule/ops"),
}


@pytest.mark.parametrize("after", OTHERS.values(), ids=OTHERS)
def test_another_finding_is_new(after: Finding) -> None:
    found = compared(located(PLAIN), located(after), (), {})
    assert [each.finding for each in found.new] == [after]
    assert [each.finding for each in found.fixed] == [PLAIN]


def test_a_second_one_of_the_same_is_new() -> None:
    assert len(new(located(PLAIN), located(PLAIN, SAME["another file"]))) == 1


def test_one_that_became_graver_is_new_and_none_is_fixed() -> None:
    found = compared(located(GAP), located(replace(GAP, level=Level.ERROR)), (), {})
    assert (len(found.new), len(found.fixed), len(found.kept)) == (1, 0, 0)


def test_a_gap_at_another_time_is_new_but_a_peak_of_load_is_not() -> None:
    later = {"stretch": (5000, 6000)}
    moved = replace(GAP, message=GAP.message.replace("2 Nov", "9 Nov").replace("3 Nov", "10 Nov"), **later)
    assert new(located(GAP), located(moved)) == located(moved)
    heavier = replace(LOAD, message=LOAD.message.replace("120", "131").replace("2 Nov", "9 Nov"), **later)
    assert new(located(LOAD), located(heavier)) == []


def test_a_gap_that_is_told_otherwise_is_the_same_gap() -> None:
    assert new(located(GAP), located(replace(GAP, message="nobody is primary of ops, because ada has left"))) == []


def test_a_gap_opened_inside_of_what_was_told_is_new() -> None:
    group = replace(GAP, stretch=(1000, 9000), message=f"{GAP.message}; and 3 more like it until Sun 8 Nov 2026")
    opened = GapChange(schedule="ops", role="primary", stretch=(4000, 4500), required=1, present=0)
    assert new(located(group), located(group)) == []
    assert new(located(group), located(group), opened) == located(group)
    for other in ({"schedule": "other"}, {"role": "secondary"}, {"present": 1}, {"stretch": (9000, 9001)}):
        assert new(located(group), located(group), replace(opened, **other)) == []  # type: ignore[arg-type]


def test_renamed_people_are_the_same_people() -> None:
    renamed = replace(LOAD, subject="person/lovelace", message=LOAD.message.replace("ada", "lovelace"))
    assert compared(located(LOAD), located(renamed), (), {"ada": "lovelace"}).new == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ended Sat 28 Mar 2026 09:00 Europe/Berlin", "ended Sun 29 Nov 2026 10:30 Europe/Berlin"),
        ("from 2026-12-21, so", "from 2027-01-04, so"),
        ("at 2026-12-21T09:00:00+01:00", "at 2027-12-21T09:00:00Z"),
        ("is 27 % of it", "is 33.4 % of it"),
        ("x; and 51 more like it until Mon 2 Nov 2026 09:00 Europe/Berlin", "x"),
    ],
)
def test_dates_and_numbers_are_no_part_of_what_is_said(one: str, other: str) -> None:
    assert timeless(one) == timeless(other)


@pytest.mark.parametrize(("one", "other"), [("team-1", "team-2"), ("p00001 is away", "p00002 is away"), ("a", "b")])
def test_ids_are(one: str, other: str) -> None:
    assert timeless(one) != timeless(other)


def test_a_baseline_knows_its_findings_whatever_the_time() -> None:
    baseline = read_baseline(baseline_of(located(GAP, LOAD)))
    later = replace(
        GAP, stretch=(7000, 8000), message=GAP.message.replace("2 Nov", "14 Dec").replace("3 Nov", "15 Dec")
    )
    assert left_over(located(later, LOAD), baseline) == ((), 0)
    left, mended = left_over(located(later, later), baseline)
    assert ([each.finding for each in left], mended) == ([later], 1)


def test_what_cannot_be_read_is_in_no_baseline() -> None:
    anchor = replace(PLAIN, rule="anchor")
    assert baseline_of(located(anchor))["findings"] == []
    forged = {
        "version": 1,
        "findings": [{"rule": "anchor", "subject": "", "file": PLAIN.place.file, "text": PLAIN.message}],
    }
    assert len(left_over(located(anchor), read_baseline(forged))[0]) == 1


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"version": 2, "findings": []},
        {"version": 1},
        {"version": 1, "findings": [1]},
        {"version": 1, "findings": [{"rule": "x"}]},
        {"version": 1, "findings": [{"rule": "x", "subject": "", "file": "", "text": "", "count": 0}]},
        {"version": 1, "findings": [{"rule": "x", "subject": "", "file": "", "text": "", "count": True}]},
        {"version": 1, "findings": [{"rule": 1, "subject": "", "file": "", "text": ""}]},
    ],
)
def test_what_is_no_baseline(document: object) -> None:
    with pytest.raises(BaselineError):
        read_baseline(document)
