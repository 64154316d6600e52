"""Declares ``versions-out-of-order``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="versions-out-of-order",
    family="references",
    summary="A version that does not start after the one before it.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
