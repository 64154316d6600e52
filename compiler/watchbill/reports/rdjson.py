"""Diagnostics for reviewdog, which comments on the lines of a change with whatever service a team uses.

The format is reviewdog's ``DiagnosticResult``. Its columns count bytes of UTF-8 from 1.
"""

from __future__ import annotations

from typing import Any

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level, Place, Position
from watchbill.reports import json_text
from watchbill.text import printable

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


def render(compilation: Compilation) -> str:
    """Return the report as one JSON object."""
    return json_text.written(
        {"source": {"name": "watchbill"}, "diagnostics": [_diagnostic(located) for located in compilation.findings]}
    )


def _diagnostic(located: LocatedFinding) -> dict[str, Any]:
    finding = located.finding
    help_lines = [f"help: {printable(finding.help)}"] if finding.help else []
    diagnostic: dict[str, Any] = {
        "message": "\n".join([printable(finding.message), *help_lines]),
        "location": _location(finding.place, located.position),
        "severity": _SEVERITIES[finding.level],
        "code": {"value": printable(finding.rule)},
    }
    positions = (*located.label_positions, *[None] * len(finding.labels))
    if finding.labels:
        diagnostic["related_locations"] = [
            {"message": printable(label.text), "location": _location(label.place, position)}
            for label, position in zip(finding.labels, positions, strict=False)
        ]
    return diagnostic


def _location(place: Place, position: Position | None) -> dict[str, Any]:
    location: dict[str, Any] = {"path": printable(place.file)}
    if position is not None:
        location["range"] = _range(position)
    return location


def _range(position: Position) -> dict[str, Any]:
    """Return a range in bytes. Where the line is shown with escapes or cut, its bytes are not known: the line alone."""
    start, end = position.column - 1, position.end_column - 1
    as_written = (position.shown_column, position.shown_end_column) == (position.column, position.end_column)
    if not as_written or position.text.startswith("…"):
        return {"start": {"line": position.line}}
    return {
        "start": {"line": position.line, "column": _bytes(position.text[:start]) + 1},
        "end": {"line": position.line, "column": _bytes(position.text[:end]) + 1},
    }


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
