"""Declares ``role-without-source``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="role-without-source",
    family="references",
    summary="A role that nothing fills.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
