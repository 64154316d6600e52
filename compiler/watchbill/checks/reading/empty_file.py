"""Declares ``empty-file``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="empty-file",
    family="reading",
    summary="A file that says nothing.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
