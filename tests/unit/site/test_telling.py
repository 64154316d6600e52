"""Whom each kind of finding may be told: by the audience of the fields that it is about."""

from __future__ import annotations

import pytest

from watchbill.checks.catalogue import BY_NAME
from watchbill.findings import DataPath, Finding, Label, Level, Mark, Place
from watchbill.model.people import Person
from watchbill.site import telling
from watchbill.site.telling import audience_of_finding

COVERAGE = Place(file="schedules/on-call/payments.yaml", path=("roles", "primary", "coverage"))
ADA = Person(id="ada", place=Place(file="schedules/people.yaml", path=("ada",)), name="Ada", timezone="Asia/Tokyo")
MARK = Mark(line=1, column=1, end_column=2)


def told(rule: str, place: Place, *labels: Place, message: str = "", person: Person | None = None) -> str:
    finding = Finding(
        rule=rule,
        level=Level.ERROR,
        place=place,
        message=message,
        help="",
        labels=tuple(Label(place=label, text="") for label in labels),
    )
    return audience_of_finding(finding, person, "Europe/Berlin")


def at(file: str, *path: str | int) -> Place:
    return Place(file=file, path=path)


@pytest.mark.parametrize(
    ("label", "audience"),
    [
        (at("schedules/on-call/payments.yaml", "roles", "primary", "layers", 0), "public"),
        (at("schedules/overrides/one.yaml", 0), "public"),
        (at("schedules/time-off/ada.yaml", 0), "team"),
        (at("schedules/time-off/ada.ics"), "team"),
        (at("schedules/people.yaml", "ada", "left"), "team"),
        (at("schedules/people/ada.yaml", "joined"), "team"),
    ],
)
def test_a_gap_is_told_as_far_as_its_reason(label: Place, audience: str) -> None:
    assert told("coverage-gap", COVERAGE) == "public"
    assert told("coverage-gap", COVERAGE, label) == audience


@pytest.mark.parametrize(
    ("file", "path", "audience"),
    [
        ("schedules/people.yaml", ("ada", "name"), "public"),
        ("schedules/people/ada.yaml", ("timezone",), "team"),
        ("schedules/people/ada.yaml", ("contact", "phone"), "private"),
        ("schedules/people.yaml", ("ada", "contact"), "private"),
        ("schedules/people/ada.yaml", ("limits",), "team"),
        ("schedules/on-call/payments.yaml", ("roles", "primary", "layers", 0, "every"), "public"),
        ("schedules/on-call/payments.yaml", (), "public"),
        ("schedules/people/ada.yaml", (), "team"),
        ("schedules/overrides/one.yaml", (0, "reason"), "private"),
        ("schedules/time-off/ada.yaml", (0, "kind"), "private"),
        ("schedules/time-off/ada.yaml", (0, "from"), "team"),
        ("policies/compensation.yaml", ("rules", 0, "weekday"), "private"),
        ("policies/services/checkout.yaml", ("runbook",), "team"),
    ],
)
def test_a_quoted_value_is_told_to_those_who_may_see_it(file: str, path: DataPath, audience: str) -> None:
    assert told("wrong-value", Place(file=file, path=path)) == audience


@pytest.mark.parametrize(
    ("file", "audience"),
    [
        ("schedules/on-call/payments.yaml", "public"),
        ("schedules/people.yaml", "private"),
        ("schedules/time-off/ada.yaml", "private"),
        ("policies/services/checkout.yaml", "team"),
        ("policies/windows.yaml", "public"),
    ],
)
def test_the_text_of_an_unread_file_is_told_as_far_as_everything_in_it(file: str, audience: str) -> None:
    assert told("yaml-syntax", Place(file=file, mark=MARK)) == audience


def test_a_misspelt_key_is_told_as_far_as_the_mapping_around_it() -> None:
    def key(file: str, *path: str) -> str:
        return told("unknown-key", Place(file=file, path=path, part="key"))

    assert key("schedules/on-call/payments.yaml", "rolls") == "public"
    assert key("schedules/people/ada.yaml", "nmae") == "team"
    assert key("schedules/people/ada.yaml", "contact", "+445550100") == "private"


def test_names_of_files_are_for_everybody_but_those_of_time_off() -> None:
    assert told("odd-file-name", at("schedules/people.yaml")) == "public"
    assert told("unexpected-file", at("schedules/on-call/notes.txt")) == "public"
    assert told("unexpected-file", at("schedules/time-off/ada-surgery.txt")) == "team"


def test_where_somebody_lives_is_for_the_team() -> None:
    message = "ada is on call for both, from Mon 7 Dec 2026 09:00 Asia/Tokyo"
    assert told("double-booked", COVERAGE, COVERAGE, message=message, person=ADA) == "team"
    assert told("double-booked", COVERAGE, COVERAGE, message=message.replace("Asia/Tokyo", "Europe/Berlin")) == "public"


def test_an_unknown_rule_is_told_to_nobody() -> None:
    assert told("no-such-rule", COVERAGE) == "private"


def test_the_rules_named_here_are_in_the_catalogue() -> None:
    assert BY_NAME.keys() >= telling._TELLS_OF_ABSENCE | telling._QUOTES_A_VALUE
