"""The quick reader and the strict reader agree: what the quick one takes, the strict one reads as the same data.

A disagreement would be silent: a roster with another person in it. So the inputs are those close to the border of
what is plain: random lines, typical files broken in every byte, and all that the strict reader has cases for.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchbill import timezones
from watchbill.findings import Place
from watchbill.model.build import build
from watchbill.source import plain_files
from watchbill.source.documents import Data, Document
from watchbill.source.limits import DEPTH
from watchbill.source.plain_files import PlainFiles
from watchbill.source.positions import locate
from watchbill.source.problems import findings
from watchbill.source.read import read
from watchbill.source.strict_yaml import parse
from watchbill.source.tree import DirectoryTree
from yaml_cases import READ, REFUSED, STAYS_TEXT

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "cases" / "yaml"
EXAMPLE = sorted(path for name in ("schedules", "policies", "incidents") for path in (ROOT / name).rglob("*.yaml"))

# Parts of lines, whole and broken: an indentation, up to two starts, a value and an end.
INDENTS = ["", "", "  ", "    ", "      ", " ", "   "]
STARTS = ["", "- ", "-  ", "-", "- - ", "a: ", "a:", "a:  ", "b: ", "b:", "c.d/e_f-1:", "true: ", "null: ", "on: ",
          "0: ", '"q": ', "'q': ", "? ", ": ", "<<: ", "=: ", "~: ", "a : ", "\u00e9: ", "&x ", "!t "]  # fmt: skip
VALUES = [
    "", "", "", "", "ada", "24x7", "09:00", "mon-fri 09:00-17:00", "2026-01-05", "2026-01-05T00:00:00Z", "0", "7",
    "017", "-1", "-0", "+1", "1e3", "1_000", "0x1F", "1.0", "123456789012345", "1234567890123456", "true", "True",
    "false", "null", "~", "no", "on", "=", "<<", ".inf", "+49 30", "/x", "_a", "(b)", "a b  c", "a: b", "a:b", "a:",
    "a :b", "a#b", "#b", "[]", "{}", "[a, b]", "[a, [b, {c: d}]]", "{a: 1, b: [x]}", "{a: 1, a: 2}", "{a: }",
    "{a: 1}: 2", "[a]: 1", "{a}", "[a", "a]", "{a: 1", "b: 2}", "a, b]", "[a] b", "[a], [b]", "[*a]", "[a: b]",
    "[#x]", "[a,#x]", "[a]#x", '["]"]', '["a", \'b\']', "[- a]", "[? a]", "[a,, b]", "[a, ]", "[true, 017, 7]",
    "[a b, c-d, e.f/g]", "[ a]", "[a ]", "[a,b]", "{a: null, true: 0}", "{a: b c, d: -1}", "{a:b}",
    "[a-, b]", "{a: b, }", "[mon-sun 21:00-09:00]", "{a: 09:00, 09:00: b}", "[7:, 7]", "[7:7:]", "[1:2:3]", "[7:a]",
    "[a b, c]", "[a  b]", "[ada,b]", "[ a]", "[a ]", "[a b: c]", "[a -b, 7]", "[09:00]", "[0, -1, null, false]",
    "{a: b c, d: 7}", "{a: b, a: b}", "{a:b}", "{a: b: c}", "{a b: c}", "{a: true, 0: 017}", "{a: b,c: d}", "{a: -}",
    '"a"', "'a'", '""', "''", '"a', 'a"', '"a" b', "'it\'\'s'", "it's", '"a # b"', "' #b'", '"a: b"', '" a "',
    '"a\\tb"', '"a\\u202eb"', "a\\b", "&x y", "*x", "!t y", "!!int 7", "| ", "|", ">-", "%a", "27%", "@a", "a@b",
    "`a", "- a", "? a", "-", "?", ":", "...", "---", "--- a", "a ", "Zo\u00eb", "\u00c9va", "e\u0301", "a\u202eb",
    "\u00a0", "a\u00a0b", "\u3000",
    "a\u0085b", "a\u2028b", "\u0661", "\u00bd", "\U0001f600", "\U0001f469\u200d\U0001f4bb", "a\u200db",
    "1\ufe0f\u20e3",
    "a\tb", "\ta", "x" * 1001, "x" * 8193, "[" * 12 + "]" * 12, "[" * 13 + "]" * 13,
]  # fmt: skip
ENDS = ["", "", "", "", "", " # why", "  # it's", ' # "x', " #", " #4711", "#4711", " # a #b", " ", "\r", "\t", " \t#x"]
SANE = [
    f"{indent}{start}{value}"
    for indent in ("", "  ", "    ")
    for start in ("a:", "b:", "- c:", "-")
    for value in ("", " ada", " 017", " 7", " [x, y]", ' "#q"', " on  # why")
]
WHOLE = [
    "",
    "  ",
    "\t",
    "# why",
    "  # why",
    "#why",
    "    #why",
    "#",
    "  #",
    "---",
    "...",
    "%YAML 1.1",
    "\ufeff",
    "- a\n  b",
]

wild = st.builds(
    lambda indent, one, two, value, end: f"{indent}{one}{two}{value}{end}",
    st.sampled_from(INDENTS),
    st.sampled_from(STARTS),
    st.sampled_from(["", "", *STARTS]),
    st.sampled_from(VALUES),
    st.sampled_from(ENDS),
)
files = st.lists(st.one_of(st.sampled_from(SANE), st.sampled_from(SANE), wild, st.sampled_from(WHOLE)), max_size=8).map(
    "\n".join
)

TELLING = [bytes([byte]) for byte in b" \t\n\r#:-[]{},\"'\\&*!|>%?@`~=<.0ax\x00\x7f\x85\xc3\xff"]
"""Bytes that mean something to a YAML parser, or nothing at all."""


def agree(data: bytes, plain: PlainFiles) -> bool:
    """Assert that both readers agree on a file; return whether the quick one took it."""
    quick = plain.read(data)
    if quick is not None:
        strict, problems = parse(data)
        # As text, because True equals 1.
        assert (repr(quick), []) == (repr(strict), problems), data
    return quick is not None


def random_file(choose: random.Random) -> bytes:
    """Return a few lines, most of them sane."""
    lines = [
        choose.choice(SANE)
        if choose.random() < 0.8
        else choose.choice(WHOLE)
        if choose.random() < 0.2
        else choose.choice(INDENTS) + choose.choice(STARTS) + choose.choice(VALUES) + choose.choice(ENDS)
        for _ in range(choose.randint(1, 7))
    ]
    return "\n".join(lines).encode()


SIGNS = "ab7.-_/+:, []{}'\"#?&*!|~\\é  "


def random_value(choose: random.Random) -> bytes:
    """Return a line of two with a value of random signs, half of them in brackets."""
    text = "".join(
        choose.choices(SIGNS, weights=[6, 6, *[2] * 6, 4, 4, 8, *[1] * (len(SIGNS) - 11)], k=choose.randint(1, 10))
    )
    value = choose.choice(
        ["{}", "{}", "[{}]", "{{{}}}", "{{a: {}}}", "[a, {}]", "{{b: 0, {}}}", '"{}"', "'{}'"]
    ).format(text)
    return f"{choose.choice(['v: ', '- ', '- v: '])}{value}{choose.choice(['', '', ' # c'])}\n".encode()


def cases() -> Iterator[bytes]:
    """Yield everything that the strict reader has cases for."""
    for source, _ in REFUSED.values():
        yield source if isinstance(source, bytes) else source.encode()
    for source, _ in READ:
        yield source.encode()
    for word in STAYS_TEXT:
        yield from (f"v: {word}\n".encode(), f"- {word}\n".encode(), f"{word}: 1\n".encode(), f"v: [{word}]".encode())
    if SHARED.is_dir():
        yield from (path.read_bytes() for path in sorted((SHARED / "reject").iterdir()))
        words = json.loads((SHARED / "stay-text.json").read_text(encoding="utf-8"))
        yield from (word["yaml"].encode() for word in words)


def broken(data: bytes, at: int, byte: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Return a file with one byte replaced, with one more, with one less, and cut."""
    return (data[:at] + byte + data[at + 1 :], data[:at] + byte + data[at:], data[:at] + data[at + 1 :], data[:at])


@given(files)
@settings(max_examples=300)
def test_they_agree_on_random_lines(text: str) -> None:
    agree(text.encode(), PlainFiles())


@pytest.mark.deep
@given(files)
@settings(max_examples=10_000)
def test_they_agree_on_many_random_lines(text: str) -> None:
    agree(text.encode(), PlainFiles())


@pytest.mark.parametrize(
    ("seed", "count"), [(7, 4000), *(pytest.param(8 + i, 150_000, marks=pytest.mark.deep) for i in range(4))]
)
def test_they_agree_on_random_files_with_one_memory(seed: int, count: int) -> None:
    choose, plain = random.Random(seed), PlainFiles()  # noqa: S311 - not for secrets
    assert sum(agree(random_file(choose), plain) for _ in range(count)) > count // 20


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 6000), *(pytest.param(i, 150_000, marks=pytest.mark.deep) for i in (2, 3))]
)
def test_they_agree_on_random_values(seed: int, count: int) -> None:
    choose, plain = random.Random(seed), PlainFiles()  # noqa: S311 - not for secrets
    taken = sum(agree(random_value(choose), plain) for _ in range(count))
    assert count // 10 < taken < count * 9 // 10


def test_they_agree_on_all_cases_of_the_strict_reader() -> None:
    plain = PlainFiles()
    before = b"q: 1\nr:\n  - s\n"
    for data in cases():
        indented = b"q:\n  " + data.rstrip(b"\n").replace(b"\n", b"\n  ") + b"\n"
        for variant in (data, before + data, data.rstrip(b"\n") + b"\nq: 1\n", indented, data.replace(b"\n", b"\r\n")):
            agree(variant, plain)


@pytest.mark.parametrize("path", EXAMPLE[:: len(EXAMPLE) // 12], ids=lambda path: path.stem)
def test_they_agree_on_typical_files_broken_in_every_byte(path: Path) -> None:
    data, plain = path.read_bytes()[:1000], PlainFiles()
    for at in range(len(data)):
        for variant in broken(data, at, TELLING[at % len(TELLING)]):
            agree(variant, plain)


@pytest.mark.deep
@pytest.mark.parametrize("path", EXAMPLE[:: len(EXAMPLE) // 16], ids=lambda path: path.stem)
def test_they_agree_on_typical_files_broken_in_every_way(path: Path) -> None:
    data, plain = path.read_bytes()[:1500], PlainFiles()
    for at in range(len(data)):
        flips = [bytes([data[at] ^ 1 << bit]) for bit in range(8)]
        for byte in [*TELLING, *flips]:
            for variant in broken(data, at, byte)[:2]:
                agree(variant, plain)
        for variant in broken(data, at, b"")[2:]:
            agree(variant, plain)


def test_they_agree_on_typical_files_with_lines_moved_and_lost() -> None:
    choose, plain = random.Random(9), PlainFiles()  # noqa: S311 - not for secrets
    for path in EXAMPLE:
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        for _ in range(20):
            at, other = choose.randrange(len(lines)), choose.choice(lines)
            instead = choose.choice(
                [[], [" " + lines[at]], [lines[at][2:]], [lines[at]] * 2, [other], [lines[at], other]]
            )
            agree("\n".join(lines[:at] + instead + lines[at + 1 :]).encode(), plain)


def test_a_repository_is_read_as_the_strict_reader_alone_would(tmp_path: Path) -> None:
    choose = random.Random(10)  # noqa: S311 - not for secrets
    sources = [*cases(), *(path.read_bytes() for path in EXAMPLE), *(random_file(choose) for _ in range(500))]
    folder = tmp_path / "schedules" / "teams"
    folder.mkdir(parents=True)
    expected: list[Document] = []
    wrong = []
    for number, data in enumerate(sources):
        path = f"schedules/teams/t{number:05}.yaml"
        (tmp_path / path).write_bytes(data)
        strict, problems = parse(data)
        wrong += findings(path, problems)
        if not problems:
            expected.append(Document(path=path, data=strict))
    reading = read(DirectoryTree(tmp_path))
    assert repr(reading.documents) == repr(tuple(expected))
    assert reading.findings == tuple(wrong)
    assert len(reading.unreadable) == len(sources) - len(expected)


def test_most_files_of_the_example_are_plain() -> None:
    plain = PlainFiles()
    assert sum(plain.read(path.read_bytes()) is not None for path in EXAMPLE) > len(EXAMPLE) * 2 // 3


def test_nothing_that_is_built_from_documents_changes_them() -> None:
    # Collections in brackets are shared between files.
    reading = read(DirectoryTree(ROOT))
    before = copy.deepcopy(reading)
    build(reading, timezones.names())
    assert reading == before


def test_positions_are_found_in_plain_files() -> None:
    plain, tree = PlainFiles(), DirectoryTree(ROOT)
    path = next(path for path in EXAMPLE if path.parent.name == "on-call" and plain.read(path.read_bytes()))
    texts = list(_texts(plain.read(path.read_bytes()), Place(file=path.relative_to(ROOT).as_posix())))
    assert len(texts) > 10
    for place, text in texts:
        position = locate(tree, place)
        assert position is not None
        assert position.text[position.shown_column - 1 : position.shown_end_column - 1].strip("'\" ") == text


def _texts(data: Data, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(value, place.at(step))
    else:
        yield place, str(data)


@pytest.mark.parametrize("blocks", [5, DEPTH // 2 - 1, DEPTH // 2, DEPTH // 2 + 1, DEPTH, DEPTH + 1, DEPTH + 5])
@pytest.mark.parametrize("brackets", [0, 1, DEPTH // 2 - 1, DEPTH // 2, DEPTH // 2 + 1, DEPTH])
@pytest.mark.parametrize("start", ["a:", "- a:"])
def test_they_agree_on_deep_files(start: str, blocks: int, brackets: int) -> None:
    lines = [f"{' ' * (4 * depth)}{start}" for depth in range(blocks)]
    agree("\n".join([*lines, f"{' ' * (4 * blocks)}b: {'[' * brackets}{']' * brackets}"]).encode(), PlainFiles())


def test_remembered_lines_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_files, "MEMORY", 5000)
    plain = PlainFiles()
    for number in range(100):
        assert plain.read(f"a: {number}\nb: [{number}, x]\n".encode()) == {"a": number, "b": [number, "x"]}
    assert len(plain._lines) < 20


@pytest.mark.parametrize(
    "text",
    ["", "\n", "# why\n", "word\n", "- \n", "-\n", "a: 1\na: 2\n", "a: x\n  b\n", "a: x\n  b: 1\n", "a: x\n  - b\n",
     "- a\n  - b\n", "a: |\n", "a: 'b\n", "a: [b,\n  c]\n", "a: [[b]]\n", "a: {b: 1, b: 2}\n", "a: [b c:]\n",
     "a: ['b']\n", "? a\n", "\ufeffa: 1\n", "a: 1\r\n", "---\na: 1\n"],
)  # fmt: skip
def test_left_to_the_strict_reader(text: str) -> None:
    assert PlainFiles().read(text.encode()) is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a:", {"a": None}),
        ("a:\nb:\n- x\n- y\nc: 1\n", {"a": None, "b": ["x", "y"], "c": 1}),
        ("- a: 1\n  b: 09:00\n- 017\n", [{"a": 1, "b": "09:00"}, "017"]),
        ("a:   # why\n  - b:\n      - c\n    d: [e, f g]\n", {"a": [{"b": ["c"], "d": ["e", "f g"]}]}),
        ("a: {b: 017, c: 7, null: null}\nd: []\ne: {}\n", {"a": {"b": "017", "c": 7, "null": None}, "d": [], "e": {}}),
        ("- a:\n  - b\n  c: d\n- e\n", [{"a": ["b"], "c": "d"}, "e"]),
        ("  a: 'it is # so'\n\n  # why\n  null: \"\"\n", {"a": "it is # so", "null": ""}),
        ("name: Zo\u00eb\n", {"name": "Zo\u00eb"}),
    ],
)
def test_data_of_plain_files(text: str, data: Data) -> None:
    assert PlainFiles().read(text.encode()) == data
    assert parse(text.encode()) == (data, [])
