"""Public holidays by country."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from importlib import metadata

import pytest

from watchbill.insight import public_holidays

CHRISTMAS = date(2026, 12, 25)


def test_days_off_of_a_country_and_of_a_part_of_it() -> None:
    whole = [day for day, _ in public_holidays.days_off("DE", 2026, 2026)]
    berlin = [day for day, _ in public_holidays.days_off("DE-BE", 2026, 2026)]
    assert CHRISTMAS in whole
    assert date(2026, 3, 8) in berlin
    assert date(2026, 3, 8) not in whole
    assert whole == sorted(whole)


def test_years_are_those_asked_for() -> None:
    assert {day.year for day, _ in public_holidays.days_off("JP", 2025, 2027)} == {2025, 2026, 2027}


def test_nothing_is_known_of_a_code_that_is_not_supported() -> None:
    assert public_holidays.days_off("XX", 2026, 2026) == ()
    assert public_holidays.days_off("GB-XYZ", 2026, 2026) == ()


@pytest.mark.parametrize(
    ("code", "known"), [("DE", True), ("GB-ENG", True), ("XX", False), ("GB-XYZ", False), ("DE-", True)]
)
def test_supported(code: str, known: bool) -> None:
    assert public_holidays.supported(code) is known


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("GB-ENK", "did you mean `GB-ENG`?"),
        ("GB-99", "write `GB`, or one of: `GB-ENG`, `GB-NIR`, `GB-SCT`, `GB-WLS`"),
        ("UK", "did you mean `GB`?"),
        ("UK-ENG", "did you mean `GB-ENG`?"),
        ("EL", "did you mean `GR`?"),
        ("VA-XYZ", "write `VA`: its parts have no holidays of their own"),
    ],
)
def test_suggestion(code: str, told: str) -> None:
    assert public_holidays.suggestion(code) == told


def test_a_wrong_country_is_never_answered_with_itself() -> None:
    assert "`UK`" not in public_holidays.suggestion("UK")


def test_the_version_is_that_of_the_package() -> None:
    assert public_holidays.version() == metadata.version("holidays")


@pytest.mark.parametrize("language", ["en_US.UTF-8", "th", "de"])
def test_the_language_of_the_machine_changes_nothing(language: str) -> None:
    code = "from watchbill.insight.public_holidays import days_off; print(days_off('TH', 2026, 2027))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "LANGUAGE": each}
        ).stdout
        for each in ("C", language)
    ]
    assert told[0] == told[1]
