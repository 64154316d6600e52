"""The quick reader of plain files. It is the second reader: ``strict_yaml`` is the first, and the only judge.

**Why there are two.** Nearly all files of a repository are keys, lists and short values, line after line, and most of
their lines stand in many files. libyaml makes three objects for each word of them, every time. This reader looks at
each distinct line once, remembers what it says, and puts files together from the columns of their lines, in a quarter
of the time.

**Why they cannot disagree.** This reader never judges. It takes a file only if every line is plain (see
``plain_lines``) and stands at a column where YAML gives it one meaning: in the open list or mapping, in one further
out, or one step further in, after a key that ends its line. All else, every doubt and every mistake, is left to the
strict reader, which then reads the file as if this one did not exist. What an unquoted word means, one function says
for both. And ``tests/property/test_plain_files.py`` holds the two to the same data, on files close to the border.
"""

from __future__ import annotations

from typing import Any

from watchbill.source.documents import Data
from watchbill.source.limits import DEPTH
from watchbill.source.plain_lines import OPENS, NotPlainError, PlainLine, read_line

BLOCKS = DEPTH - 1
"""How deep lists and mappings over lines may be nested: one less than allowed, for the brackets in the innermost."""

MEMORY = 48 * 1024 * 1024
"""Bytes that remembered lines may take, estimated from above; then all are forgotten, and learnt again if they come."""

# What a remembered line takes: itself, what it says and its entry in the memory; and, for each character, its text
# twice or, at worst, a mapping of short words.
_BYTES_PER_LINE, _BYTES_PER_CHARACTER, _BYTES_PER_CHARACTER_IN_BRACKETS = 320, 8, 40


class _KnownLines(dict[str, PlainLine]):
    """What each line says: learnt when it is first asked for, and remembered within bounds."""

    def __init__(self) -> None:
        super().__init__()
        self._room = MEMORY

    def __missing__(self, text: str) -> PlainLine:
        line = read_line(text)
        brackets = isinstance(line[3], list | dict)
        per_character = _BYTES_PER_CHARACTER_IN_BRACKETS if brackets else _BYTES_PER_CHARACTER
        self._room -= _BYTES_PER_LINE + len(text) * per_character
        if self._room < 0:
            self.clear()
            self._room = MEMORY
        self[text] = line
        return line


class PlainFiles:
    """Reads the plain files of one repository.

    Collections in brackets that are written alike are one object in all files: do not change them.
    """

    def __init__(self) -> None:
        self._lines = _KnownLines()

    def read(self, data: bytes) -> Data:
        """Return the data of a file, or ``None`` if the strict reader must look at it."""
        try:
            return self._built(data.decode("utf-8").split("\n"))
        except (NotPlainError, UnicodeDecodeError):
            return None

    def _built(self, lines: list[str]) -> Data:
        """Return the data of a file. This loop runs for each line of a repository, so it hardly calls anything.

        ``node`` is the open collection, ``at`` the rank of its lines, and ``around`` are those further out; ``waiting``
        is a key whose value the next line decides. The whole file is the value of an empty key, further out than all.
        """
        top: dict[str, Data] = {}
        around: list[tuple[Any, int]] = []
        node: Any = top
        at = -1
        waiting: str | None = ""
        for rank, inner, key, value in map(self._lines.__getitem__, lines):
            if rank != at or waiting is not None:
                if rank < 0:
                    continue
                node, at = _moved(around, node, at, waiting, rank)
                waiting = None
            if not key:
                node.append(value)
                continue
            if inner:
                opened: dict[str, Data] = {}
                node.append(opened)
                _enter(around, node, at)
                node, at = opened, inner
            if key in node:
                raise NotPlainError
            node[key] = value
            if value is OPENS:
                waiting = key
        if waiting is not None:
            node[waiting] = None
        return top[""]


def _moved(around: list[tuple[Any, int]], node: Any, at: int, waiting: str | None, rank: int) -> tuple[Any, int]:
    """Return the collection, and its rank, to which a line belongs that does not simply go on with the open one."""
    if waiting is not None:
        if rank > at:
            opened: Data = [] if rank % 2 else {}
            node[waiting] = opened
            _enter(around, node, at)
            return opened, rank
        node[waiting] = None
    while rank < at:
        node, at = around.pop()
    if rank != at:
        raise NotPlainError
    return node, at


def _enter(around: list[tuple[Any, int]], node: Any, at: int) -> None:
    if len(around) >= BLOCKS:
        raise NotPlainError
    around.append((node, at))
