"""Declares ``invalid-id``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="invalid-id",
    family="references",
    summary="An id that is not written as ids are.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
