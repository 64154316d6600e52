"""What the pages of the rules about single people's load do not say: tolerances, presets and the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiled_pages import compile_files
from watchbill.findings import Finding

HEAD = "name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n"
NAMES = ("ada", "grace", "linus", "margaret")
OFF = "limits:\n  rest: {any: {warning: 1 minute}}\n  consecutive-days: {any: {warning: 300}}\n"


def weekly(members: str, more: str = "") -> str:
    return (
        f"{HEAD}  primary:\n    coverage: 24x7\n    layers:\n      - id: weekly\n        from: 2026-01-05\n"
        f"        every: 1 week\n        handoff: monday 09:00\n        members: [{members}]\n{more}"
    )


def told(folder: Path, schedule: str, *rules: str, ada: str = "", **files: str) -> list[Finding]:
    """Return what some rules say; ``ada`` is what is written of her besides her name."""
    people = "".join(f"{name}: {{name: {name.title()}{ada if name == 'ada' else ''}}}\n" for name in NAMES)
    written = {f"{path.replace('__', '/').replace('_', '-')}.yaml": text for path, text in files.items()}
    around = {"schedules/people.yaml": people, "schedules/on-call/payments.yaml": schedule}
    found = compile_files({**around, **written}, folder).findings
    return [located.finding for located in found if located.finding.rule in rules]


def test_nights_are_those_of_the_own_zone_and_covers_count(tmp_path: Path) -> None:
    override = (
        "- schedule: payments\n  role: primary\n  from: 2026-12-07 20:00\n  until: 2026-12-07 {}:00\n  person: ada\n"
        "  reason: Help\n"
    )
    asks = {"ada": ", timezone: Europe/Berlin, limits: {no-nights: true}"}
    rule = "personal-limit-exceeded"
    order = weekly("grace, linus, margaret")
    assert told(tmp_path / "1", order, rule, **asks, schedules__overrides__a=override.format(22)) == []
    (found,) = told(tmp_path / "2", order, rule, **asks, schedules__overrides__a=override.format(23))
    assert found.level.value == "error"
    assert found.message == (
        "ada takes no nights, but is on call on 1 night, first in the shift of payments primary "
        "from Mon 7 Dec 2026 20:00 until Mon 7 Dec 2026 23:00 Europe/Berlin"
    )
    assert [(label.place.file, label.place.path) for label in found.labels] == [
        ("schedules/people.yaml", ("ada", "limits", "no-nights"))
    ]
    elsewhere = {"ada": ", timezone: America/New_York, limits: {no-nights: true}"}
    assert told(tmp_path / "3", order, rule, **elsewhere, schedules__overrides__a=override.format(23)) == []


def test_what_is_over_is_no_longer_told(tmp_path: Path) -> None:
    override = "- schedule: payments\n  role: primary\n  from: 2026-11-14 09:00\n  until: 2026-11-15 09:00\n"
    override += "  person: ada\n  reason: Help\n"
    asks = ", limits: {no-nights: true, no-weekends: true}"
    order = weekly("grace, linus, margaret")
    assert told(tmp_path, order, "personal-limit-exceeded", ada=asks, schedules__overrides__a=override) == []


@pytest.mark.parametrize(
    ("share", "members", "level"),
    [
        ("25%", "ada, grace, linus, margaret", None),
        ("15%", "ada, grace, linus, margaret, grace, linus, margaret", None),
        ("20%", "ada, grace, linus, margaret", "error"),
        ("30%", "ada, grace, linus", "error"),
        ("0%", "ada, grace, linus, margaret", "error"),
    ],
)
def test_a_share_leaves_room_for_one_turn_but_not_for_ever(
    tmp_path: Path, share: str, members: str, level: str | None
) -> None:
    asks = f", limits: {{share: {{primary: {share}}}}}"
    found = told(tmp_path, weekly(members), "personal-limit-exceeded", ada=asks)
    assert [finding.level.value for finding in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("preset", "factor", "expected"),
    [
        ("eu", "", "128 hours outside of working hours in 4 weeks"),
        ("us", "", "168 hours in 4 weeks"),
        ("eu", ", standby-factor: 25%", None),
        ("eu", ", standby-factor: 0%", None),
        ("us", ", standby-factor: 75%", "128 hours outside of working hours in 4 weeks, counted at 75 %"),
    ],
)
def test_hours_of_a_preset(tmp_path: Path, preset: str, factor: str, expected: str | None) -> None:
    workload = f"{OFF}working-time: {{preset: {preset}{factor}}}\n"
    found = told(tmp_path, weekly("ada, grace, linus, margaret"), "too-many-hours", policies__workload=workload)
    assert len(found) == (4 if expected else 0)
    # Those whose turn a clock change lengthens have an hour more.
    assert any(f"is on call for {expected}" in finding.message for finding in found) == bool(expected)
    assert all("law" not in finding.message + finding.help for finding in found)


def test_weekly_rest_is_asked_for_by_a_preset_or_by_an_option(tmp_path: Path) -> None:
    order, rule = weekly("ada, grace, linus, margaret"), "weekly-rest-missing"
    assert told(tmp_path / "1", order, rule) == []
    option = "rules:\n  weekly-rest-missing:\n    options:\n      without-preset: true\n"
    found = told(tmp_path / "2", order, rule, policies__checks=option)
    assert {finding.subject for finding in found} == {f"person/{name}" for name in NAMES}
    assert any("ada has no rest of 35 hours for 7 days, from " in finding.message for finding in found)
    # With a colleague from Friday evening until Sunday morning there is one: 36 hours.
    relief = "      - id: relief\n        from: 2026-01-05\n        every: 1 week\n        handoff: friday 20:00\n"
    relief += "        during: [friday 20:00 - sunday 08:00]\n        members: [linus, margaret, ada, grace]\n"
    workload = f"{OFF}working-time: {{preset: eu, standby-factor: 25%}}\n"
    assert told(tmp_path / "3", weekly("ada, grace, linus, margaret", relief), rule, policies__workload=workload) == []


def test_one_of_three_who_always_stands_in_is_found_with_what_it_comes_to(tmp_path: Path) -> None:
    workload = f"profile: medium\n{OFF}"
    leave = "- {from: 2026-11-30, through: 2027-06-30, kind: parental}\n"
    rule = "nobody-else-covers"
    (found,) = told(
        tmp_path / "1",
        weekly("ada, grace, linus, margaret"),
        rule,
        schedules__time_off__ada=leave,
        policies__workload=workload,
    )
    assert found.message.startswith("grace stands in for 7 of 7 absences in payments primary, ")
    assert ", mostly for ada, from " in found.message
    short = "".join(f"- {{from: 2027-0{month}-01, through: 2027-0{month}-21}}\n" for month in range(1, 9))
    vacations = {
        "schedules__time_off__ada": short.replace("2027-02-01, through: 2027-02-21", "2027-02-02, through: 2027-02-03")
    }
    assert told(tmp_path / "2", weekly("ada, grace"), rule, policies__workload=workload, **vacations) == [], (
        "of two people it is always the other one"
    )
