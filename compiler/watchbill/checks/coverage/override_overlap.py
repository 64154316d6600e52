"""Two overrides want the same seat at one time. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="override-overlap",
    family="coverage",
    summary="Two overrides give the same seat to different people at one time.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="schedule",
)
