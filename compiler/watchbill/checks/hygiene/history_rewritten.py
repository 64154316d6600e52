"""A change rewrites the past. Found only where there is a base to compare with (see ``watchbill.change``)."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="history-rewritten",
    family="hygiene",
    summary="A change gives a shift before now to somebody else.",
    since="0.1",
    level=Level.WARNING,
    scope="schedule",
    compares=True,
)
