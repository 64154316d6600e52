"""The catalogue is whole: every rule module is registered, documented and exercised, and what is generated is current.

``WATCHBILL_UPDATE_GENERATED=1`` makes these tests write the generated files anew.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from rule_pages import cases
from watchbill.checks.catalogue import BY_NAME, RULES
from watchbill.checks.rule import Rule
from watchbill.reports.rule_catalogue import markdown, settings_schema
from watchbill.reports.rule_page import listing, page, page_in_terminal
from watchbill.resources import PACKAGE, rule_page_file

CHECKS = PACKAGE / "checks"
ROOT = Path(__file__).parents[3]
SECTIONS = ["What it finds", "Why", "Setting", "Flagged", "Accepted", "Options", "How to fix"]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_every_module_of_a_family_is_registered_once() -> None:
    modules = {
        (file.parent.name, file.stem.replace("_", "-")) for file in CHECKS.glob("*/*.py") if file.name != "__init__.py"
    }
    assert modules == {(rule.family, rule.name) for rule in RULES}
    assert len(BY_NAME) == len(RULES)


def test_every_page_belongs_to_a_rule() -> None:
    pages = {(file.parent.name, file.stem) for file in CHECKS.glob("*/*.md")}
    assert pages == {(rule.family, rule.name) for rule in RULES}


def test_every_rule_named_in_the_code_is_in_the_catalogue() -> None:
    named = {
        name
        for file in PACKAGE.rglob("*.py")
        for name in re.findall(r"""\b(?:rule=|report\(\s*|Problem\(\s*)"([a-z]+(?:-[a-z0-9]+)+)\"""", file.read_text())
    }
    assert named
    assert named <= BY_NAME.keys()


@every_rule
def test_a_rule_is_declared_in_words(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)
    assert re.fullmatch(r"[A-Z`].*\.", rule.summary)
    assert re.fullmatch(r"\d+\.\d+", rule.since)
    for option in rule.options:
        assert option.summary.endswith(".")
        assert all(option.accepts(value) for value in (option.default, *option.by_profile.values()))


@every_rule
def test_a_page_has_the_agreed_sections(rule: Rule) -> None:
    headings = re.findall(r"^(#{1,2}) (.+)$", re.sub(r"^```.*?^```$", "", page(rule), flags=re.S | re.M), re.M)
    assert headings[0] == ("#", rule.name)
    sections = [text for _, text in headings[1:]]
    assert sections == [section for section in SECTIONS if section in sections]
    assert {"What it finds", "Why", "How to fix"} <= set(sections)
    assert ("Options" in sections) == bool(rule.options)
    for option in rule.options:
        default = str(option.default).lower() if isinstance(option.default, bool) else option.default
        assert f"- `{option.name}` ({default}" in page(rule)


@every_rule
def test_a_page_is_exercised(rule: Rule) -> None:
    assert cases(rule_page_file(rule.family, rule.name))


@every_rule
def test_a_page_reads_well_in_a_terminal(rule: Rule) -> None:
    text = page_in_terminal(rule)
    assert text.startswith(f"{rule.name} ({rule.level.value}")
    assert "```" not in text
    assert max(map(len, text.split("\n"))) <= 140


def test_the_listing_names_every_rule_once() -> None:
    rows = [line.split() for line in listing(RULES).split("\n") if line.startswith("  ")]
    assert [(row[0], row[1]) for row in rows] == [(rule.level.value, rule.name) for rule in RULES]


def _current(path: Path, text: str) -> None:
    if os.environ.get("WATCHBILL_UPDATE_GENERATED"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is old: run with WATCHBILL_UPDATE_GENERATED=1"


def test_the_index_of_rules_is_current() -> None:
    _current(ROOT / "docs" / "rules.md", markdown(RULES))


def test_the_schema_of_settings_is_current() -> None:
    _current(CHECKS / "rule-settings.schema.json", json.dumps(settings_schema(RULES), indent=2) + "\n")


@pytest.mark.parametrize(
    ("settings", "accepted"),
    [
        ({"double-booked": "off"}, True),
        ({"coverage-gap": {"level": "error", "options": {"error-within-days": 30}}}, True),
        ({"coverage-gap": {"options": {"error-within-days": "30"}}}, False),
        ({"coverage-gap": {"options": {"error-within-day": 30}}}, False),
        ({"double-boked": "off"}, False),
        ({"duplicate-key": "off"}, False),
    ],
)
def test_the_schema_of_settings_tells_right_from_wrong(settings: object, accepted: bool) -> None:
    assert jsonschema.Draft202012Validator(settings_schema(RULES)).is_valid(settings) is accepted
