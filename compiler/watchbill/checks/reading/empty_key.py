"""Declares ``empty-key``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="empty-key",
    family="reading",
    summary="A value whose key is empty or missing.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
