"""Declares ``role-with-two-sources``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="role-with-two-sources",
    family="references",
    summary="A role with both layers and a role to follow.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
