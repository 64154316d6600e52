"""Declares ``follows-a-later-role``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="follows-a-later-role",
    family="references",
    summary="A role that follows a role written after it.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
