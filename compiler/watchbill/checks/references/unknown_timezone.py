"""Declares ``unknown-timezone``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="unknown-timezone",
    family="references",
    summary="A time zone that does not exist.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
