"""A file as it is written: where each value stands in the text, and the comments between them.

What edits a file in place works on this, and leaves every other character alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from watchbill.records import dataclass
from watchbill.source.libyaml import end_of, start_of
from watchbill.source.outline import Node, key_text, outline

_HEADER_COMMENT = re.compile(r"[|>][^\n#]*?(#[^\n]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A scalar: its characters ``start`` to ``end`` of the text, how it is quoted, and what it says.

    ``style`` is ``'``, ``"``, ``|``, ``>`` or empty. A block of text ends before its last line break.
    """

    start: int
    end: int
    style: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value as it stands in the text, with the key before it (``None`` in a list) and what it holds.

    ``column`` is that of its first character: in block style, the column of its keys or dashes. A collection in block
    style ends where its last value ends. ``word`` is set for scalars alone.
    """

    shape: Literal["word", "list", "mapping"]
    key: Word | None
    start: int
    end: int
    column: int
    flow: bool = False
    word: Word | None = None
    entries: tuple[Written, ...] = ()

    @property
    def begin(self) -> int:
        """Return where the entry begins: at its key, or at the value in a list."""
        return self.start if self.key is None else self.key.start

    def child(self, step: str | int) -> Written | None:
        """Return the value below a key or an index."""
        if isinstance(step, int):
            return self.entries[step] if self.shape == "list" and step < len(self.entries) else None
        return next((each for each in self.entries if each.key is not None and each.key.value == step), None)

    def words(self) -> Iterator[Word]:
        """Yield all keys and scalars in the order of the text."""
        if self.key is not None:
            yield self.key
        if self.word is not None:
            yield self.word
        for entry in self.entries:
            yield from entry.words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment: from its ``#`` to the end of its line; ``alone`` if nothing else stands on the line."""

    start: int
    end: int
    column: int
    text: str
    alone: bool


def written(text: str) -> Written | None:
    """Return the top value of a file that the strict reader accepts; ``None`` if the text holds none."""
    top = outline(text.encode())
    return None if top is None else _written(top, text)


def comments(text: str, top: Written) -> tuple[Comment, ...]:
    """Return the comments of a file, in order."""
    found: list[Comment] = []
    at = 0
    for word in top.words():
        found += _in_gap(text, at, word.start)
        if word.style in ("|", ">"):
            header = _HEADER_COMMENT.match(text, word.start, _end_of_line(text, word.start))
            found += [_comment(text, header.start(1))] if header else []
        at = word.end
    return (*found, *_in_gap(text, at, len(text)))


def _written(node: Node, text: str) -> Written:
    key = None if node.key is None else _word(node.key, text)
    mark = start_of(node.event)
    if isinstance(node.event, ScalarEvent):
        word = _word(node.event, text)
        return Written(shape="word", key=key, start=word.start, end=word.end, column=mark.column, word=word)
    entries = tuple(_written(entry, text) for entry in node.entries)
    flow = bool(node.event.flow_style) if isinstance(node.event, MappingStartEvent | SequenceStartEvent) else False
    return Written(
        shape="mapping" if isinstance(node.event, MappingStartEvent) else "list",
        key=key,
        start=mark.index,
        end=node.end.index if flow or not entries else entries[-1].end,
        column=mark.column,
        flow=flow,
        entries=entries,
    )


def _word(event: ScalarEvent, text: str) -> Word:
    start, end, style = start_of(event).index, end_of(event).index, event.style or ""
    if style in ("|", ">"):
        body = text[start:end]
        keeps = "+" in body.partition("\n")[0].partition("#")[0]
        end -= len(body) - len(body.removesuffix("\n") if keeps else body.rstrip("\n"))
    return Word(start=start, end=end, style=style, value=key_text(event))


def _in_gap(text: str, start: int, end: int) -> Iterator[Comment]:
    """Yield the comments of a stretch that holds no value."""
    at = text.find("#", start, end)
    while at >= 0:
        comment = _comment(text, at)
        yield comment
        at = text.find("#", comment.end, end)


def _comment(text: str, start: int) -> Comment:
    end = _end_of_line(text, start)
    line = text.rfind("\n", 0, start) + 1
    return Comment(
        start=start,
        end=end,
        column=start - line,
        text=text[start:end].rstrip(),
        alone=not text[line:start].strip(),
    )


def _end_of_line(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found
