"""Declares ``unknown-reference``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="unknown-reference",
    family="references",
    summary="A name of something that does not exist.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
