"""Declares ``alias``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="alias",
    family="reading",
    summary="An alias (*name) that stands for a value written elsewhere.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
