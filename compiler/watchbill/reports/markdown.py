"""Findings as Markdown: for a file, for the summary of a job, for the one comment on a pull request.

What is told is a ``Checked``: made of a compilation, or of the JSON report of a job that ran on a stranger's change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level
from watchbill.intervals import Stretch
from watchbill.records import dataclass
from watchbill.reports.gravity import GRAVITY
from watchbill.reports.markdown_document import Section, fitted
from watchbill.reports.markdown_text import code, prose
from watchbill.reports.summary import sentence, spelled
from watchbill.roster.clock import spell
from watchbill.text import clip, printable

if TYPE_CHECKING:
    from watchbill.change.records import Change

SUMMARY_BYTES = 1_000_000
"""GitHub drops a whole summary that is over 1 MiB; what other steps write has room beside this."""

COMMENT_BYTES = 65_000
"""GitHub refuses a comment of more than 65,536 characters."""

MARKER = "<!-- watchbill: the comment on this pull request -->"
"""The first line of the comment, by which the next run finds it. Whoever looks for it must ask for the author too."""

_LONGEST_ROW = 600
_LONGEST_NAME = 60
_OPEN_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One finding, as a reader is told it. ``where`` is ``file:line``."""

    level: Level
    rule: str
    where: str
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check said. ``now`` and ``horizon`` are UTC seconds, ``timezone`` is the organisation's."""

    listed: tuple[Listed, ...]
    files: int
    now: int
    horizon: Stretch
    timezone: str
    watchbill: str
    tzdata: str


def checked(compilation: Compilation) -> Checked:
    """Return what a compilation says."""
    return Checked(
        listed=tuple(_listed(located) for located in compilation.findings),
        files=compilation.files,
        now=compilation.clock.now,
        horizon=compilation.horizon,
        timezone=compilation.clock.timezone,
        watchbill=compilation.tools.watchbill,
        tzdata=compilation.tools.tzdata,
    )


def _listed(located: LocatedFinding) -> Listed:
    finding, position = located.finding, located.position
    return Listed(
        level=finding.level,
        rule=finding.rule,
        where=finding.place.file + (f":{position.line}" if position else ""),
        message=finding.message,
        help=finding.help,
    )


def render(compilation: Compilation) -> str:
    """Return all findings as plain Markdown, without HTML and without a limit."""
    told = checked(compilation)
    return fitted(f"{_verdict(told)}\n\n", sections(told, fold=False), _footer(told))


def summary(compilation: Compilation) -> str:
    """Return the summary of a job."""
    told = checked(compilation)
    head = f"### Watchbill\n\n{_verdict(told)}\n\n"
    return fitted(head, sections(told, fold=True), _footer(told), SUMMARY_BYTES)


def comment(told: Checked, change: Change | None = None) -> str:
    """Return the comment on a pull request: what the change does, if that is known, then what else is found."""
    head, before, others = f"{MARKER}\n### Watchbill\n\n", tuple[Section, ...](), told
    if change is not None:
        from watchbill.reports import change_markdown

        head += f"{change_markdown.headline(change)}\n\n"
        before = tuple(change_markdown.sections(change, fold=True))
        others = _without(told, change.findings.new)
    after = sections(others, fold=True)
    return fitted(f"{head}{_verdict(told)}\n\n", (*before, *after), _footer(told), COMMENT_BYTES)


def issue(told: Checked, marker: str) -> str:
    """Return the text of an issue, whose first line is ``marker``, by which the next run finds it."""
    return fitted(f"{marker}\n{_verdict(told)}\n\n", sections(told, fold=True), _footer(told), COMMENT_BYTES)


def _without(told: Checked, findings: Sequence[LocatedFinding]) -> Checked:
    """Leave out findings that are told with the change already."""
    known = {(each.rule, each.where, each.message) for each in map(_listed, findings)}
    left = tuple(each for each in told.listed if (each.rule, each.where, each.message) not in known)
    return replace(told, listed=left)


def sections(told: Checked, *, fold: bool) -> Iterator[Section]:
    """Yield a section for each level, the gravest first. Errors are folded only where they are many."""
    for level in sorted(GRAVITY, key=GRAVITY.__getitem__):
        rows = tuple(_row(each) for each in told.listed if each.level is level)
        if rows:
            many = level is not Level.ERROR or len(rows) > _OPEN_ROWS
            yield Section(heading=spelled(len(rows), level), rows=rows, folded=fold and many)


def _row(each: Listed) -> str:
    message = prose(clip(printable(each.message), _LONGEST_ROW))
    row = f"- **{prose(each.rule)}** {code(clip(printable(each.where), _LONGEST_ROW))}: {message}"
    return f"{row}\n  - help: {prose(clip(printable(each.help), _LONGEST_ROW))}" if each.help else row


def _verdict(told: Checked) -> str:
    levels = [each.level for each in told.listed]
    return f"**{sentence({level: levels.count(level) for level in Level}, told.files)}**"


def _footer(told: Checked) -> str:
    """Return what the findings depend on beside the files."""
    until = spell(told.horizon[1], told.timezone)
    tools = f"Watchbill {prose(clip(told.watchbill, _LONGEST_NAME))}, tzdata {prose(clip(told.tzdata, _LONGEST_NAME))}"
    return f"As of {prose(spell(told.now, told.timezone))}, until {prose(until)}; {tools}.\n"
