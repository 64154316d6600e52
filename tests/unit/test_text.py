"""Text for people."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchbill.text import clip, nearest, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada", "Ada"),
        ("Zo\u00eb \u738b \u05e9\u05dc\u05d5\u05dd", "Zo\u00eb \u738b \u05e9\u05dc\u05d5\u05dd"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x1b[2J\x9b\x7f", "\\x1b[2J\\x9b\\x7f"),
        ("pay\u202ements\u2066", "pay\\u202ements\\u2066"),
        ("x\u2028y\u0085z", "x\\u2028y\\x85z"),
        ("x\U000e0041\ufeff\u00ad", "x\\U000e0041\\ufeff\\xad"),
        ("a\udcffb\ud800", "a\\xffb\\ud800"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\\u200d\U0001f4bb"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(alphabet=st.characters(), max_size=60))
def test_printable_text_holds_nothing_hidden(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert printable(shown) == shown
    assert shown.encode("utf-8").decode("utf-8") == shown


def test_clip() -> None:
    assert clip("abc", 3) == "abc"
    assert clip("abcd", 3) == "ab\u2026"


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("tiemzone", ["team", "timezone", "name"], "timezone"),
        ("Timezone", ["timezone"], "timezone"),
        ("grase", ["ada", "grace"], "grace"),
        ("whenaway", ["when-away", "every"], "when-away"),
        ("members ", ["members"], "members"),
        ("zzz", ["ada", "grace"], None),
        ("ada", [], None),
        ("", ["ada"], None),
        ("ab", ["abx", "aby"], "abx"),
        ("x" * 10_000, ["xxx"], None),
    ],
)
def test_nearest(word: str, candidates: list[str], meant: str | None) -> None:
    assert nearest(word, candidates) == meant
    assert nearest(word, reversed(candidates)) == meant
