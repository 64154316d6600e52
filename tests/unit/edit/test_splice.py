"""Edits in place: every character that is not meant stays, whatever the style; what cannot be done is refused."""

from __future__ import annotations

import pytest

from watchbill.edit.refusals import CannotEditError
from watchbill.edit.splice import Fresh, Item, appended, in_block_style, with_items, with_pair, with_versions
from watchbill.source.strict_yaml import parse


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a\n", "- a\n- new\n"),
        ("- a", "- a\n- new\n"),
        ("- a # why\n# end\n", "- a # why\n- new\n# end\n"),
        ("[a]\n", "[a, new]\n"),
        ("[]  # none yet\n", "[new]  # none yet\n"),
        ("[ a , b ]\n", "[a, b, new]\n"),
        ("[a,  # first\n b]\n", "[a,  # first\n b, new]\n"),
        ("[a, b,\n]\n", "[a, b, new,\n]\n"),
        ("- |\n  text\n\n  more\n\n# end\n", "- |\n  text\n\n  more\n- new\n\n# end\n"),
        ("  - a\n  -   b\n", "  - a\n  -   b\n  - new\n"),
        ("---\n- a\n", "---\n- a\n- new\n"),
        ("- k: 1\n  l:\n    - x   # deep\n", "- k: 1\n  l:\n    - x   # deep\n- new\n"),
        ("- 'a'\n-\n  b\n", "- 'a'\n-\n  b\n- new\n"),
        ("- k: 1\n  # of k\n# end\n", "- k: 1\n  # of k\n- new\n# end\n"),
    ],
)
def test_an_item_is_appended(before: str, after: str) -> None:
    assert appended(before, (), Fresh(data="new")) == after


def test_a_block_that_keeps_its_line_breaks_keeps_them() -> None:
    found = appended("- |+\n  a\n\n\n# end\n", (), Fresh(data="new"))
    assert parse(found.encode()) == (["a\n\n\n", "new"], [])


def test_lines_that_do_not_say_what_is_meant_are_refused() -> None:
    with pytest.raises(CannotEditError):
        appended("- a\n", (), Fresh(data="new", lines=("newer",)))


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        (
            "m:\n  - a   # one\n  # two\n  - b\n  - c\nz: 1\n",
            [2, 0, 1],
            "m:\n  - c\n  - a   # one\n  # two\n  - b\nz: 1\n",
        ),
        ("m:\n- a\n- b\n", [1], "m:\n- b\n"),
        ("m: [a, b, c]  # all\n", [2, Fresh(data="x"), 0], "m: [c, x, a]  # all\n"),
        ("m: [a,   # one\n    b]\n", [1, 0], "m: [b,   # one\n    a]\n"),
        ("- - a\n  - b\n", None, None),
    ],
)
def test_items_change_their_places_with_their_comments(
    before: str, items: list[Item] | None, after: str | None
) -> None:
    if items is None or after is None:
        with pytest.raises(CannotEditError):
            with_items(before, (0,), [1, 0])
    else:
        assert with_items(before, ("m",), items) == after


def test_a_shorter_list_over_several_lines_in_brackets_is_refused() -> None:
    with pytest.raises(CannotEditError, match="several lines"):
        with_items("m: [a,   # one\n    b]\n", ("m",), [0])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nleft: 2026-12-31\n"),
        ("a: 1   # one\n\n# end", "a: 1   # one\nleft: 2026-12-31\n\n# end\n"),
        ("{a: 1}\n", "{a: 1, left: 2026-12-31}\n"),
        ("{}\n", "{left: 2026-12-31}\n"),
        ("a: 1\nleft:   2027-01-01   # or so\nb: 2\n", "a: 1\nleft:   2026-12-31   # or so\nb: 2\n"),
        ("a: >\n  text\n", "a: >\n  text\nleft: 2026-12-31\n"),
        ("a: {b: 1,\n    c: 2}\n", "a: {b: 1,\n    c: 2}\nleft: 2026-12-31\n"),
    ],
)
def test_a_key_is_set(before: str, after: str) -> None:
    assert with_pair(before, (), "left", "2026-12-31") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  name: 1\nb:\n  name: 2\n", "a:\n  name: 1\nb:\n  name: 2\nnew:\n  name: x\n"),
        ("a:\n  name: 1\n\nb:\n  name: 2\n# end\n", "a:\n  name: 1\n\nb:\n  name: 2\n\nnew:\n  name: x\n# end\n"),
        ("a:\n  name: 1\n  # of a\n# end\n", "a:\n  name: 1\n  # of a\nnew:\n  name: x\n# end\n"),
    ],
)
def test_an_entry_is_set_off_as_the_others_are_and_takes_no_comment_of_theirs(before: str, after: str) -> None:
    assert with_pair(before, (), "new", {"name": "x"}) == after


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines",
        'a: "b" # c',
        "it's",
        "NO",
        "- x",
        "",
        " ",
        "\t",
        "{a}",
        "017",
        "null",
        "true",
        "12",
        "é",
        "&a *b !c",
        "%",
    ],
)
def test_any_text_is_written_so_that_it_reads_as_itself(text: str) -> None:
    for start in ("name: Ada\n", "{name: Ada}\n", "- name: Ada\n", "[{name: Ada}]\n"):
        path = (0,) if "[" in start or start.startswith("-") else ()
        data, problems = parse(with_pair(start, path, "reason", text).encode())
        assert not problems
        entry = data[0] if isinstance(data, list) else data
        assert entry == {"name": "Ada", "reason": text}
        assert parse(with_pair("a: 1\n", (), text or "k", "v").encode())[0] == {"a": 1, text or "k": "v"}


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a: {b: [1, {c: d}]}\n", ("a", "b"), "a:\n  b:\n    - 1\n    - c: d\n"),
        ("- {a: 1, b: [x]}   # y\n- z\n", (0, "b"), "- a: 1\n  b:\n    - x   # y\n- z\n"),
        ("a:\n    - {b: 1}\n", ("a", 0), "a:\n    - b: 1\n"),
        ("{a: [b]}\n", ("a",), "a:\n  - b\n"),
    ],
)
def test_what_is_on_the_way_is_brought_into_block_style(before: str, path: tuple[str | int, ...], after: str) -> None:
    assert in_block_style(before, path) == after


def test_comments_inside_of_braces_are_never_lost() -> None:
    with pytest.raises(CannotEditError, match="comments"):
        in_block_style("a: {b: 1,  # why\n    c: [2]}\n", ("a", "c"))


LAYER = """\
layers:
  - id: weekly   # usual
    # since ever
    from: 2026-01-05  # a monday
    every: 1 week

    members: [ada, grace]   # two
    until: 2027-01-01
"""
SPLIT = """\
layers:
  - id: weekly   # usual
    # since ever
    every: 1 week

    versions:
      - from: 2026-01-05  # a monday
        members: [ada, grace]   # two
      - from: 2026-11-30  # x
        members: [grace, ada]
    until: 2027-01-01
"""


def fresh() -> Fresh:
    return Fresh(
        data={"from": "2026-11-30", "members": ["grace", "ada"]},
        lines=("from: 2026-11-30  # x", "members: [grace, ada]"),
    )


def test_a_layer_becomes_a_list_of_versions_with_its_comments() -> None:
    assert with_versions(LAYER, ("layers", 0), fresh()) == SPLIT


def test_the_order_of_from_and_members_does_not_matter() -> None:
    text = "- id: a\n  members:\n    - ada\n  from: 2026-01-05\n"
    assert with_versions(text, (0,), fresh()) == (
        "- id: a\n  versions:\n    - from: 2026-01-05\n      members:\n        - ada\n"
        "    - from: 2026-11-30  # x\n      members: [grace, ada]\n"
    )


def test_a_layer_that_begins_with_its_members_is_refused() -> None:
    with pytest.raises(CannotEditError, match="begins with"):
        with_versions("- members: [ada]\n  from: 2026-01-05\n", (0,), fresh())
