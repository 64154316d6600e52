"""What the reader refuses: for each class of input the rule, the line and the column, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest

from watchbill.source import strict_yaml
from watchbill.source.limits import DEPTH, PROBLEMS_PER_FILE
from watchbill.source.problems import findings
from watchbill.source.strict_yaml import parse
from yaml_cases import REFUSED, Refusals

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
