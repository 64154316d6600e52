"""Fingerprints: the same while lines, indices and numbers move; different for what differs; never twice the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiled_pages import compile_files
from told_findings import HOSTILE, located
from watchbill.compilation import LocatedFinding
from watchbill.findings import Level, Place
from watchbill.reports.fingerprints import fingerprints

PAYMENTS = "schedule/payments"
PLACE = Place(file="schedules/overrides/x.yaml", path=(3, "person"))


def name(finding: LocatedFinding) -> str:
    (found,) = fingerprints([finding])
    return found


BASE = located(place=PLACE, subject=PAYMENTS, stretch=(1_795_420_800, 1_795_424_400))


@pytest.mark.parametrize(
    "moved",
    [
        located(line=60, place=PLACE, subject=PAYMENTS, stretch=(1_795_420_800, 1_795_424_400)),
        located(place=Place(file=PLACE.file, path=(4, "person")), subject=PAYMENTS, stretch=(1_795_420_800, 9)),
        located(Level.WARNING, place=PLACE, subject=PAYMENTS, stretch=(1_795_420_800, 9), help="other"),
    ],
)
def test_what_is_written_around_a_finding_does_not_rename_it(moved: LocatedFinding) -> None:
    assert name(moved) == name(BASE)


@pytest.mark.parametrize(
    "other",
    [
        located(place=PLACE, subject="schedule/ledger", stretch=(1_795_420_800, 1_795_424_400)),
        located(place=PLACE, subject=PAYMENTS, stretch=(1_795_420_801, 1_795_424_400)),
        located(place=PLACE, subject=PAYMENTS, stretch=(1_795_420_800, 9), message="it is another"),
        located(place=PLACE, subject=PAYMENTS, stretch=(1_795_420_800, 9), rule="not-enough-responders"),
        located(place=Place(file=PLACE.file, path=(3, "role")), subject=PAYMENTS, stretch=(1_795_420_800, 9)),
        located(place=Place(file="x.yaml", path=(3, "person")), subject=PAYMENTS, stretch=(1_795_420_800, 9)),
    ],
)
def test_another_finding_has_another_name(other: LocatedFinding) -> None:
    assert name(other) != name(BASE)


def test_numbers_in_a_message_change_from_day_to_day() -> None:
    assert name(located(message="the runbook was read 200 days ago")) == name(
        located(message="the runbook was read 201 days ago")
    )


def test_load_is_measured_in_a_window_that_moves() -> None:
    now, later = (
        located(rule="too-many-nights", subject="person/ada", message=message, stretch=stretch)
        for message, stretch in [("30 nights from Mon 5 Oct", (0, 9)), ("31 nights from Tue 3 Nov", (5, 12))]
    )
    assert name(now) == name(later)


def test_a_group_is_told_by_whichever_comes_first() -> None:
    now, later = (
        located(group="nights", message=message, stretch=(start, 99))
        for message, start in [("none on Monday; and 3 more", 0), ("none on Tuesday; and 2 more", 9)]
    )
    assert name(now) == name(later)


def test_findings_alike_are_numbered() -> None:
    names = fingerprints([located()] * 5)
    assert len(set(names)) == 5
    assert fingerprints([located()] * 3) == names[:3]


def test_hostile_texts_have_names_of_hexadecimal_digits() -> None:
    names = fingerprints([located(message=text, place=Place(file=text, path=(text,))) for text in HOSTILE])
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in names)
    assert len(set(names)) == len(HOSTILE)


def test_a_comment_above_moves_every_line_and_no_name(tmp_path: Path) -> None:
    people = "ada: {name: Ada, timezone: Europe/Berlim}\ngrace: {name: G, left: 2026-02-30}\nlinus: {name: L}\n"
    (tmp_path / "moved").mkdir()
    before = compile_files({"schedules/people.yaml": people}, tmp_path).findings
    after = compile_files({"schedules/people.yaml": f"# more\n\n{people}"}, tmp_path / "moved").findings
    assert [each.position and each.position.line + 2 for each in before] == [
        each.position and each.position.line for each in after
    ]
    assert len(before) >= 2
    assert fingerprints(before) == fingerprints(after)
