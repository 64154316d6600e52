"""The same bytes read again with marks: where each key and value of a file stands.

Only files that a finding is about are read this way. A file that the strict reader refuses has an outline too, as far
as it can be read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from watchbill.source.libyaml import YamlMark, end_of, event_source
from watchbill.source.limits import DEPTH


@dataclass(slots=True)
class Node:
    """A value of the file: its own event, the key before it (``None`` in a list), and what it holds.

    ``end`` is the mark after the value; ``entries`` are in the order of the file, duplicates included.
    """

    event: NodeEvent
    key: ScalarEvent | None
    end: YamlMark
    entries: list[Node] = field(default_factory=list)

    def scalars(self) -> Iterator[tuple[ScalarEvent, Node | None]]:
        """Yield the keys and plain values below and at this node in the order of the file, each with its parent."""
        yield from self._scalars(None)

    def _scalars(self, parent: Node | None) -> Iterator[tuple[ScalarEvent, Node | None]]:
        if self.key is not None:
            yield self.key, parent
        if isinstance(self.event, ScalarEvent):
            yield self.event, parent
        for entry in self.entries:
            yield from entry._scalars(self)


def key_text(event: ScalarEvent) -> str:
    """Return a key as the data spell it."""
    return unicodedata.normalize("NFC", event.value)


@lru_cache(maxsize=8)
def outline(data: bytes) -> Node | None:
    """Return the top node of the first document, or ``None`` if there is none.

    Kept for the files asked about last, because findings about one file come together, with labels in a few others.
    """
    builder = _Outline()
    with suppress(YAMLError, ValueError):
        next_event = event_source(data)
        while (event := next_event()) is not None and builder.take(event):
            pass
    return builder.top


class _Outline:
    __slots__ = ("key", "open", "top")

    def __init__(self) -> None:
        self.top: Node | None = None
        self.open: list[Node] = []
        self.key: ScalarEvent | None = None

    def take(self, event: Event) -> bool:
        """Add an event; return whether to read on."""
        if isinstance(event, NodeEvent):
            return self._node(event)
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.open.pop().end = end_of(event)
            return bool(self.open)
        return True

    def _node(self, event: NodeEvent) -> bool:
        parent = self.open[-1] if self.open else None
        if parent is not None and isinstance(parent.event, MappingStartEvent) and self.key is None:
            if not isinstance(event, ScalarEvent):
                return False
            self.key = event
            return True
        node = Node(event, self.key, end_of(event))
        self.key = None
        if parent is None:
            self.top = node
        else:
            parent.entries.append(node)
        if isinstance(event, ScalarEvent | AliasEvent):
            return parent is not None
        self.open.append(node)
        return len(self.open) <= DEPTH
