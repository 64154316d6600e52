"""Declares ``key-without-value``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="key-without-value",
    family="reading",
    summary="A key between braces that has no value.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
