"""Random and broken bytes: the reader answers with data or findings, never with an exception."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchbill.source.limits import DEPTH, PROBLEMS_PER_FILE
from watchbill.source.outline import outline
from watchbill.source.problems import findings
from watchbill.source.strict_yaml import parse
from watchbill.text import printable

SAMPLE = """\
# The team that runs the checkout
name: Payments
timezone: Europe/Berlin
channel: "#payments"
roles:
  primary:
    coverage: {window: 24x7, responders: 2}
    layers:
      - id: weekly   # a comment
        versions:
          - {from: 2026-01-05, every: 1 week, members: [ada, 'grace', "lin\\u00fcs"]}
text: |
  Zo\u00eb rolled back
  #4711
folded: >-
  one
  line
none: null
yes-or-no: true
count: -42
""".encode()

# What YAML is made of, and what breaks it.
PIECES = [
    "a", "ada", ":", ": ", "- ", "-", "\n", "\n  ", "\n    ", " ", "\t", "[", "]", "{", "}", ",", "#", " #",
    " #x", "&a ", "*a", "!t ", "!!set ", "!<", "<<: ", "? ", "|\n", ">\n", "|2-\n", "'", '"', "\\", "\\u202e",
    "\\x", "%YAML 1.1\n", "---\n", "...\n", "\r", "\r\n", "\x85", "\u2028", "\u202e", "\u200d", "\ufe0f",
    "\ufeff", "\x00", "\x1b", "\xe9", "e\u0301", "\U0001f469", "true", "null", "~", "1", "017", "@", "`", "%",
    "=", "x" * 1030, "[" * 30, "{a: " * 30, "- " * 30, "? " * 30,
]  # fmt: skip


def check(data: bytes) -> None:
    """Assert what holds for any bytes."""
    result, problems = parse(data)
    found = findings("schedules/x.yaml", problems)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    assert len(found) <= PROBLEMS_PER_FILE
    assert bool(found) == bool(problems)
    for finding in found:
        mark = finding.place.mark
        assert mark is not None
        assert 1 <= mark.line <= max(len(lines), 1)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1
        assert mark.column < mark.end_column
        assert printable(finding.message + finding.help) == finding.message + finding.help
    if not problems:
        assert depth_of(result) <= DEPTH
        assert outline(data) is not None
        assert parse(data) == (result, [])


def depth_of(data: object) -> int:
    if isinstance(data, dict):
        return 1 + max(map(depth_of, data.values()), default=0)
    if isinstance(data, list):
        return 1 + max(map(depth_of, data), default=0)
    assert data is None or isinstance(data, str | int | bool)
    return 0


@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    check(data)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_random_pieces_of_yaml(pieces: list[str]) -> None:
    check("".join(pieces).encode())


@given(st.text(max_size=80))
def test_random_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@given(
    st.integers(0, len(SAMPLE)),
    st.integers(0, 30),
    st.lists(st.sampled_from(PIECES), max_size=4).map(lambda pieces: "".join(pieces).encode()),
)
def test_sample_with_something_else_in_it(start: int, length: int, other: bytes) -> None:
    check(SAMPLE[:start] + other + SAMPLE[start + length :])


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_sample_with_each_byte_flipped(flip: int) -> None:
    for index, byte in enumerate(SAMPLE):
        check(SAMPLE[:index] + bytes([byte ^ flip]) + SAMPLE[index + 1 :])


def test_sample_cut_at_each_byte() -> None:
    for index in range(len(SAMPLE)):
        check(SAMPLE[:index])


def test_sample_is_read() -> None:
    assert parse(SAMPLE)[1] == []


@pytest.mark.deep
def test_sample_with_each_byte_replaced_by_each() -> None:
    for index in range(len(SAMPLE)):
        for byte in range(256):
            check(SAMPLE[:index] + bytes([byte]) + SAMPLE[index + 1 :])


@pytest.mark.deep
def test_very_many_random_pieces() -> None:
    chance = random.Random(4711)  # noqa: S311
    for _ in range(300_000):
        check("".join(chance.choices(PIECES, k=chance.randrange(1, 24))).encode())
