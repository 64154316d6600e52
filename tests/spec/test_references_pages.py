"""The pages of the reference rules, run through the compiler; findings of other families are left to their pages."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from rule_pages import CHECKS, Expected, PageCase, cases, pages
from watchbill.checks.catalogue import BY_NAME
from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree

PAGES = pages("references")
CASES = [case for page in PAGES for case in cases(page)]
NOW = 1_767_225_600
"""2026-01-01, before the stretches of the pages are over."""
SECTIONS = ["What it finds", "Why", "Setting", "Flagged", "Accepted", "How to fix"]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_page_says_what_is_found(case: PageCase, tmp_path: Path) -> None:
    compilation = compile_tree(DirectoryTree(case.write(tmp_path)), now=NOW)
    found = [
        Expected(f.finding.place.file, f.position.line if f.position else 0, f.finding.rule, f.finding.level.value)
        for f in compilation.findings
        if BY_NAME[f.finding.rule].family in ("reading", "references")
    ]
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
        assert (rule.name, rule.family) == (module.replace("_", "-"), "references")
        assert rule.fixed == (rule.judge is None), "what keeps a file from being understood cannot be lowered"
