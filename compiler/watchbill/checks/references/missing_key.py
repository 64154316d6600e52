"""Declares ``missing-key``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="missing-key",
    family="references",
    summary="A key that must be there is not.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
