"""A table of figures, and how it is written: for a terminal, as Markdown, CSV or JSON.

Each cell has a value, which programs read, and a text, which people read. Every format escapes in its own function.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Literal

from watchbill.records import dataclass
from watchbill.reports import json_text
from watchbill.reports.markdown_text import cell, paragraph, prose
from watchbill.reports.terminal import columns, shown, whole_line
from watchbill.text import printable

Format = Literal["table", "csv", "json", "markdown"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "markdown")

_BAR_COLUMNS = 10
# What a spreadsheet takes for the start of a formula, after spaces, in both widths (CWE-1236).
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name in CSV and JSON, its title for people, and whether it holds numbers.

    A ``detail`` is for programs: terminals and Markdown leave it out.
    """

    key: str
    title: str
    number: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. ``value`` is exact and without unit; ``text`` is how people read it.

    ``bar`` is a part of 1 that a terminal draws before the text (more than 1 fills it).
    """

    value: str | int | float | None
    text: str
    bar: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a title, and lines of explanation below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def written(tables: Sequence[Table], form: Format, head: Mapping[str, object]) -> str:
    """Return tables in a format. ``head`` is what JSON says before them, such as the period."""
    if form == "json":
        return _json(tables, head)
    if form == "csv":
        return _csv(tables)
    one = _markdown if form == "markdown" else _terminal
    return "\n".join(one(_without_details(table)) for table in tables)


def _without_details(table: Table) -> Table:
    kept = [not column.detail for column in table.columns]
    return replace(
        table,
        columns=tuple(compress(table.columns, kept)),
        rows=tuple(tuple(compress(row, kept)) for row in table.rows),
    )


def _json(tables: Iterable[Table], head: Mapping[str, object]) -> str:
    document = {
        "version": 1,
        **head,
        "tables": [
            {
                "title": table.title,
                "rows": [
                    {column.key: cell.value for column, cell in zip(table.columns, row, strict=True)}
                    for row in table.rows
                ],
            }
            for table in tables
        ],
    }
    return json_text.written(document, ascii_only=False)


def _csv(tables: Sequence[Table]) -> str:
    """Return the rows of all tables below one line of names; with several tables the first column says which."""
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    several = len(tables) > 1
    for number, table in enumerate(tables):
        if number == 0 or table.columns != tables[number - 1].columns:
            writer.writerow([*(["table"] if several else []), *(column.key for column in table.columns)])
        for row in table.rows:
            writer.writerow([*([_in_csv(table.title)] if several else []), *(_in_csv(cell.value) for cell in row)])
    return target.getvalue()


def _in_csv(value: str | float | None) -> str:
    """Return a value that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = printable(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _markdown(table: Table) -> str:
    lines = [f"### {prose(table.title)}", ""]
    lines.append("| " + " | ".join(cell(column.title) for column in table.columns) + " |")
    lines.append("|" + "|".join("---:" if column.number else "---" for column in table.columns) + "|")
    lines += ["| " + " | ".join(cell(each.text) for each in row) + " |" for row in table.rows]
    for note in table.notes:
        lines += ["", paragraph(note)]
    return "\n".join(lines) + "\n"


def _terminal(table: Table) -> str:
    head = [column.title for column in table.columns]
    texts = [max([0, *(columns(shown(row[number].text)) for row in table.rows)]) for number in range(len(head))]
    body = [[_drawn(cell, width) for cell, width in zip(row, texts, strict=True)] for row in table.rows]
    widths = [max(map(columns, cells)) for cells in zip(head, *body, strict=True)]
    rule = ["-" * width for width in widths]
    lines = [shown(table.title), ""]
    for cells in (head, rule, *body):
        padded = (
            _padded(text, width, right=column.number)
            for text, width, column in zip(cells, widths, table.columns, strict=True)
        )
        lines.append("  ".join(padded).rstrip())
    if not body:
        lines.append("(none)")
    lines += [*([""] if table.notes else []), *map(shown, table.notes)]
    return "\n".join(map(whole_line, lines)) + "\n"


def _drawn(cell: Cell, width: int) -> str:
    """Return the text of a cell; with a bar the text is as wide as the widest of its column, so that bars line up."""
    text = shown(cell.text)
    if cell.bar is None:
        return text
    full = min(_BAR_COLUMNS, max(0, round(cell.bar * _BAR_COLUMNS)))
    return "█" * full + "·" * (_BAR_COLUMNS - full) + " " + _padded(text, width, right=True)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if right else text + space
