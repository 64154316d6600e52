"""Declares ``follows-in-a-circle``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="follows-in-a-circle",
    family="references",
    summary="Roles that follow each other in a circle.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
