"""Declares ``reserved-id``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="reserved-id",
    family="references",
    summary="An id that means something else.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
