"""Declares ``follows-unknown-role``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="follows-unknown-role",
    family="references",
    summary="A role that follows a role that does not exist.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
