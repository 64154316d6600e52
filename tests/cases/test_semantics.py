"""The hand-worked cases of the design's rules on rosters, compared line by line.

Each folder of ``semantics`` is a miniature repository and an ``expected.txt`` that was worked out by hand from the
design, with the working as a comment. They are never rewritten from what the compiler says: where the two differ,
either the compiler is wrong or the working is, and a person decides which.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from semantics_cases import check

CASES = sorted(path.parent for path in (Path(__file__).parent / "semantics").glob("*/expected.txt"))


def test_there_are_cases() -> None:
    assert len(CASES) > 60


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_semantics(folder: Path) -> None:
    check(folder)
