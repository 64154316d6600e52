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
from watchbill.source.limits import DEPTH
from watchbill.source.strict_yaml import parse
from yaml_cases import READ, STAYS_TEXT

SHARED = Path(__file__).parents[3].parent / "shared" / "cases" / "yaml"


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


@pytest.mark.parametrize(("source", "data"), READ)
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
