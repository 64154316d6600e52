"""A calendar file, or the rest of it, cannot be read. Found while calendars are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="calendar-unreadable",
    family="people",
    summary="A calendar file cannot be read, or only in part.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
)
