"""Lays a file out anew: block style with two blanks a level, dashes below their key, comments with their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from watchbill.edit.spelling import WIDTH
from watchbill.edit.words import Spelled, key_of, on_one_line, spelled
from watchbill.source.written import Comment, Written

STEP = 2
"""Blanks of one level."""


@dataclass(slots=True)
class _Line:
    """A line that is being written: its indentation, its text, and the comment behind it.

    ``more`` are the lines of a block of text below it, already indented.
    """

    indent: int
    text: str
    comment: Comment | None = None
    more: list[str] = field(default_factory=list)

    def written(self) -> Iterator[str]:
        line = " " * self.indent + self.text
        if self.comment is not None:
            column = max(self.comment.column, len(line) + 2) if self.text else self.indent
            line = line.ljust(column) + self.comment.text
        yield line.rstrip()
        yield from self.more


_Level = tuple[int, int]
"""The column that a collection has in the source, and the indentation that it gets."""


class Layout:
    """One file, laid out. ``remarks`` are its comments in order."""

    def __init__(self, source: str, top: Written, remarks: Sequence[Comment]) -> None:
        self._source, self._top, self._remarks = source, top, remarks
        self._lines: list[_Line] = []
        self._at = 0
        self._next_remark = 0
        self._prefix = ""

    def text(self) -> str:
        """Return the whole text."""
        if self._inline(self._top, 0) is not None:
            self._gap(self._top.start, [(0, 0)], first=True)
            self._add(0, self._inline(self._top, 0) or "")
            self._at = self._top.end
        else:
            self._collection(self._top, 0)
        self._gap(len(self._source), self._spine(self._top, 0))
        lines = [line for each in self._lines for line in each.written()]
        while lines and not lines[-1] and not self._ends_in_kept_breaks():
            lines.pop()
        return "\n".join(lines) + "\n"

    def _ends_in_kept_breaks(self) -> bool:
        return bool(self._lines[-1].more)

    def _collection(self, value: Written, indent: int) -> None:
        """Write the entries of a collection in block style, one a line."""
        before: Written | None = None
        for entry in value.entries:
            levels = [(value.column, indent)]
            if before is not None and not value.flow:
                levels += self._spine_below(before, indent)
            dash = self._dash(entry) if value.shape == "list" and not value.flow else None
            self._gap(entry.begin if dash is None else dash, levels, first=before is None)
            if value.shape == "list":
                self._item(entry, indent)
            else:
                self._pair(entry, indent)
            before = entry

    def _item(self, entry: Written, indent: int) -> None:
        self._above(entry.start, indent)
        self._prefix += "- "
        if self._is_block(entry, indent + STEP):
            self._collection(entry, indent + STEP)
        else:
            self._add(indent + STEP, "")
            self._value(entry, indent)

    def _pair(self, entry: Written, indent: int) -> None:
        if entry.key is None:
            raise AssertionError("an entry of a mapping has a key")
        self._add(indent, key_of(entry.key, self._source) + ":")
        self._at = entry.key.end
        if self._is_block(entry, indent):
            self._collection(entry, indent + STEP)
        else:
            self._above(entry.start, indent, line=True)
            self._value(entry, indent)

    def _value(self, entry: Written, indent: int) -> None:
        """Write a value that begins on the present line; ``indent`` is that of the collection that it is in."""
        line = self._lines[-1]
        before = line.text if line.text.endswith("- ") else f"{line.text} "
        used = line.indent + len(before)
        text = self._inline(entry, used)
        found = Spelled(first=text) if text is not None else spelled(entry.word, self._source, WIDTH - used)
        line.text = (before + found.first).rstrip()
        line.more += [" " * (indent + STEP) + each if each else "" for each in found.below]
        if found.below and entry.word is not None and entry.word.style:
            self._header_comment(entry.word.start, entry.word.end)
        self._at = entry.end

    def _header_comment(self, start: int, end: int) -> None:
        for remark in self._taken(end):
            if remark.start > start:
                self._behind(remark)

    def _inline(self, value: Written, used: int) -> str | None:
        """Return a collection on one line if it is written so and fits."""
        if value.shape == "word" or not (value.flow or not value.entries):
            return None
        if value.entries and "\n" in self._source[value.start : value.end]:
            return None
        text = on_one_line(value, self._source)
        return text if used + len(text) <= WIDTH or not value.entries else None

    def _is_block(self, value: Written, indent: int) -> bool:
        if value.shape == "word":
            return False
        key = 0 if value.key is None else len(key_of(value.key, self._source)) + 2
        return self._inline(value, indent + key) is None

    def _spine(self, value: Written, indent: int) -> list[_Level]:
        """Return the levels of the collections that end where a value ends, the outermost first."""
        if value.shape == "word" or value.flow or not value.entries:
            return [(0, indent)]
        return [(value.column, indent), *self._spine_below(value.entries[-1], indent)]

    def _spine_below(self, entry: Written, indent: int) -> list[_Level]:
        return [] if entry.shape == "word" or entry.flow or not entry.entries else self._spine(entry, indent + STEP)

    def _dash(self, entry: Written) -> int:
        """Return where the dash before an item of a list stands."""
        at = self._at
        for remark in self._remarks[self._next_remark :]:
            found = self._source.find("-", at, min(remark.start, entry.start))
            if found >= 0 or remark.start > entry.start:
                return found if found >= 0 else entry.start
            at = remark.end
        found = self._source.find("-", at, entry.start)
        return found if found >= 0 else entry.start

    def _gap(self, end: int, levels: Sequence[_Level], *, first: bool = False) -> None:
        """Write what stands between the last value and the next one: comments, and at most one empty line each."""
        start = self._at
        opened = first
        for remark in self._taken(end):
            if not remark.alone and remark.start > start and self._lines and not self._prefix:
                self._behind(remark)
            else:
                self._empty_line(start, remark.start, opened=opened)
                self._lines.append(_Line(_level(remark.column, levels) - len(self._prefix), "", remark))
                opened = False
            start = remark.end
        self._empty_line(start, end, opened=opened)
        self._at = max(self._at, end)

    def _empty_line(self, start: int, end: int, *, opened: bool) -> None:
        """Write one empty line if there is any between two places, but not where a collection is opened."""
        between = self._source[start:end].split("\n")
        if any(not line.strip() for line in between[1:-1]) and self._lines and not opened and not self._prefix:
            self._lines.append(_Line(0, ""))

    def _above(self, end: int, indent: int, *, line: bool = False) -> None:
        """Write comments that stand before a value of one line above that line; the first one behind it, if it was."""
        for remark in self._taken(end):
            if line and not remark.alone and self._lines[-1].comment is None:
                self._lines[-1].comment = remark
            else:
                self._lines.insert(len(self._lines) - line, _Line(indent, "", remark))

    def _behind(self, remark: Comment) -> None:
        """Put a comment behind the present line, or above it if there is one already."""
        line = self._lines[-1]
        if line.comment is None and line.text:
            line.comment = remark
        else:
            self._lines.insert(len(self._lines) - bool(line.text), _Line(line.indent, "", remark))

    def _taken(self, end: int) -> Iterator[Comment]:
        """Yield the comments up to a place that have not been written yet."""
        while self._next_remark < len(self._remarks) and self._remarks[self._next_remark].start < end:
            self._next_remark += 1
            yield self._remarks[self._next_remark - 1]

    def _add(self, indent: int, text: str) -> None:
        """Begin a line; dashes that wait for their value come first."""
        self._lines.append(_Line(indent - len(self._prefix), self._prefix + text))
        self._prefix = ""


def _level(column: int, levels: Sequence[_Level]) -> int:
    """Return the indentation of the deepest level that a comment of a column can belong to."""
    return next((indent for begins, indent in reversed(levels) if begins <= column), levels[0][1])
