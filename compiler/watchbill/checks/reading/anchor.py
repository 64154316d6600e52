"""Declares ``anchor``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="anchor",
    family="reading",
    summary="An anchor (&name) that other values could refer to.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
