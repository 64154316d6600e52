"""A fault that YAML notices some lines later is told on the line that has to be mended."""

from __future__ import annotations

import pytest

from watchbill.source.strict_yaml import parse

# The file, the line and column of the finding, and the line of its label.
CASES = {
    "no colon after a key of a mapping": ("# x\nschedule payments\nrole: primary\n", (2, 1), 3),
    "no colon after the key of a mapping below": ("a:\n  payments\n    primary: x\n", (2, 3), 3),
    "no colon after the first key of an entry": ("- from 2026-01-01\n  through: 2026-01-02\n", (1, 3), 2),
    "no colon, a comment and a blank line": ("- from 2026-01-01   # a day\n\n  through: 2026-01-02\n", (1, 3), 3),
    "bracket before a key beside its own": ("a: 1\nb: [x, y\nc: 2\n", (2, 4), 3),
    "bracket before a key above its own": ("a:\n  b: [x, y\nc: 2\n", (2, 6), 3),
    "bracket in an entry": ("- a: [x\n  b: y\n", (1, 6), 2),
    "brace before the key below": ("a: {x: 1\nb: 1\nc: 2\n", (1, 4), 2),
    "quote closed by that of a later line": ('a: "x\nb: 1\nc: "y"\n', (1, 4), 3),
}
STAYS = {
    "colon in a text of its own line": ("a: b: c\n", (1, 5)),
    "an entry that is one word": ("- ada\nb: 1\n", (2, 1)),
    "a comma missing inside the bracket": ("a: [\n    x,\n    {y: 1} z,\n]\n", (3, 12)),
    "text after a quote of the same line": ("a: 'b' c\n", (1, 8)),
}


@pytest.mark.parametrize(("text", "place", "label"), CASES.values(), ids=CASES.keys())
def test_told_where_it_began(text: str, place: tuple[int, int], label: int) -> None:
    _, (problem,) = parse(text.encode())
    assert problem.rule == "yaml-syntax"
    assert (problem.mark.line, problem.mark.column) == place
    assert problem.label is not None
    assert problem.label[0].line == label


@pytest.mark.parametrize(("text", "place"), STAYS.values(), ids=STAYS.keys())
def test_told_where_it_was_noticed(text: str, place: tuple[int, int]) -> None:
    _, (problem,) = parse(text.encode())
    assert (problem.mark.line, problem.mark.column) == place


def test_an_entry_without_its_dash_is_one_problem() -> None:
    _, problems = parse(b"- at: 1\n  by: ada\n  text: x\n  at: 2\n  by: grace\n  text: y\n")
    assert [(problem.mark.line, problem.mark.column) for problem in problems] == [(4, 3)]
    assert "`at`, `by` and 1 more" in problems[0].message
    assert "`- `" in problems[0].help
