"""The strict YAML reader: the bytes of one file to plain data, or to what is wrong with them.

It drives libyaml's event stream, so nesting costs no recursion, and refuses every part of YAML that hides meaning
from a reviewer: anchors, aliases, merge keys, tags, directives, several documents, duplicate keys, lost text.
No marks are kept: an event that is refused carries its own.
"""

from __future__ import annotations

import unicodedata
from itertools import islice

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from watchbill.source import complaints
from watchbill.source.characters import decode, hidden_in, plain
from watchbill.source.cut_text import cut_texts
from watchbill.source.documents import Data
from watchbill.source.escapes import escape_of
from watchbill.source.libyaml import event_source
from watchbill.source.limits import DEPTH, PROBLEMS_PER_FILE, SCALAR_CHARACTERS
from watchbill.source.plain_scalars import TYPED_STARTS, value_of
from watchbill.source.problems import Problem
from watchbill.source.syntax_errors import explain, too_deep_before


def parse(data: bytes) -> tuple[Data, list[Problem]]:
    """Return the plain data of a YAML file, and its problems. With a problem, the data means nothing.

    Raises nothing, whatever the bytes are.
    """
    ascii_only = plain(data)
    if not ascii_only:
        problems = decode(data)[1]
        if problems:
            return None, problems
    builder = _Builder(data, careful=not ascii_only or b"\\" in data or len(data) > SCALAR_CHARACTERS)
    try:
        result = builder.build()
    except _StopReadingError:
        result = None
    except YAMLError as error:
        result = None
        cut = too_deep_before(error, data)
        builder.problems += parse(cut)[1] if cut is not None else [explain(error, data.decode("utf-8"))]
    return result, builder.problems + cut_texts(data)


class _StopReadingError(Exception):
    """Reading on would tell nothing more."""


class _Builder:
    """Builds the data of one document from events.

    ``_node`` is the open list or mapping, ``_key`` the key of a mapping that waits for its value, and ``_open`` holds
    those further out. The document itself is the one entry of the outermost list.
    """

    __slots__ = (
        "_careful",
        "_data",
        "_documents",
        "_flow",
        "_key",
        "_key_event",
        "_next_event",
        "_node",
        "_open",
        "_seen",
        "_top",
        "problems",
    )

    def __init__(self, data: bytes, *, careful: bool) -> None:
        self.problems: list[Problem] = []
        self._data = data
        self._careful = careful
        self._next_event = event_source(data)
        self._top: list[Data] = []
        self._node: list[Data] | dict[str, Data] = self._top
        self._flow = False
        self._key: str | None = None
        self._key_event: ScalarEvent | None = None
        self._open: list[tuple[list[Data] | dict[str, Data], bool]] = []
        self._documents = 0
        self._seen: set[str] = set()

    def build(self) -> Data:
        """Return the data of the document; problems are collected beside it.

        Raises ``YAMLError`` where libyaml cannot read on, and ``_StopReadingError``.
        """
        next_event, scalar = self._next_event, self._scalar
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                scalar(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._node, self._flow = self._open.pop()
            elif kind is MappingStartEvent:
                self._start(event, {})
            elif kind is SequenceStartEvent:
                self._start(event, [])
            elif kind is StreamEndEvent:
                return self._document()
            else:
                self._seldom(event)

    def _scalar(self, event: ScalarEvent) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event)
        text = self._checked(event) if self._careful else event.value
        node = self._node
        if isinstance(node, list):
            node.append(value_of(text) if not event.style and text[:1] in TYPED_STARTS else text)
        elif self._key is None:
            if text in node or not text or text == "<<":
                self._refuse_key(text, node, event)
            self._key = text
            self._key_event = event
        else:
            node[self._key] = text if event.style or text[:1] not in TYPED_STARTS else self._typed(text)
            self._key = None

    def _typed(self, word: str) -> Data:
        """Return the value of an unquoted word after a key."""
        if not word and self._flow and self._key_event is not None:
            self._add(complaints.key_without_value(self._key_event))
        return value_of(word)

    def _start(self, event: MappingStartEvent | SequenceStartEvent, opened: dict[str, Data] | list[Data]) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event)
        self._attach(opened, event)
        self._open.append((self._node, self._flow))
        if len(self._open) > DEPTH:
            self._add(complaints.too_deep(event))
            raise _StopReadingError
        self._node = opened
        self._flow = bool(event.flow_style)

    def _attach(self, value: Data, event: Event) -> None:
        node = self._node
        if isinstance(node, list):
            node.append(value)
        elif self._key is None:
            self._add(complaints.complex_key(event))
            raise _StopReadingError
        else:
            node[self._key] = value
            self._key = None

    def _seldom(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self._refuse("reference", complaints.alias(event))
            self._attach(None, event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if event.version is not None or event.tags:
                self._refuse("directive", complaints.directive(event))
            if self._documents > 1:
                self._add(complaints.several_documents(event))
                raise _StopReadingError

    def _document(self) -> Data:
        document = self._top[0] if self._top else None
        if document is None and not self.problems:
            self.problems.append(complaints.empty_file())
        return document

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= PROBLEMS_PER_FILE:
            raise _StopReadingError

    def _refuse(self, group: str, problem: Problem) -> None:
        """Add a problem that would repeat itself in the same file: of each group only the first is told."""
        if group not in self._seen:
            self._seen.add(group)
            self._add(problem)

    def _refuse_properties(self, event: complaints.TaggedEvent) -> None:
        if event.anchor is not None:
            self._refuse("reference", complaints.anchor(event))
        if event.tag is not None:
            self._refuse("tag", complaints.tag(event))

    def _refuse_key(self, text: str, node: dict[str, Data], event: ScalarEvent) -> None:
        if text in node and "duplicate" not in self._seen:
            self._seen.add("duplicate")
            self.problems += islice(complaints.duplicate_keys(self._data), PROBLEMS_PER_FILE)
        elif not text:
            self._add(complaints.empty_key(event))
        elif text == "<<" and not event.style:
            self._refuse("reference", complaints.merge_key(event))

    def _checked(self, event: ScalarEvent) -> str:
        """Return the text of a scalar in NFC, after a look at its length and at what its escapes stand for."""
        text: str = event.value
        if len(text) > SCALAR_CHARACTERS:
            self._add(complaints.too_long(event))
        if event.style == '"' and not (text.isascii() and text.isprintable()):
            character = hidden_in(text)
            if character is not None:
                mark = escape_of(character, self._data, event)
                self._add(complaints.hidden_by_escape(mark, character))
        return text if text.isascii() else unicodedata.normalize("NFC", text)
