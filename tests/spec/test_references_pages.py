"""The pages of the reference rules, run through the reader and the model."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from rule_pages import CHECKS, Expected, PageCase, cases, pages
from watchbill import timezones
from watchbill.model.build import build
from watchbill.source.positions import locate
from watchbill.source.read import read
from watchbill.source.tree import DirectoryTree

PAGES = pages("references")
CASES = [case for page in PAGES for case in cases(page)]
SECTIONS = ["What it finds", "Why", "Setting", "Flagged", "Accepted", "How to fix"]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_page_says_what_the_model_finds(case: PageCase, tmp_path: Path) -> None:
    tree = DirectoryTree(case.write(tmp_path))
    reading = read(tree)
    _, findings = build(reading, timezones.names())
    found = []
    for finding in (*reading.findings, *findings):
        position = locate(tree, finding.place)
        line = position.line if position else 0
        found.append(Expected(finding.place.file, line, finding.rule, finding.level.value))
    assert tuple(sorted(found)) == case.expected


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_page_flags_its_rule_and_has_all_sections(page: Path) -> None:
    headings = [line[3:] for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert headings == [section for section in SECTIONS if section != "Setting" or section in headings]
    flagged = {found.rule for case in cases(page) if case.section == "Flagged" for found in case.expected}
    assert page.stem in flagged
    assert all(not case.expected for case in cases(page) if case.section == "Accepted")


def test_each_declaration_has_a_page_and_each_page_a_declaration() -> None:
    modules = sorted(path.stem for path in (CHECKS / "references").glob("*.py") if path.stem != "__init__")
    assert [page.stem for page in PAGES] == sorted(module.replace("_", "-") for module in modules)
    for module in modules:
        rule = importlib.import_module(f"watchbill.checks.references.{module}").RULE
        assert (rule.name, rule.family, rule.fixed) == (module.replace("_", "-"), "references", True)
