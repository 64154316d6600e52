"""Declares ``directive``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="directive",
    family="reading",
    summary="A directive (%YAML, %TAG) at the top of a file.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
