"""Rosters that real projects published, written as repositories: the compiler must name the people they named.

``published.tsv`` of each folder lists ``from``, ``until`` (days of the roster's zone) and the people, empty where the
source names nobody. README says where it comes from and what was changed; people have other names. ``findings.toml``
says what the whole compiler must find at the roster's own time: what the sources are known for, and no other error.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from judged_cases import check_findings
from oracle.wall_clock import written
from semantics_cases import check, compile_case, parse

CASES = sorted(path.parent for path in Path(__file__).parent.glob("real-*/published.tsv"))
Row = tuple[int, int, tuple[str, ...]]


def published(folder: Path, zone: str) -> list[Row]:
    rows: list[Row] = []
    for line in (folder / "published.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        start, end, people = line.split("\t")
        instants = (written(zone, date.fromisoformat(day)) for day in (start, end))
        rows.append((*instants, tuple(people.split())))
    return rows


def test_there_are_real_rosters() -> None:
    assert len(CASES) >= 5


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_published_people_hold_at_every_instant(folder: Path) -> None:
    expected = parse((folder / "expected.txt").read_text(encoding="utf-8"))
    rows = published(folder, expected.zone)
    assert expected.stretch == (rows[0][0], rows[-1][1])
    outcome = compile_case(folder, expected.stretch)
    (schedule,) = outcome.rosters
    (timeline,) = outcome.rosters[schedule].timelines.values()
    for before, after in pairwise(rows):
        assert before[1] == after[0], "the source has no holes of its own"
    edges = {*timeline.start, *timeline.end}
    for start, end, people in rows:
        for instant in {start, end - 1, *(e for e in edges if start <= e < end)}:
            assert tuple(shift.person for shift in timeline.at(instant)) == people, (instant, people)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_published_gaps_are_found(folder: Path) -> None:
    check(folder)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_what_is_wrong_is_found_and_nothing_else(folder: Path) -> None:
    check_findings(folder)


def test_the_build_captain_misses_six_working_days() -> None:
    folder = Path(__file__).parent / "real-build-captain"
    empty = [
        date.fromisoformat(line.split("\t")[0])
        for line in (folder / "published.tsv").read_text(encoding="utf-8").splitlines()[1:]
        if not line.split("\t")[2]
    ]
    assert len([day for day in empty if day.weekday() < 5]) == 6
    gaps = parse((folder / "expected.txt").read_text(encoding="utf-8")).gaps["build/captain"]
    assert sum((end - start) // timedelta(days=1).total_seconds() for start, end in gaps) == 6
