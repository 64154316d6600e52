"""An override names somebody to replace who is not on call then. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="override-misses",
    family="coverage",
    summary="An override replaces somebody who does not hold the role then.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
)
