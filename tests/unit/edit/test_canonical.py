"""The canonical form: pairs of files in ``tests/cases/fmt/``, and what each of its rules does to one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchbill.edit.canonical import NoCanonicalFormError, canonical

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "fmt"
OWN = sorted(path for folder in ("schedules", "policies", "incidents") for path in (ROOT / folder).rglob("*.yaml"))
STARTER = sorted((ROOT / "compiler/watchbill/starter").rglob("*.yaml"))


@pytest.mark.parametrize("name", ["odd", "prose", "schedule"])
def test_a_file_gets_the_canonical_form(name: str) -> None:
    after = (CASES / f"{name}.after").read_text(encoding="utf-8")
    assert canonical((CASES / f"{name}.before").read_text(encoding="utf-8")) == after
    assert canonical(after) == after


def test_the_example_and_the_starter_are_in_it() -> None:
    assert OWN
    assert STARTER
    for path in (*OWN, *(path for path in STARTER if "dot-github" not in path.parts)):
        text = path.read_text(encoding="utf-8")
        assert canonical(text) == text, path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:   1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("---\na: 1\n...\n", "a: 1\n"),
        ("'a': 'b'\n", "a: b\n"),
        ("a: 'monday 09:00'\nb: \"2026-01-05\"\n", "a: monday 09:00\nb: 2026-01-05\n"),
        ("a: '017'\nb: '12'\nc: 'no'\nd: 'null'\n", 'a: "017"\nb: "12"\nc: "no"\nd: "null"\n'),
        ("a: [ b,c ,d]\n", "a: [b, c, d]\n"),
        ("a: [b,\n  c]\n", "a:\n  - b\n  - c\n"),
        ("a: [x: 1]\n", "a: [{x: 1}]\n"),
        ("a:\n- b\n-   c\n", "a:\n  - b\n  - c\n"),
        ("-\n  - a\n  - b\n- c\n", "- - a\n  - b\n- c\n"),
        ("a: 1 # b\n", "a: 1  # b\n"),
        ("a: 1                 # b\n", "a: 1                 # b\n"),
        ("a: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
        ("\n\na:\n\n  b: 1\n", "a:\n  b: 1\n"),
        ("a:\nb: null\nc: ~\n", "a:\nb: null\nc: ~\n"),
        ("? a\n: b\n", "a: b\n"),
        ("a: {}\nb: [ ]\n", "a: {}\nb: []\n"),
        ("[]\n", "[]\n"),
        ("a: |2\n    x\n   y\n", "a: |2\n    x\n   y\n"),
        (
            "a:\n    # in a\n    b: 1\n   # still in a\n# of c\nc: 1\n",
            "a:\n  # in a\n  b: 1\n# still in a\n# of c\nc: 1\n",
        ),
        ("a: 1  # x", "a: 1  # x\n"),
        ("# only above\n\na: 1\n# below", "# only above\n\na: 1\n# below\n"),
    ],
)
def test_each_rule(before: str, after: str) -> None:
    assert canonical(before) == after
    assert canonical(after) == after


def test_a_line_that_is_too_long_for_braces_becomes_a_block() -> None:
    inside = ", ".join(f"key-{number}: value" for number in range(9))
    assert canonical(f"- {{{inside}}}\n").startswith("- key-0: value\n  key-1: value\n")


@pytest.mark.parametrize("text", ["just words\n", "", "# nothing\n"])
def test_what_is_no_list_or_mapping_has_no_canonical_form(text: str) -> None:
    with pytest.raises(NoCanonicalFormError):
        canonical(text)
