"""Declares ``tag``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="tag",
    family="reading",
    summary="A tag (!name) that gives a value a type.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
