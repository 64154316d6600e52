"""Instants as they are written in files."""

from __future__ import annotations

from watchbill.planning.cover_choices import moment_of
from watchbill.reports.override_text import spelled


def spelled_instant(instant: int, zone_name: str) -> str:
    """Return an instant as wall-clock time of a zone, with its offset where that time comes twice."""
    return spelled(moment_of(instant, zone_name))
