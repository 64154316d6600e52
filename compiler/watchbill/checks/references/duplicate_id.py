"""Declares ``duplicate-id``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="duplicate-id",
    family="references",
    summary="The same id twice.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
