"""A whole day in a person's calendar is shown as free, so it is no time off. Found while calendars are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="calendar-day-shown-as-free",
    family="people",
    summary="A whole day in a person's calendar is shown as free, so it is no time off.",
    since="0.1",
    level=Level.INFO,
    status="stable",
    scope="person",
)
