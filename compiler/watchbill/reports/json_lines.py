"""One finding a line, each the JSON object of the JSON report: for ``grep``, ``jq`` and whatever reads a stream."""

from __future__ import annotations

from watchbill.compilation import Compilation
from watchbill.reports import json_report, json_text


def render(compilation: Compilation) -> str:
    """Return a line for each finding; nothing at all where nothing was found."""
    return "".join(json_text.written(fields, indent=None) for fields in json_report.findings(compilation))
