"""The reference of the configuration is what the schemas say."""

from __future__ import annotations

import re
from pathlib import Path

from watchbill.model.kinds import WRITTEN_KINDS
from watchbill.model.reference import reference

PAGE = Path(__file__).parents[3] / "docs" / "configuration.md"


def test_page_is_up_to_date() -> None:
    again = "run: python -m watchbill.model.reference > docs/configuration.md"
    assert PAGE.read_text(encoding="utf-8") == reference(), again


def test_each_kind_has_a_section_and_each_link_a_target() -> None:
    text = reference()
    headings = set(re.findall(r"^#{2,3} (.+)$", text, re.MULTILINE))
    assert {kind.name for kind in WRITTEN_KINDS} <= headings
    targets = set(re.findall(r"\]\(#([a-z-]+)\)", text))
    assert targets <= {heading.lower() for heading in headings}


def test_each_row_has_as_many_cells_as_its_table() -> None:
    width = 0
    for line in reference().splitlines():
        if line.startswith("|---"):
            width = line.count("|")
        elif line.startswith("| ") and width:
            assert len(re.findall(r"(?<!\\)\|", line)) == width, line
        elif not line.startswith("|"):
            width = 0
