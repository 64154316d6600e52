"""GitLab's Code Quality report, which a merge request shows beside the changed lines.

The fields are those that GitLab documents for its own parser. It compares the fingerprints of both sides of a merge
request, so they do not depend on lines.
"""

from __future__ import annotations

from typing import Any

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level
from watchbill.reports import json_text
from watchbill.reports.fingerprints import fingerprints
from watchbill.text import printable

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.INFO: "info"}


def render(compilation: Compilation) -> str:
    """Return the report as a JSON array; an empty one says that the check ran and found nothing."""
    names = fingerprints(compilation.findings)
    return json_text.written([_issue(located, name) for located, name in zip(compilation.findings, names, strict=True)])


def _issue(located: LocatedFinding, fingerprint: str) -> dict[str, Any]:
    finding, position = located.finding, located.position
    return {
        "description": printable(finding.message),
        "check_name": printable(finding.rule),
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {"path": printable(finding.place.file), "lines": {"begin": position.line if position else 1}},
    }
