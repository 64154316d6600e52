"""An event of a calendar cannot be used, and does not count. Found while calendars are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="calendar-event-refused",
    family="people",
    summary="An event of a calendar cannot be used, so it does not count.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
)
