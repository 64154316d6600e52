"""The concise report: one line for each finding, as editors and ``grep`` read it."""

from __future__ import annotations

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.reports.summary import summary
from watchbill.reports.terminal import Paint, shown

_PLAIN = Paint()


def render(compilation: Compilation, *, colour: bool = False) -> str:
    """Return the report as text that ends in a line feed: ``file:line:column: error[rule] message``."""
    paint = Paint(colour=colour)
    lines = [line(located, paint) for located in compilation.findings]
    return "\n".join([*lines, summary(compilation)]) + "\n"


def line(located: LocatedFinding, paint: Paint = _PLAIN) -> str:
    """Return the line of one finding."""
    finding, position = located.finding, located.position
    where = shown(finding.place.file) + (f":{position.line}:{position.column}" if position else "")
    head = paint.level(finding.level, f"{finding.level.value}[{shown(finding.rule)}]")
    return f"{where}: {head} {shown(finding.message)}"
