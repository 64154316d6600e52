"""The pages of rules are true: what they flag is found on that line, and what they accept is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiled_pages import check_case
from rule_pages import PageCase, cases
from watchbill.checks.catalogue import RULES
from watchbill.resources import rule_page_file

PAGES = [rule_page_file(rule.family, rule.name) for rule in RULES if rule.family not in ("reading", "references")]
CASES = [case for page in PAGES for case in cases(page)]

CANNOT_BE_FLAGGED = {"on-call-during-time-off", "too-many-findings"}
"""A fault of the roster, which no repository can bring about, and what would take too long: flagged in other tests."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_finds_what_it_announces(case: PageCase, tmp_path: Path) -> None:
    check_case(case, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_flags_and_accepts_something(page: Path) -> None:
    found = cases(page)
    flagged = {expected.rule for case in found if case.section == "Flagged" for expected in case.expected}
    assert page.stem in flagged or page.stem in CANNOT_BE_FLAGGED
    accepted = [case for case in found if case.section == "Accepted"]
    assert accepted
    assert all(expected.rule != page.stem for case in accepted for expected in case.expected)
