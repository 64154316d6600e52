"""Declares ``duplicate-key``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="duplicate-key",
    family="reading",
    summary="A key that its mapping already has.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
