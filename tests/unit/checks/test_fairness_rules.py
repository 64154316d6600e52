"""What the pages of the rules of fairness do not say: who is compared with whom, what is pro rata, and the words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from compiled_pages import compile_files
from watchbill.findings import Finding
from watchbill.insight.balance import evenness_but_for_a_turn

EVEN = ("uneven-load", "uneven-nights", "uneven-weekends", "uneven-holidays")
HEAD = "name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n  primary:\n"
NAMES = ("ada", "grace", "linus", "margaret", "mary", "alan")


def people(**more: str) -> str:
    return "".join(f"{name}: {{name: {name.title()}{more.get(name, '')}}}\n" for name in NAMES)


def layer(name: str, members: str, handoff: str = "monday 09:00", every: str = "1 week", **more: str) -> str:
    lines = [f"id: {name}", "from: 2026-01-05", f"every: {every}", f"handoff: {handoff}", f"members: [{members}]"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in more.items()]
    return "      - " + "\n        ".join(lines) + "\n"


def versions(*dated: tuple[str, str]) -> str:
    (first, members), *later = dated
    text = f"          - {{from: {first}, every: 1 week, handoff: monday 09:00, members: [{members}]}}\n"
    text += "".join(f"          - {{from: {start}, members: [{names}]}}\n" for start, names in later)
    return "      - id: weekly\n        versions:\n" + text


def told(folder: Path, *layers: str, more: str = "", coverage: str = "24x7", **files: str) -> list[Finding]:
    """Return what the rules of fairness say of a schedule with these layers; more files by name, ``__`` for a slash."""
    written = {f"{path.replace('__', '/').replace('_', '-')}.yaml": text for path, text in files.items()}
    around = {
        "policies/workload.yaml": "profile: medium\n",
        "schedules/people.yaml": people(),
        "schedules/on-call/payments.yaml": f"{HEAD}    coverage: {coverage}\n    layers:\n{''.join(layers)}{more}",
    }
    found = compile_files({**around, **written}, folder).findings
    return [located.finding for located in found if located.finding.rule in EVEN]


def test_equal_hours_but_one_has_all_weekends(tmp_path: Path) -> None:
    """A market tool calls this perfectly balanced."""
    (found,) = told(
        tmp_path,
        layer("office", "ada", during="[mon-thu 09:00-17:00]"),
        layer("weekends", "grace", "saturday 06:00", during="[sat-sun 06:00-22:00]"),
        coverage="[mon-thu 09:00-17:00, sat-sun 06:00-22:00]",
    )
    assert (found.rule, found.level.value, found.subject) == ("uneven-weekends", "warning", "schedule/payments")
    assert found.message == (
        "the weekends of payments primary are shared unevenly, with a balance of 0 % where 80 % is the least: grace "
        "has 65 and ada 0, and 32 would be even, from Tue 25 Aug 2026 00:00 until Tue 23 Nov 2027 00:00 Europe/Berlin"
    )


def test_a_small_organisation_is_only_told(tmp_path: Path) -> None:
    found = told(tmp_path, layer("weekly", "ada, grace, ada, linus"), policies__workload="profile: small\n")
    assert {finding.level.value for finding in found} == {"info"}


def test_one_schedule_is_told_once_and_by_its_least_even_rotation(tmp_path: Path) -> None:
    extra = "  backup:\n    coverage: 24x7\n    layers:\n" + layer("other", "ada, grace, ada, ada, linus, ada, ada")
    (found,) = (f for f in told(tmp_path, layer("weekly", "ada, grace, ada, linus"), more=extra) if f.rule == EVEN[0])
    assert "payments backup" in found.message


@pytest.mark.parametrize(
    "order",
    [
        versions(("2026-01-05", "ada, grace"), ("2027-03-01", "ada, grace, linus, margaret, mary, alan")),
        versions(("2026-01-05", "ada, grace, linus, margaret, mary, alan"), ("2027-03-01", "ada, grace")),
        versions(("2026-01-05", "ada, grace, linus, margaret"), ("2027-11-01", "ada, grace, linus, margaret, mary")),
    ],
    ids=["a team grows from two to six", "a team shrinks", "somebody new has had no turn yet"],
)
def test_newcomers_and_leavers_carry_what_is_due_to_them(tmp_path: Path, order: str) -> None:
    assert told(tmp_path, order) == []


def test_who_carries_nothing_of_what_is_due_is_found(tmp_path: Path) -> None:
    order = versions(("2026-01-05", "ada, grace"), ("2026-12-07", "ada, ada, ada, grace, ada, ada, ada, linus"))
    (hours, *_) = told(tmp_path, order)
    assert "ada has" in hours.message
    assert " and linus " in hours.message


def test_a_long_leave_is_no_unfairness_and_the_months_are_no_rhythm(tmp_path: Path) -> None:
    leave = "- {from: 2026-12-07, through: 2027-10-31, kind: parental}\n"
    weekly = layer("weekly", "ada, grace, linus, margaret", when_away="advance")
    assert told(tmp_path / "leave", weekly, schedules__time_off__ada=leave) == []
    monthly = layer("monthly", "ada, grace, linus, margaret", "first monday 09:00", "1 month")
    assert told(tmp_path / "months", monthly) == []


def test_a_part_timer_carries_less_only_if_it_is_written(tmp_path: Path) -> None:
    order = layer("weekly", "ada, grace, linus, ada, grace, linus, ada, grace, linus, margaret")
    assert {finding.rule for finding in told(tmp_path / "unwritten", order)} == {"uneven-load", *EVEN[1:3]}
    agreed = people(margaret=", limits: {share: {primary: 10%}}")
    assert told(tmp_path / "written", order, schedules__people=agreed) == []


def test_people_who_relieve_a_rotation_in_its_days_are_not_compared_with_it(tmp_path: Path) -> None:
    relief = layer("office", "mary, alan", "09:00", "1 day", during="[mon-fri 09:00-17:00]")
    assert told(tmp_path, layer("weekly", "ada, grace, linus, margaret"), relief) == []


def test_sites_that_follow_the_sun_are_not_compared(tmp_path: Path) -> None:
    zones = {name: f", timezone: {'Europe/Berlin' if name < 'l' else 'America/New_York'}" for name in NAMES}
    sun = (
        layer("berlin", "ada, alan, grace", "06:00", "1 day", during="[mon-sun 06:00-20:00]"),
        layer("new-york", "linus, margaret, mary", "20:00", "1 day", during="[mon-sun 20:00-06:00]"),
    )
    assert told(tmp_path / "sites", *sun, schedules__people=people(**zones)) == []
    at_one_site = {finding.rule for finding in told(tmp_path / "one", *sun)}
    assert at_one_site == {"uneven-nights"}


def exchanged(hours: int) -> str:
    """Return overrides in which margaret takes the first hours of fourteen weeks of ada and grace."""
    days = [date(2026, 11, 30) + timedelta(weeks=4 * turn + one) for turn in range(7) for one in (0, 1)]
    return "".join(
        f"- schedule: payments\n  role: primary\n  from: {day} 09:00\n"
        f"  until: {day + timedelta(days=(9 + hours) // 24)} {(9 + hours) % 24:02d}:00\n"
        "  person: margaret\n  reason: Exchange\n"
        for day in days
    )


def test_a_hero_of_overrides_is_found(tmp_path: Path) -> None:
    weekly = layer("weekly", "ada, grace, linus, margaret")
    assert told(tmp_path / "hours", weekly, schedules__overrides__a=exchanged(12)) == []
    found = told(tmp_path / "weeks", weekly, schedules__overrides__a=exchanged(168))
    assert {finding.rule for finding in found} == set(EVEN[:3])
    assert ": margaret has " in found[0].message


def test_what_locked_slots_explain_is_told_once(tmp_path: Path) -> None:
    daily = layer("daily", "ada, grace, linus, margaret, mary, alan, ada", "09:00", "1 day")
    seven = {finding.rule for finding in told(tmp_path, daily)}
    assert seven == set()


def test_one_who_has_left_is_told_by_another_rule(tmp_path: Path) -> None:
    left = people(margaret=", left: 2027-01-31")
    assert told(tmp_path, layer("weekly", "ada, grace, linus, margaret"), schedules__people=left) == []


@pytest.mark.parametrize(
    ("carried", "dues", "unit", "few", "evenness"),
    [
        ((4, 4, 4), (1, 1, 1), 1, 0, 1.0),
        ((5, 4, 4), (1, 1, 1), 1, 0, 1.0),
        ((8, 4), (1, 1), 1, 0, 4 / 7),
        ((6, 3, 3), (1, 1, 1), 1, 0, (3 / 5 + 3 / 5 + 1) / 3),
        ((7, 5, 2), (1, 1, 1), 1, 0, (5 / 6 + 2 / 6 + 2 / 4) / 3),
        ((12, 4), (0.75, 0.25), 0, 0, 1.0),
        ((12, 4), (0.5, 0.5), 0, 0, 1 / 3),
        ((10, 0), (0.9, 0.1), 1, 0.2, 1.0),
        ((10, 0, 5), (0.6, 0.1, 0.3), 0, 0.2, 1.0),
        ((20, 0), (1, 1), 2, 0, 0.0),
        ((3, 0), (1, 0), 1, 0, 1.0),
    ],
)
def test_a_turn_more_or_less_is_no_difference(
    carried: tuple[int, ...], dues: tuple[float, ...], unit: int, few: float, evenness: float
) -> None:
    assert evenness_but_for_a_turn(carried, dues, unit, few) == pytest.approx(evenness)
    mirrored = evenness_but_for_a_turn(carried[::-1], dues[::-1], unit, few)
    assert mirrored == pytest.approx(evenness)


def test_a_person_with_a_turn_a_year_is_not_compared(tmp_path: Path) -> None:
    crowd = [f"person-{number}" for number in range(60)]
    found = told(
        tmp_path,
        layer("weekly", ", ".join(crowd)),
        schedules__people="".join(f"{name}: {{name: Somebody}}\n" for name in crowd),
        schedules__teams="payments: {name: Payments}\n",
    )
    assert found == []
