"""A document of sections and rows that never grows over a limit, and is never cut inside of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchbill.records import dataclass

_LEFT_OUT = "{:,} more have no room here; `watchbill check` lists all of them.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its rows, all of them Markdown. ``folded`` rows are shown when a reader opens them."""

    heading: str
    rows: tuple[str, ...]
    folded: bool = False

    @property
    def opening(self) -> str:
        """What stands before the rows."""
        if self.folded:
            return f"<details>\n<summary>{self.heading}</summary>\n\n"
        return f"#### {self.heading}\n\n"

    @property
    def closing(self) -> str:
        """What stands after the rows."""
        return "\n</details>\n\n" if self.folded else "\n"


def fitted(head: str, sections: Iterable[Section], tail: str, limit: int | None = None) -> str:
    """Return a document of at most ``limit`` bytes of UTF-8, which are never fewer than characters.

    Rows are taken in order until one has no room; that one and all after it are counted in a line of their own.
    """
    sections = tuple(sections)
    if limit is None:
        return head + "".join(_whole(section) for section in sections) + tail
    total = sum(len(section.rows) for section in sections)
    room = limit - _size(head) - _size(tail) - _size(_LEFT_OUT.format(total)) - 1
    parts, taken = list[str](), 0
    for section in sections:
        rows = list(_fitting(section, room))
        if rows:
            part = _whole(section, rows)
            parts.append(part)
            room -= _size(part)
            taken += len(rows)
        if len(rows) < len(section.rows):
            break
    left_out = _LEFT_OUT.format(total - taken) + "\n" if taken < total else ""
    return head + "".join(parts) + left_out + tail


def _fitting(section: Section, room: int) -> Iterator[str]:
    room -= _size(section.opening) + _size(section.closing)
    for row in section.rows:
        room -= _size(row) + 1
        if room < 0:
            return
        yield row


def _whole(section: Section, rows: Iterable[str] | None = None) -> str:
    body = "".join(f"{row}\n" for row in (section.rows if rows is None else rows))
    return f"{section.opening}{body}{section.closing}"


def _size(text: str) -> int:
    return len(text.encode())
