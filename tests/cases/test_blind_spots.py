"""Rosters of which another scheduler says that all is well (or which it breaks on): each must be told as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from judged_cases import check_findings

CASES = sorted(path.parent for path in (Path(__file__).parent / "blind-spots").glob("*/findings.toml"))


def test_each_folder_says_what_must_be_found() -> None:
    assert CASES
    assert sorted((Path(__file__).parent / "blind-spots").glob("*/")) == CASES


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_blind_spot_is_seen(folder: Path) -> None:
    check_findings(folder)
