"""What the reader refuses: for each class of input the rule, the line and the column, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest

from watchbill.source import strict_yaml
from watchbill.source.limits import DEPTH, PROBLEMS_PER_FILE, SCALAR_CHARACTERS
from watchbill.source.problems import findings
from watchbill.source.strict_yaml import parse

Refusals = list[tuple[str, int, int]]

REFUSED: dict[str, tuple[str | bytes, Refusals]] = {
    # References and types
    "anchor on a text": ("a: &x b\n", [("anchor", 1, 4)]),
    "anchor on a list, with its alias": ("a: &x [1]\nb: *x\n", [("anchor", 1, 4)]),
    "anchor on a key": ("a: 1\n&x b: 2\n", [("anchor", 2, 1)]),
    "anchor without a name": ("a: & b\n", [("anchor", 1, 4)]),
    "anchor with a tag": ("a: &x !!str b\n", [("anchor", 1, 4), ("tag", 1, 4)]),
    "alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        [("anchor", 1, 4)],
    ),
    "alias of nothing": ("a:\n  - *nope\n", [("alias", 2, 5)]),
    "alias as the whole file": ("*nope\n", [("alias", 1, 1)]),
    "alias without a name": ("a: * b\n", [("alias", 1, 4)]),
    "alias as a key": ("*x : 1\n", [("alias", 1, 1), ("complex-key", 1, 1)]),
    "merge key": ("a:\n  <<: {b: 1}\n", [("merge-key", 2, 3)]),
    "merge bomb": ("a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}\n", [("anchor", 1, 4)]),
    "tag of a type": ("a: 1\nb: !!int '2'\n", [("tag", 2, 4)]),
    "tag of one's own": ("a: !include /etc/passwd\n", [("tag", 1, 4)]),
    "tag on a mapping": ("a: !!set {b: null}\n", [("tag", 1, 4)]),
    "tag that says nothing": ("a: ! b\n", [("tag", 1, 4)]),
    "tag with an unknown handle": ("a: !e!x b\n", [("tag", 1, 4)]),
    "tag written out": ("a: !<tag:yaml.org,2002:python/none> b\n", [("tag", 1, 4)]),
    "tag on a key": ("!!merge x: 1\n", [("tag", 1, 1)]),
    "directive of the version": ("%YAML 1.2\n---\na: 1\n", [("directive", 1, 1)]),
    "directive of an old version": ("%YAML 0.9\n---\na: 1\n", [("directive", 1, 1)]),
    "directive of a tag": ("# x\n%TAG ! tag:x,2000:\n---\na: 1\n", [("directive", 2, 1)]),
    "directive of no known name": ("%FOO\n---\na: 1\n", [("directive", 1, 1)]),
    # Documents
    "two documents": ("a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
    "second document empty": ("a: 1\n---\n", [("several-documents", 2, 1)]),
    "text after the end of the document": ("a: 1\n...\nb: 2\n", [("yaml-syntax", 3, 1)]),
    "no bytes": ("", [("empty-file", 1, 1)]),
    "comments only": ("# nothing\n\n# yet\n", [("empty-file", 1, 1)]),
    "a start of a document only": ("---\n", [("empty-file", 1, 1)]),
    "null only": ("null\n", [("empty-file", 1, 1)]),
    # Keys
    "key twice": ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
    "key three times": ("a: 1\na: 2\na: 3\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 1)]),
    "key twice in braces": ("x: {a: 1, a: 2}\n", [("duplicate-key", 1, 11)]),
    "key twice, once in quotes": ("a: 1\n'a': 2\n", [("duplicate-key", 2, 1)]),
    "key twice, spelt with two accents": ("\u00e9: 1\ne\u0301: 2\n", [("duplicate-key", 2, 1)]),
    "key twice by an escape": ('a: 1\n"\\x61": 2\n', [("duplicate-key", 2, 1)]),
    "key twice in both of two mappings": (
        "a: {b: 1, b: 2}\nc: {d: 1, d: 2}\n",
        [("duplicate-key", 1, 11), ("duplicate-key", 2, 11)],
    ),
    "list as a key": ("? [a]\n: 1\n", [("complex-key", 1, 3)]),
    "mapping as a key": ("{a: 1}: 2\n", [("complex-key", 1, 1)]),
    "braces that lack their quotes": ("a:\n  {name}: x\n", [("complex-key", 2, 3)]),
    "empty key": ("'': 1\n", [("empty-key", 1, 1)]),
    "missing key": ("a: 1\n: 2\n", [("empty-key", 2, 1)]),
    "missing key in braces": ("a: {: 2}\n", [("empty-key", 1, 5)]),
    # Lost text
    "sentence cut by a comma": ("{text: Rolled back, then restarted}\n", [("key-without-value", 1, 21)]),
    "braces as a set": ("a: {b, c}\n", [("key-without-value", 1, 5), ("key-without-value", 1, 8)]),
    "value forgotten in braces": ("a: {b: , c: 1}\n", [("key-without-value", 1, 5)]),
    "value forgotten in a pair in brackets": ("a: [b: ]\n", [("key-without-value", 1, 5)]),
    "channel read as a comment": ("a:\n  channel: #payments\n", [("text-cut-by-comment", 2, 12)]),
    "sentence cut by a ticket": ("text: Needs #4711 first\n", [("text-cut-by-comment", 1, 13)]),
    "second line cut by a ticket": ("text: Needs\n  ticket #4711 first\n", [("text-cut-by-comment", 2, 10)]),
    "second line lost to a ticket": ("text: Needs\n  #4711 first\n", [("text-cut-by-comment", 2, 3)]),
    "entry read as a comment": ("- a\n- #b\n", [("text-cut-by-comment", 2, 3)]),
    "two texts cut": ("a: b #c\nd: e #f\n", [("text-cut-by-comment", 1, 6), ("text-cut-by-comment", 2, 6)]),
    "cut text after an accent": ("a: \u00e9t\u00e9 #4711\n", [("text-cut-by-comment", 1, 8)]),
    # Size
    "text too long": ("a: " + "x" * (SCALAR_CHARACTERS + 1), [("scalar-too-long", 1, 4)]),
    "text too long, folded": ("a: >\n" + "  xy\n" * SCALAR_CHARACTERS, [("scalar-too-long", 1, 4)]),
    "brackets too deep": ("[" * (DEPTH + 1) + "]" * (DEPTH + 1), [("too-deep", 1, DEPTH + 1)]),
    "25,000 brackets": ("[" * 25_000 + "]" * 25_000, [("too-deep", 1, DEPTH + 1)]),
    "30,000 entries in each other": ("- " * 30_000, [("too-deep", 1, 2 * DEPTH + 1)]),
    "braces too deep": ("{a: " * 25_000, [("too-deep", 1, 4 * DEPTH + 1)]),
    "indentation too deep": (
        "".join(" " * depth + "a:\n" for depth in range(200)),
        [("too-deep", DEPTH + 1, DEPTH + 1)],
    ),
    # Bytes
    "byte order mark": (b"\xef\xbb\xbfa: 1\n", [("byte-order-mark", 1, 1)]),
    "UTF-16 with a mark": ("a: 1\n".encode("utf-16"), [("invalid-utf-8", 1, 1)]),
    "UTF-16 without a mark": ("a: 1\n".encode("utf-16-le"), [("forbidden-character", 1, 2)]),
    "Latin-1": ("a: 1\nb: \u00e9t\u00e9 d'\u00e9t\u00e9\n".encode("latin-1"),
                [("invalid-utf-8", 2, 4), ("invalid-utf-8", 2, 6), ("invalid-utf-8", 2, 10), ("invalid-utf-8", 2, 12)]),
    "overlong slash": (b"a: \xc0\xaf\n", [("invalid-utf-8", 1, 4)]),
    "half a surrogate pair": (b"a: \xed\xa0\x80\n", [("invalid-utf-8", 1, 4)]),
    "beyond Unicode": (b"a: \xf4\x90\x80\x80\n", [("invalid-utf-8", 1, 4)]),
    "cut character": (b"a: x\xe2\x82", [("invalid-utf-8", 1, 5)]),
    # Characters
    "null": ("a: x\0y\n", [("forbidden-character", 1, 5)]),
    "escape sequence": ("a: \x1b[2J\n", [("forbidden-character", 1, 4)]),
    "bidi override": ("a: x\u202ey\n", [("forbidden-character", 1, 5)]),
    "several hidden characters": (
        "a\u200b: 1\nb: \u2066\u2069\n# \u00ad\n",
        [("forbidden-character", 1, 2), ("forbidden-character", 2, 4), ("forbidden-character", 3, 3)],
    ),
    "tag characters": ("a: x\U000e0041\U000e0042\n", [("forbidden-character", 1, 5)]),
    "mark of byte order inside": ("a: x\ufeffy\n", [("forbidden-character", 1, 5)]),
    "line separator in a comment": ("a: 1\n# fine\u2028b: 2\n", [("forbidden-character", 2, 7)]),
    "next line in a comment": ("# fine\u0085b: 2\na: 1\n", [("forbidden-character", 1, 7)]),
    "paragraph separator in quotes": ("a: 'x\u2029y'\n", [("forbidden-character", 1, 6)]),
    "lone carriage return": ("a: 1 # fine\rb: 2\n", [("forbidden-character", 1, 12)]),
    "lone carriage return among pairs": ("a: 1\r\nb: 2\rc: 3\r\n", [("forbidden-character", 2, 5)]),
    "joiner in an id": ("pay\u200dments: 1\n", [("forbidden-character", 1, 4)]),
    "joiner at the start": ("a: '\u200c\u0645'\n", [("forbidden-character", 1, 5)]),
    "joiners in a row": ("a: \u0645\u200c\u200c\u0645\n", [("forbidden-character", 1, 5)]),
    "selector after a letter": ("a: x\ufe0f\n", [("forbidden-character", 1, 5)]),
    "selector of another variant": ("a: \u2764\ufe0e\n", [("forbidden-character", 1, 5)]),
    "reserved code point": ("a: \U0001fffe\n", [("forbidden-character", 1, 4)]),
    "hidden by an escape": ('a: "x\\u202ey"\n', [("forbidden-character", 1, 6)]),
    "hidden by a short escape": ('a: "x\\e[2J"\n', [("forbidden-character", 1, 6)]),
    "hidden by an escape of a line": ('a: "x\\Ly"\n', [("forbidden-character", 1, 6)]),
    "hidden by an escape of a carriage return": ('a: "x\\r\\ny"\n', [("forbidden-character", 1, 6)]),
    "hidden by an escape in a key": ('"x\\0": 1\n', [("forbidden-character", 1, 3)]),
    "hidden by an escape on a second line": ('a: "x\n  \\x9b"\n', [("forbidden-character", 2, 3)]),
    "joiner by an escape": ('a: "x\\u200dy"\n', [("forbidden-character", 1, 6)]),
    "surrogate by an escape": ('a: "\\ud83d\\ude00"\n', [("forbidden-character", 1, 5)]),
    # Syntax
    "tab as indentation": ("a:\n\tb: 1\n", [("yaml-syntax", 2, 1)]),
    "tab after blanks": ("a:\n  b: 1\n  \tc: 1\n", [("yaml-syntax", 3, 3)]),
    "tab before an entry": ("a:\n\t- b\n", [("yaml-syntax", 2, 1)]),
    "second colon": ("a: b: c\n", [("yaml-syntax", 1, 5)]),
    "no colon": ("a: 1\nb\nc: 2\n", [("yaml-syntax", 2, 1)]),
    "list on the line of its key": ("a: - b\n", [("yaml-syntax", 1, 4)]),
    "uneven indentation": ("a:\n  b: 1\n c: 2\n", [("yaml-syntax", 3, 2)]),
    "key in a list": ("- a\nb: 1\n", [("yaml-syntax", 2, 1)]),
    "bracket not closed": ("a: [1, 2\nb: 3\n", [("yaml-syntax", 2, 2)]),
    "bracket not closed at the end": ("a: [1, 2\n", [("yaml-syntax", 1, 9)]),
    "brace not closed": ("a: {b: 1\n", [("yaml-syntax", 1, 9)]),
    "bracket too many": ("a: [1]]\n", [("yaml-syntax", 1, 7)]),
    "quote not closed": ("a: 1\nb: 'x\nc: 2\n", [("yaml-syntax", 2, 4)]),
    "text after a quote": ("a: 'b' c\n", [("yaml-syntax", 1, 8)]),
    "unknown escape": ('a: "\\d"\n', [("yaml-syntax", 1, 5)]),
    "sign that starts nothing": ("a: @ada\n", [("yaml-syntax", 1, 4)]),
    "text beside the sign of a block": ("a: |x\n  y\n", [("yaml-syntax", 1, 5)]),
}  # fmt: skip


# Of some classes the start of the file is a part.
_STARTS = (b"\xef\xbb\xbf", b"\xff\xfe")
ANYWHERE = {
    name: (source, refusals)
    for name, (source, refusals) in REFUSED.items()
    if refusals[0][0] != "empty-file"
    and not (isinstance(source, bytes) and (source.startswith(_STARTS) or b"\0" in source))
}


def bytes_of(source: str | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.encode()


@pytest.mark.parametrize(("source", "refusals"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_rule_line_and_column(source: str | bytes, refusals: Refusals) -> None:
    found = findings("f.yaml", parse(bytes_of(source))[1])
    marks = [(finding.rule, finding.place.mark) for finding in found]
    assert [(rule, mark.line, mark.column) for rule, mark in marks if mark] == refusals
    for finding in found:
        assert finding.message[0].islower() or finding.message[0] == "`"
        assert not finding.message.endswith(".")
        assert finding.help.endswith((".", "`"))
        assert len(finding.message) < 200


@pytest.mark.parametrize(("source", "refusals"), ANYWHERE.values(), ids=ANYWHERE.keys())
def test_refused_the_same_behind_other_lines(source: str | bytes, refusals: Refusals) -> None:
    # A comment with an accent, ended as on Windows: neither bytes nor carriage returns count as columns or lines.
    found = findings("f.yaml", parse("# Zo\u00eb\r\n\n".encode() + bytes_of(source))[1])
    assert [(f.rule, f.place.mark.line - 2, f.place.mark.column) for f in found if f.place.mark] == refusals


def test_first_of_two_keys_is_named() -> None:
    (finding,) = findings("f.yaml", parse(b"a: 1\nb: {a: 2}\nc:\n  x: 1\na: 3\n")[1])
    assert finding.message == "the key `a` stands here a second time; the first is on line 1"
    assert [(label.place.mark.line, label.text) for label in finding.labels if label.place.mark] == [(1, "first here")]


def test_first_key_of_the_second_of_two_mappings_is_named() -> None:
    found = findings("f.yaml", parse(b"a: {x: 1}\na:\n  x: 1\n  x: 2\n")[1])
    assert [f.message.rpartition(" ")[2] for f in found] == ["1", "3"]


@pytest.mark.parametrize("source", ["[" * 25_000, "- " * 30_000, "{a: " * 25_000, "? " * 30_000, "[{" * 10_000])
def test_deep_nesting_is_refused_after_few_events(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def counted(data: bytes) -> object:
        next_event = event_source(data)

        def counting() -> object:
            nonlocal taken
            taken += 1
            return next_event()

        return counting

    event_source = strict_yaml.event_source
    monkeypatch.setattr(strict_yaml, "event_source", counted)
    assert parse(source.encode())[1]
    assert taken < 4 * DEPTH


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\n" * 90_000,
        b"a: x #b\n" * 9_000,
        "\u202e\n".encode() * 60_000,
        b'- "\\e"\n' * 30_000,
        b"{a,b,c,d}\n" * 9,
    ],
    ids=["bytes", "keys and comments", "characters", "escapes", "keys"],
)
def test_findings_of_a_file_are_bounded(data: bytes) -> None:
    assert 1 <= len(findings("f.yaml", parse(data)[1])) <= PROBLEMS_PER_FILE


def test_every_control_and_format_character_is_refused() -> None:
    accepted = []
    for code in range(0x110000):
        character = chr(code)
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or character in "\t\n":
            continue
        data = f"a: x{character}y\n".encode("utf-8", "surrogatepass")
        if not parse(data)[1]:
            accepted.append(f"U+{code:04X}")
    assert accepted == []


# Characters that a font does not show though Unicode does not call them format characters.
HIDDEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180f\u2065\u3164\uffa0\ufe00\U000e0100\ufff0"


@pytest.mark.parametrize("character", HIDDEN)
def test_characters_that_are_not_shown_are_refused(character: str) -> None:
    assert [problem.rule for problem in parse(f"a: \u0645{character}\n".encode())[1]] == ["forbidden-character"]
