"""The target that the field itself recommends passes without a word: four people who take weekly turns.

Checked in ten zones, in each profile, with and without public holidays, with an ordinary vacation covered, with
somebody new and with somebody who leaves. Three people are warned, two are not enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from plain_team import COUNTRY_OF_ZONE, FIRST_MONDAY, Absence, PlainTeam
from watchbill.findings import Finding, Level
from watchbill.model.workload import PROFILES

WEEK = timedelta(weeks=1)
MONDAYS = [date(2026, 11, 23) + n * WEEK for n in range(157)]


def _matters(team: PlainTeam, day: date) -> list[Finding]:
    """Return the errors and warnings of a team at 9 on a day."""
    found = team.compiled(day).findings
    return [located.finding for located in found if located.finding.level is not Level.INFO]


def _vacation(day: date, weeks: int) -> Absence:
    """Return a vacation of so many weeks with the weekends around, of anybody, somewhere in the year ahead."""
    number = (day - FIRST_MONDAY) // WEEK
    start = day + (1 + number * 7 % 47) * WEEK
    return Absence(person=number % 4, start=start - timedelta(days=2), through=start + weeks * WEEK - timedelta(days=1))


def _plain_teams(zone: str, profile: str, country: str, day: date) -> Iterator[PlainTeam]:
    """Yield what may happen to a team of four in the year after a Monday."""
    common = {"zone": zone, "profile": profile, "country": country}
    change = day + (3 + (day - FIRST_MONDAY) // WEEK * 11 % 40) * WEEK
    yield PlainTeam(**common)
    yield PlainTeam(**common, begins=day)
    yield from (PlainTeam(**common, absences=(_vacation(day, weeks),)) for weeks in (1, 2, 3))
    yield PlainTeam(**common, joins=change)
    yield PlainTeam(**common, leaves=change)


def _assert_clean(teams: Iterator[PlainTeam], day: date) -> None:
    for team in teams:
        assert [f"{found.rule}: {found.message}" for found in _matters(team, day)] == [], (team, day)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("zone", COUNTRY_OF_ZONE)
def test_four_people_pass_without_a_word(zone: str, profile: str) -> None:
    first = (list(COUNTRY_OF_ZONE).index(zone) * 13 + PROFILES.index(profile) * 5) % 67
    for day, country in zip(MONDAYS[first::90], ("", COUNTRY_OF_ZONE[zone]), strict=False):
        _assert_clean(_plain_teams(zone, profile, country, day), day)


@pytest.mark.deep
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("zone", COUNTRY_OF_ZONE)
def test_four_people_pass_on_any_monday(zone: str, profile: str) -> None:
    for day in MONDAYS:
        for country in ("", COUNTRY_OF_ZONE[zone]):
            _assert_clean(_plain_teams(zone, profile, country, day), day)


@pytest.mark.deep
@pytest.mark.parametrize("zone", COUNTRY_OF_ZONE)
def test_a_vacation_of_anybody_in_any_week_passes(zone: str) -> None:
    day = MONDAYS[0]
    for week in range(52):
        for person in range(4):
            start = day + week * WEEK
            for first, last in ((0, 4), (-2, 6), (-2, 13), (0, 11), (-2, 20), (2, 22)):
                away = Absence(person=person, start=start + timedelta(days=first), through=start + timedelta(days=last))
                _assert_clean(iter([PlainTeam(zone=zone, absences=(away,))]), day)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("zone", COUNTRY_OF_ZONE)
def test_fewer_are_told(zone: str, profile: str) -> None:
    for day in MONDAYS[7::60]:
        three, two, one = (PlainTeam(zone=zone, profile=profile, size=size) for size in (3, 2, 1))
        assert {(found.rule, found.level) for found in _matters(three, day)} >= {("share-too-high", Level.WARNING)}
        assert [found.message for found in _matters(three, day) if found.level is Level.ERROR] == []
        for few in (two, one):
            assert ("share-too-high", Level.ERROR) in {(found.rule, found.level) for found in _matters(few, day)}


def test_one_person_all_year_is_told_in_each_way() -> None:
    found = _matters(PlainTeam(size=1), MONDAYS[0])
    assert {finding.rule for finding in found if finding.level is Level.ERROR} >= {
        "coverage-gap",
        "share-too-high",
        "too-many-consecutive-days",
    }
    shares = [finding.message for finding in found if finding.rule == "share-too-high"]
    assert len(shares) == 1
    assert "ada is on call as primary for 100 % of 12 weeks" in shares[0]


def test_heroes_are_found_though_what_they_carry_is_cover() -> None:
    """A season without ada: grace takes all her turns, and linus is then secondary of both."""
    season = Absence(person=0, start=date(2026, 12, 21), through=date(2027, 3, 14))
    found = _matters(PlainTeam(absences=(season,)), MONDAYS[0])
    assert [(finding.rule, finding.level, finding.subject) for finding in found if finding.level is Level.ERROR] == [
        ("share-too-high", Level.ERROR, "person/grace"),
        ("share-too-high", Level.ERROR, "person/linus"),
    ]
