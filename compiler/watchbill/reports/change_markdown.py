"""A change as Markdown: for a file, and as sections for the comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchbill.change.records import Change
from watchbill.compilation import LocatedFinding
from watchbill.reports.change_tables import findings, notes, tables, where
from watchbill.reports.change_timeline import timeline
from watchbill.reports.markdown_document import Section, fitted
from watchbill.reports.markdown_text import cell, code, prose
from watchbill.reports.table import Cell, Table
from watchbill.roster.clock import spell
from watchbill.text import clip, printable

_LONGEST_CELL = 300
_LONGEST_NOTE = 600
_OPEN_ROWS = 12
_FIGURES = re.compile(r"[0-9][0-9,:]*|[+-][0-9:]+(?: -[0-9:]+)?", re.ASCII)


def render(change: Change) -> str:
    """Return the whole report as Markdown."""
    now, end = (prose(spell(instant, change.timezone)) for instant in (change.now, change.horizon[1]))
    tail = f"As of {now}, until {end}.\n"
    return fitted(f"{headline(change)}\n\n", sections(change, fold=False), tail)


def headline(change: Change) -> str:
    """Return the one sentence, in bold."""
    return f"**{prose(change.sentence)}**"


def sections(change: Change, *, fold: bool = True) -> Iterator[Section]:
    """Yield the sections. Long ones, and those that press nobody, are folded if ``fold`` is set."""
    told = tuple(f"- {prose(clip(note, _LONGEST_NOTE))}" for note in notes(change))
    if told:
        yield Section(heading="In short", rows=told)
    for title, found in findings(change):
        yield Section(heading=title, rows=tuple(map(_finding, found)), folded=fold and len(found) > _OPEN_ROWS)
    for table in tables(change):
        yield Section(heading=table.title, rows=tuple(_rows(table)), folded=fold and len(table.rows) > _OPEN_ROWS)
    drawn = tuple(_fenced(timeline(beside, change)) for beside in change.beside)
    if drawn:
        yield Section(heading="Before and after", rows=drawn, folded=fold)


def _finding(located: LocatedFinding) -> str:
    finding = located.finding
    message = prose(clip(printable(finding.message), _LONGEST_NOTE))
    place = code(clip(printable(where(located)), _LONGEST_CELL))
    return f"- **{finding.level.value}** {prose(finding.rule)} {place}: {message}"


def _rows(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(cell(column.title) for column in table.columns) + " |"
    yield "|" + "|".join("---:" if column.number else "---" for column in table.columns) + "|"
    for row in table.rows:
        yield "| " + " | ".join(map(_cell, row)) + " |"
    for note in table.notes:
        yield f"\n{prose(note)}"


def _cell(each: Cell) -> str:
    """Return the text of a cell. A ``+`` before a number is no cause for code."""
    return each.text if _FIGURES.fullmatch(each.text) else cell(clip(each.text, _LONGEST_CELL))


def _fenced(text: str) -> str:
    """Return lines as a block of code, between more backticks than they hold."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}{fence}\n"
