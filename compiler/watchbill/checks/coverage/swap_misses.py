"""A swap names a day on which no turn of that person starts. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="swap-misses",
    family="coverage",
    summary="A swap names a day on which no turn of the person starts.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
)
