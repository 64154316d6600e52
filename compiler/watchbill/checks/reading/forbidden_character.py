"""Declares ``forbidden-character``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="forbidden-character",
    family="reading",
    summary="A character that cannot be seen or that changes how others look.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
