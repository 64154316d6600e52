"""Declares ``complex-key``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="complex-key",
    family="reading",
    summary="A list or mapping in the place of a key.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
