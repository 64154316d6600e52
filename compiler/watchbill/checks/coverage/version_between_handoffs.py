"""A version begins on a day without a handoff, so it holds only from the next one. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="version-between-handoffs",
    family="coverage",
    summary="No handoff falls on the day from which a version should hold.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
)
