"""The rotations would give more shifts than are computed. Found before rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="too-many-shifts",
    family="coverage",
    summary="The rotations would give more shifts than are computed.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    fixed=True,
)
