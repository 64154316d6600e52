"""Declares ``ends-before-it-starts``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="ends-before-it-starts",
    family="references",
    summary="A stretch whose end is not after its start.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
