"""An override replaces somebody who never holds the role in its stretch. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="instead-of-untrue",
    family="hygiene",
    summary="An override replaces somebody who never holds the role in its stretch.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
)
