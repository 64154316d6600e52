"""What the reader reads: words that other readers turn into something else stay text, and text is not changed."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from watchbill.source.documents import Data
from watchbill.source.limits import DEPTH, SCALAR_CHARACTERS
from watchbill.source.strict_yaml import parse

SHARED = Path(__file__).parents[3].parent / "shared" / "cases" / "yaml"

STAYS_TEXT = [
    "00:30", "09:00", "9:00", "22:30", "24:00", "23:59:59", "1:2:3", "-1:30", "190:20:30",
    "NO", "no", "No", "yes", "on", "off", "y", "n", "True", "TRUE", "False", "Null", "NULL", "~",
    "017", "08", "0o17", "0x1F", "0b101", "1_000", "1,000", "+1", "+15551234567", "00441234", "-0", "-01",
    "1e3", "12e03", "1.0", "1.10", "3.10", ".5", "1.", ".inf", "-.inf", ".nan", "=", "<", "<<<",
    "2026-01-05", "2026-02-30", "2026-13-45", "2026-01-05T00:00:00Z", "2026-01-05 10:00:00 +01:00", "2026-11",
    "5 minutes", "27%", "4 EUR per hour", "mon-fri 09:00-17:00", "friday 17:00 - monday 09:00",
    "sev1", "C#", "a#b", "http://example.org:8080/#top", "a:b", "-x", "?x", ":x",
    "\u0661\u0662", "\u00bd", "\uff11", "1\u00a0000", "truely", "nullable", "9" * 16, "9" * 5000,
    "\u0394\u03b7\u03bc\u03ae\u03c4\u03c1\u03b7\u03c2", "\u05e9\u05dc\u05d5\u05dd", "\u738b\u5c0f\u660e",
    "O'Neil", 'say "hi"',
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937", "\U0001f469\u200d\U0001f4bb",
    "1\ufe0f\u20e3", "\u2764\ufe0f\u200d\U0001f525", "x" * SCALAR_CHARACTERS,
]  # fmt: skip


@pytest.mark.parametrize("text", STAYS_TEXT, ids=lambda text: ascii(text[:24]))
def test_unquoted_words_stay_text(text: str) -> None:
    assert parse(f"v: {text}\n".encode()) == ({"v": text}, [])
    assert parse(f"- {text}\n".encode()) == ([text], [])


# YAML takes no key of more than 1,024 characters.
@pytest.mark.parametrize("text", [text for text in STAYS_TEXT if len(text) < 1000], ids=lambda text: ascii(text[:24]))
def test_words_stay_text_as_keys(text: str) -> None:
    assert parse(f"{text}: 1\n".encode()) == ({text: 1}, [])


def test_quoted_words_stay_text() -> None:
    source = b"['true', \"false\", 'null', '', \"42\", '-7', \"~\"]\n"
    assert parse(source) == (["true", "false", "null", "", "42", "-7", "~"], [])


def test_typed_words() -> None:
    source = b"[true, false, null, 0, 7, -7, 42, 999999999999999, -999999999999999]\n"
    data, problems = parse(source)
    assert problems == []
    assert data == [True, False, None, 0, 7, -7, 42, 999_999_999_999_999, -999_999_999_999_999]
    assert isinstance(data, list)
    assert [type(value) for value in data[:4]] == [bool, bool, type(None), int]


def test_words_are_text_as_keys() -> None:
    assert parse(b"1: a\ntrue: b\nnull: c\non: d\n") == ({"1": "a", "true": "b", "null": "c", "on": "d"}, [])


def test_empty_values_in_blocks_are_null() -> None:
    assert parse(b"a:\nb:\n  -\n  - c:\n") == ({"a": None, "b": [None, {"c": None}]}, [])


def test_text_is_normalised() -> None:
    assert parse("Zoe\u0308: \u0041\u030angstr\u00f6m\n".encode()) == ({"Zo\u00eb": "\u00c5ngstr\u00f6m"}, [])


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("a: b # comment\n", {"a": "b"}),
        ("a: b ## comment\n", {"a": "b"}),
        ("a: b #\n", {"a": "b"}),
        ("#a\nb: c\n#d\n", {"b": "c"}),
        ("a: 'b' #c\n", {"a": "b"}),
        ("a: 'x #b'\n", {"a": "x #b"}),
        ('a: "x #b\n  #c"\n', {"a": "x #b #c"}),
        ("a: |\n  x #b\n  #c\nd: e\n", {"a": "x #b\n#c\n", "d": "e"}),
        ("a: b # see #4711\n", {"a": "b"}),
        ("a: # see #4711\n  b\n", {"a": "b"}),
        ("a:\n  - b\n  #- c\n", {"a": ["b"]}),
        ("a:\n  b: c\n  #d: e\nf: g\n", {"a": {"b": "c"}, "f": "g"}),
        ("a: [b, #c\n  d]\n", {"a": ["b", "d"]}),
        ("'<<': a\n", {"<<": "a"}),
        ("a: '&x'\nb: \"*y\"\nc: '!z'\n", {"a": "&x", "b": "*y", "c": "!z"}),
        ("? a\n: b\n", {"a": "b"}),
        ("---\na: 1\n...\n", {"a": 1}),
        ("a: 1\r\nb: |\r\n  c\r\n  d\r\n", {"a": 1, "b": "c\nd\n"}),
        ("a: {b: 1, c: [d, {e: null}]}\n", {"a": {"b": 1, "c": ["d", {"e": None}]}}),
        ('a: "x\\ty\\nz\\u00e9\\\\"\n', {"a": "x\ty\nz\u00e9\\"}),
        ("a: >\n  x\n  y\n\n  z\n", {"a": "x y\nz\n"}),
        ("[]\n", []),
        ("{}\n", {}),
        ("a:\t1\n", {"a": 1}),
    ],
)
def test_read(source: str, data: Data) -> None:
    assert parse(source.encode()) == (data, [])


def test_deepest_nesting_is_read() -> None:
    data, problems = parse(b"[" * DEPTH + b"]" * DEPTH)
    assert (isinstance(data, list), problems) == (True, [])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not beside the repository")
def test_shared_words_stay_text() -> None:
    # One of them is `null`, which this reader takes for no value, as it takes `true` for a truth value.
    cases = json.loads((SHARED / "stay-text.json").read_text(encoding="utf-8"))
    assert {case["text"]: parse(case["yaml"].encode())[0] for case in cases if case["text"] != "null"} == {
        case["text"]: {"v": case["text"]} for case in cases if case["text"] != "null"
    }
    assert len(cases) == 35


RULE_OF_CLASS = {
    "alias": "alias",
    "anchor": "anchor",
    "bom": "byte-order-mark",
    "complex-key": "complex-key",
    "directive": "directive",
    "duplicate-key": "duplicate-key",
    "empty": "empty-file",
    "forbidden-char": "forbidden-character",
    "merge-key": "merge-key",
    "multi-document": "several-documents",
    "not-utf8": "invalid-utf-8",
    "scalar-too-long": "scalar-too-long",
    "syntax": "yaml-syntax",
    "tag": "tag",
    "too-deep": "too-deep",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not beside the repository")
def test_shared_files_are_refused_by_the_rule_of_their_class() -> None:
    cases = json.loads((SHARED / "reject.json").read_text(encoding="utf-8"))
    first = {}
    for case in cases:
        problems = sorted(parse((SHARED / case["file"]).read_bytes())[1], key=lambda p: (p.mark.line, p.mark.column))
        first[case["file"]] = problems[0].rule if problems else None
    assert first == {case["file"]: RULE_OF_CLASS[case["class"]] for case in cases}


WORDS = st.text(alphabet=string.ascii_letters + "\u00e9\u00fc\u05d0\u738b", min_size=1, max_size=12)
VALUES: st.SearchStrategy[object] = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=5), st.sampled_from([True, False, None]))
def test_reads_what_another_reader_reads(data: dict[str, object], flow: bool | None) -> None:
    source = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    texts = yaml.load(source, yaml.BaseLoader)  # noqa: S506
    assert parse(source.encode()) == (texts, [])
