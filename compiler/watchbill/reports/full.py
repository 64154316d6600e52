"""The full report: each finding with the source line, a caret under it, the other places involved, and help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Label, Place, Position
from watchbill.reports.summary import summary
from watchbill.reports.terminal import Paint, columns, shown


def render(compilation: Compilation, *, colour: bool = False) -> str:
    """Return the report as text that ends in a line feed. All text of the repository is made printable."""
    return "\n\n".join([*_blocks(compilation.findings, Paint(colour=colour)), summary(compilation)]) + "\n"


def report_of(findings: Iterable[LocatedFinding]) -> str:
    """Return some findings as text, without a summary and without a line feed at the end."""
    return "\n\n".join(_blocks(findings, Paint()))


def _blocks(findings: Iterable[LocatedFinding], paint: Paint) -> list[str]:
    return ["\n".join(_block(located, paint)) for located in findings]


def _block(located: LocatedFinding, paint: Paint) -> Iterator[str]:
    finding = located.finding
    labels = list(zip(finding.labels, (*located.label_positions, *[None] * len(finding.labels)), strict=False))
    lines = [p.line for p in (located.position, *located.label_positions) if p is not None]
    gutter = len(str(max(lines, default=1)))
    head = paint.level(finding.level, f"{finding.level.value}[{shown(finding.rule)}]")
    yield f"{head}{paint.bold(': ' + shown(finding.message))}"
    yield from _frame("-->", finding.place, located.position, gutter, paint)
    if located.position is not None:
        yield _underline(located.position, "^", gutter, paint, located)
    for label, position in labels:
        if position is not None and label.place == finding.place:
            yield f"{' ' * gutter} {paint.dim('=')} {shown(label.text)}"
        else:
            yield from _label(label, position, gutter, paint)
    if located.position is not None or labels:
        yield f"{' ' * gutter} {paint.dim('|')}"
    if finding.help:
        yield f"{paint.bold('help:')} {shown(finding.help)}"


def _frame(arrow: str, place: Place, position: Position | None, gutter: int, paint: Paint) -> Iterator[str]:
    """Return where something stands and, if it has a line, that line."""
    where = shown(place.file) + (f":{position.line}:{position.column}" if position else "")
    yield f"{' ' * gutter}{paint.dim(arrow)} {where}"
    if position is not None:
        yield f"{' ' * gutter} {paint.dim('|')}"
        yield f"{paint.dim(f'{position.line:>{gutter}} |')} {shown(position.text)}".rstrip()


def _underline(position: Position, mark: str, gutter: int, paint: Paint, located: LocatedFinding) -> str:
    before, length = _extent(position)
    marks = paint.level(located.finding.level, mark * length)
    return f"{' ' * gutter} {paint.dim('|')} {' ' * before}{marks}"


def _extent(position: Position) -> tuple[int, int]:
    """Return the columns before the marked part of a shown line, and the columns of the part itself."""
    start = (position.shown_column or position.column) - 1
    end = (position.shown_end_column or position.end_column) - 1
    before, inside = shown(position.text[:start]), shown(position.text[start:end])
    return columns(before), max(columns(inside), 1)


def _label(label: Label, position: Position | None, gutter: int, paint: Paint) -> Iterator[str]:
    text = shown(label.text)
    if position is None:
        yield f"{' ' * gutter} {paint.dim('=')} {text}: {shown(label.place.file)}"
        return
    yield f"{' ' * gutter} {paint.dim('|')}"
    yield from _frame(":::", label.place, position, gutter, paint)
    before, length = _extent(position)
    yield f"{' ' * gutter} {paint.dim('|')} {' ' * before}{paint.dim('-' * length + ' ' + text)}"
