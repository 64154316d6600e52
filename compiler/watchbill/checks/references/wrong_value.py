"""Declares ``wrong-value``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="wrong-value",
    family="references",
    summary="A value that its field cannot have.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
