"""An override reaches beyond what the person holds whom it replaces. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="override-misses",
    family="coverage",
    summary="An override replaces somebody who holds only a part of its stretch.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
)
