"""Declares ``unexpected-file``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="unexpected-file",
    family="reading",
    summary="A file of a type that is not read.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
