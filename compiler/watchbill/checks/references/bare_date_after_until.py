"""Declares ``bare-date-after-until``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="bare-date-after-until",
    family="references",
    summary="A date without a time after `until`.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
