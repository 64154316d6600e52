"""Declares ``byte-order-mark``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="byte-order-mark",
    family="reading",
    summary="A byte order mark at the start of a file.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
