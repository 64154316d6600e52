"""Declares ``merge-key``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="merge-key",
    family="reading",
    summary="A merge key (<<) that takes keys over from another mapping.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
