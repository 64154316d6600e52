"""The tour shows real findings: each patch is applied to the example, and its page compared with what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tour_pages import NOW, PATCHES, TOUR, found, patched, shown

EXPECTED_RULES = {
    "01-remove-a-member": {"unknown-reference"},
    "02-a-vacation": {"override-onto-time-off"},
    "03-a-three-person-rotation": {"same-person-twice"},
    "04-an-old-version-edited": {"instead-of-untrue", "swap-misses"},
    "05-an-invisible-line-break": {"forbidden-character"},
    "06-a-typo-in-an-id": {"unknown-reference"},
}


def test_there_are_six_patches_each_with_a_page_in_the_list() -> None:
    listed = (TOUR / "README.md").read_text(encoding="utf-8")
    assert [patch.stem for patch in PATCHES] == list(EXPECTED_RULES)
    assert all(f"({patch.stem}.md)" in listed for patch in PATCHES)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_patch_yields_what_its_page_shows(patch: Path, tmp_path: Path) -> None:
    findings = found(patched(patch, tmp_path))
    assert findings == shown(patch)
    assert {finding.split("[")[1].split("]")[0] for finding in findings} == EXPECTED_RULES[patch.stem]


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_page_tells_how_to_see_it(patch: Path) -> None:
    page = patch.with_suffix(".md").read_text(encoding="utf-8")
    assert f"git apply docs/tour/{patch.name}\n" in page
    assert f"watchbill check --now {NOW} --format concise\n" in page
