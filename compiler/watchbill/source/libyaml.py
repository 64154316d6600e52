"""The door to PyYAML's binding of libyaml, with the types that its events really have.

The published types say that a mark may be missing; for events that libyaml makes it never is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from yaml._yaml import CParser
from yaml.events import Event


class YamlMark(Protocol):
    """A position as libyaml counts it: from zero, in characters."""

    index: int
    line: int
    column: int


def event_source(data: bytes) -> Callable[[], Any]:
    """Return the function that gives the next event of a UTF-8 file at each call, ``None`` after the last.

    It raises ``yaml.YAMLError`` where the bytes are no YAML.
    """
    return CParser(data).get_event


def start_of(event: Event) -> YamlMark:
    """Return where an event starts."""
    return cast("YamlMark", event.start_mark)


def end_of(event: Event) -> YamlMark:
    """Return where an event ends (exclusive)."""
    return cast("YamlMark", event.end_mark)
