"""Declares ``yaml-syntax``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="yaml-syntax",
    family="reading",
    summary="A line that is no YAML.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
