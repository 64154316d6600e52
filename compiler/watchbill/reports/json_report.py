"""The JSON report, for programs: versioned, with 1-based lines and columns. Its schema is ``report.schema.json``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level, Place, Position
from watchbill.reports import json_text
from watchbill.reports.fingerprints import fingerprints
from watchbill.reports.summary import counts

VERSION = 1
"""Raised when a field is removed or changes its meaning; new fields may come without that."""


def render(compilation: Compilation) -> str:
    """Return the report as JSON in ASCII: no character of a repository reaches a terminal raw."""
    return json_text.written(_report(compilation))


def _report(compilation: Compilation) -> dict[str, Any]:
    number = counts(compilation)
    return {
        "version": VERSION,
        "watchbill": compilation.tools.watchbill,
        "tzdata": compilation.tools.tzdata,
        "holidays": compilation.tools.holidays or None,
        "now": _instant(compilation.clock.now),
        "timezone": compilation.clock.timezone,
        "horizon": {"start": _instant(compilation.horizon[0]), "end": _instant(compilation.horizon[1])},
        "files": compilation.files,
        "errors": number[Level.ERROR],
        "warnings": number[Level.WARNING],
        "infos": number[Level.INFO],
        "findings": list(findings(compilation)),
    }


def findings(compilation: Compilation) -> Iterator[dict[str, Any]]:
    """Yield the object of each finding, in the order of the compilation."""
    for located, fingerprint in zip(compilation.findings, fingerprints(compilation.findings), strict=True):
        yield _finding(located, fingerprint)


def _finding(located: LocatedFinding, fingerprint: str) -> dict[str, Any]:
    finding = located.finding
    positions = (*located.label_positions, *[None] * len(finding.labels))
    return {
        "rule": finding.rule,
        "fingerprint": fingerprint,
        "level": finding.level.value,
        "message": finding.message,
        "help": finding.help,
        "subject": finding.subject or None,
        "stretch": {"start": _instant(finding.stretch[0]), "end": _instant(finding.stretch[1])}
        if finding.stretch
        else None,
        "place": _place(finding.place, located.position),
        "labels": [
            {"text": label.text, "place": _place(label.place, position)}
            for label, position in zip(finding.labels, positions, strict=False)
        ],
    }


def _place(place: Place, position: Position | None) -> dict[str, Any]:
    return {
        "file": place.file,
        "path": list(place.path),
        "line": position.line if position else None,
        "column": position.column if position else None,
        "end_column": position.end_column if position else None,
    }


def _instant(seconds: int) -> str:
    """Spell an instant as ``2026-11-23T08:00:00Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
