"""Declares ``wrong-type``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="wrong-type",
    family="references",
    summary="A value of another type than the field takes.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
