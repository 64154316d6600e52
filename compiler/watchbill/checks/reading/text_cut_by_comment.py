"""Declares ``text-cut-by-comment``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="text-cut-by-comment",
    family="reading",
    summary="A text that a # cuts because YAML reads the rest as a comment.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
