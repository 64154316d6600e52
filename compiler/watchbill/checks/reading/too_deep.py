"""Declares ``too-deep``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="too-deep",
    family="reading",
    summary="More than 24 levels of lists, mappings or folders.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
