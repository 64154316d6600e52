"""Positions on demand: from a place (file and data path) to a line and a column."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, takewhile

from watchbill.findings import Mark, Place, Position
from watchbill.source.libyaml import YamlMark, end_of, start_of
from watchbill.source.limits import FILE_BYTES
from watchbill.source.outline import Node, key_text, outline
from watchbill.source.tree import Tree
from watchbill.text import printable

LONGEST_LINE = 240
"""Columns of a source line that are shown, with escapes; of a longer one, the part around the finding."""


def locate(tree: Tree, place: Place) -> Position | None:
    """Return where ``place`` stands, or ``None`` if its file cannot be read.

    If the path does not exist in the file (a key is missing), the position is that of the nearest value above it,
    shown by its key where it has one. A file that is no YAML, or a place without a path, has its first line.
    """
    for _, data in tree.contents([place.file], FILE_BYTES):
        if not isinstance(data, bytes):
            return None
        text = _text(data)
        return _position(text, place.mark or _mark(data, text, place))
    return None


@lru_cache(maxsize=8)
def _text(data: bytes) -> tuple[str, ...]:
    return tuple(data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n"))


def _mark(data: bytes, lines: tuple[str, ...], place: Place) -> Mark:
    node = outline(data) if place.path and not place.file.endswith(".ics") else None
    found = node
    complete = found is not None
    for step in place.path:
        child = _child(found, step) if found is not None else None
        if child is None:
            complete = False
            break
        found = child
    if found is None or found is node:
        return _first_line(lines)
    if found.key is not None and (place.part == "key" or not complete):
        return _span(start_of(found.key), end_of(found.key), lines)
    return _span(start_of(found.event), found.end, lines)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        in_list = step < len(node.entries) and node.entries[step].key is None
        return node.entries[step] if in_list else None
    return next((entry for entry in node.entries if entry.key is not None and key_text(entry.key) == step), None)


def _span(start: YamlMark, end: YamlMark, lines: tuple[str, ...]) -> Mark:
    """Return a mark on the first line of a value; of a value over several lines, to the end of that line."""
    line = lines[start.line] if start.line < len(lines) else ""
    stop = end.column if end.line == start.line else len(line.rstrip())
    return Mark(line=start.line + 1, column=start.column + 1, end_column=max(stop, start.column + 1) + 1)


def _first_line(lines: tuple[str, ...]) -> Mark:
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            column = len(line) - len(line.lstrip()) + 1
            return Mark(line=number, column=column, end_column=len(line.rstrip()) + 1)
    return Mark(line=1, column=1, end_column=2)


def _position(lines: tuple[str, ...], mark: Mark) -> Position:
    """Return the position with the line made printable, and the columns of the finding in that printable line."""
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    start, stop = mark.column - 1, mark.end_column - 1
    ahead = _pieces(line, start, start + LONGEST_LINE)
    room = max(LONGEST_LINE // 3, LONGEST_LINE - _columns(ahead))
    before = _fitting(_pieces(line, max(0, start - LONGEST_LINE), start)[::-1], room)[::-1]
    ahead = _fitting(ahead, LONGEST_LINE - _columns(before))
    inside, after = ahead[: stop - start], ahead[stop - start :]
    left = "…" if len(before) < start else ""
    right = "…" if start + len(inside) + len(after) < len(line) else ""
    head, marked = left + "".join(before), "".join(inside)
    return Position(
        line=mark.line,
        column=mark.column,
        end_column=mark.end_column,
        text=head + marked + "".join(after) + right,
        shown_column=len(head) + 1,
        shown_end_column=len(head) + 1 + max(len(marked), 1),
    )


def _pieces(line: str, first: int, last: int) -> list[str]:
    """Return the characters of a part of a line as shown: a tab behind a word is a blank, others are escapes."""
    if line.isascii() and line.isprintable():
        return list(line[first:last])
    indentation = len(line) - len(line.lstrip("\t "))
    return [
        " " if character == "\t" and index >= indentation else printable(character)
        for index, character in enumerate(line[first:last], start=first)
    ]


def _fitting(pieces: list[str], room: int) -> list[str]:
    """Return as many of the first pieces as have room; an escape is never cut."""
    ends = accumulate(map(_columns_of, pieces))
    return pieces[: sum(1 for _ in takewhile(lambda end: end <= room, ends))]


def _columns(pieces: list[str]) -> int:
    return sum(map(_columns_of, pieces))


def _columns_of(piece: str) -> int:
    """Return the columns of a terminal that a piece takes at most."""
    return len(piece) if piece.isascii() else 2 * len(piece)
