"""Declares ``unknown-key``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="unknown-key",
    family="references",
    summary="A key that its kind of entry does not have.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
