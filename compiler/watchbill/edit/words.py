"""How keys and values of an existing file are spelled in the canonical form: quotes, lines, blocks of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchbill.edit.spelling import double_quoted, needs_no_quotes, reads_as
from watchbill.source.written import Word, Written


@dataclass(frozen=True, slots=True)
class Spelled:
    """A value as text: what stands on the line of its key, and the lines below, without their indentation."""

    first: str
    below: Sequence[str] = ()


def key_of(key: Word, source: str) -> str:
    """Return how a key is spelled."""
    return _one_line(key, source)


def on_one_line(value: Written, source: str) -> str:
    """Return a value of flow style as one line: ``{from: 2026-08-03, kind: vacation}``, ``[ada, grace]``."""
    if value.word is not None:
        return _one_line(value.word, source)
    inside = ", ".join(
        ("" if entry.key is None else f"{key_of(entry.key, source)}: ") + on_one_line(entry, source)
        for entry in value.entries
    )
    return f"{{{inside}}}" if value.shape == "mapping" else f"[{inside}]"


def spelled(word: Word | None, source: str, room: int) -> Spelled:
    """Return how a value is spelled where ``room`` characters are left on its line."""
    if word is None:
        raise AssertionError("collections are spelled entry by entry")
    raw = source[word.start : word.end]
    if word.style in ("|", ">"):
        return _block(word, raw)
    if "\n" not in raw:
        return Spelled(first=_one_line(word, source))
    joined = _joined(word)
    if len(joined) <= room:
        return Spelled(first=joined)
    lines = [line.strip() for line in raw.strip("'\"").split("\n")]
    folds = all(lines) and " ".join(lines) == word.value and not word.value[:1].isspace()
    return Spelled(first=">-", below=lines) if folds else Spelled(first=joined)


def _one_line(word: Word, source: str) -> str:
    raw = source[word.start : word.end]
    if not word.style and "\n" not in raw:
        return raw
    if "\n" in raw:
        return _joined(word)
    if needs_no_quotes(word.value):
        return word.value
    if word.style == "'" and not set('"\\') & set(word.value):
        return double_quoted(word.value)
    return raw


def _joined(word: Word) -> str:
    """Return a word that was written over several lines on one."""
    if needs_no_quotes(word.value):
        return word.value
    if not word.style and "\n" not in word.value and reads_as(word.value, word.value):
        return word.value
    return double_quoted(word.value)


def _block(word: Word, raw: str) -> Spelled:
    """Return a block of text with the lines as they are, moved to the left margin."""
    header, _, body = raw.partition("\n")
    indicators = header.partition("#")[0]
    lines = body.split("\n") if body else []
    first = next((line for line in lines if line.strip()), "")
    starts = next((line for line in word.value.split("\n") if line.strip()), "")
    indented = len(starts) - len(starts.lstrip(" "))
    base = len(first) - len(first.lstrip(" ")) - indented
    chomping = "".join(sign for sign in indicators if sign in "+-")
    return Spelled(
        first=word.style + ("2" if indented else "") + chomping,
        below=[line[base:] if line.strip() or len(line) > base else "" for line in lines],
    )
