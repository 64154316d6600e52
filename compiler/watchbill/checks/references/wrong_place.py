"""Declares ``wrong-place``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="wrong-place",
    family="references",
    summary="A file where nothing is kept.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
