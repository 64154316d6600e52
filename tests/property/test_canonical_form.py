"""``fmt`` changes how a file looks and nothing else: data, order and comments are the same, and once is enough."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from odd_yaml import OddWriter
from watchbill.edit.canonical import canonical, in_order
from watchbill.source.strict_yaml import parse
from watchbill.source.written import comments, written

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("schedules", "policies", "incidents") for path in (ROOT / folder).rglob("*.yaml"))


def remarks(text: str) -> list[str]:
    top = written(text)
    assert top is not None
    return [remark.text for remark in comments(text, top)]


def check(text: str) -> str:
    found = canonical(text)
    assert in_order(parse(found.encode())[0]) == in_order(parse(text.encode())[0])
    assert sorted(remarks(found)) == sorted(remarks(text))
    assert canonical(found) == found
    assert not any(line != line.rstrip() for line in found.split("\n")) or "|" in found or ">" in found
    return found


@given(st.integers(min_value=0, max_value=10**9))
def test_odd_files_keep_data_order_and_comments(seed: int) -> None:
    text = OddWriter(seed).text()
    if not parse(text.encode())[1]:
        check(text)
