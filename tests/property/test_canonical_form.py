"""``fmt`` changes how a file looks and nothing else: data, order and comments are the same, and once is enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odd_yaml import OddWriter
from random_organisations import Organisation, organisations
from watchbill.edit.canonical import canonical, in_order
from watchbill.edit.refusals import CannotEditError
from watchbill.edit.splice import Fresh, appended
from watchbill.findings import DataPath
from watchbill.source.strict_yaml import parse
from watchbill.source.written import Written, comments, written


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


@settings(max_examples=max(25, settings.default.max_examples // 20))  # drawing an organisation takes long
@given(organisations())
def test_files_that_programs_write_keep_what_they_say(organisation: Organisation) -> None:
    for text in organisation.files.values():
        check(text)


def shared(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts have in common at their start."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def lists(node: Written, path: DataPath = ()) -> Iterator[DataPath]:
    if node.shape == "list":
        yield path
    for index, entry in enumerate(node.entries):
        yield from lists(entry, (*path, index if entry.key is None else entry.key.value))


@given(st.integers(min_value=0, max_value=10**9), st.integers(0, 99))
def test_an_edit_adds_to_a_list_and_leaves_every_other_line(seed: int, which: int) -> None:
    text = OddWriter(seed).text()
    top = written(text)
    found = list(lists(top)) if top is not None and not parse(text.encode())[1] else []
    assume(found)
    path = found[which % len(found)]
    try:
        after = appended(text, path, Fresh(data={"new": "one"}))
    except CannotEditError:
        assume(False)
        raise
    assert parse(after.encode())[1] == []
    assert remarks(after) == remarks(text)
    old, new = text.splitlines(), after.splitlines()
    ahead = shared(old, new)
    behind = shared(old[ahead:][::-1], new[ahead:][::-1])
    # In brackets the one line with the end of the list changes; in block style none does.
    assert len(old) - ahead - behind <= 1
