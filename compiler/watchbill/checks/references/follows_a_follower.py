"""Declares ``follows-a-follower``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="follows-a-follower",
    family="references",
    summary="A role that follows a role which itself follows.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
