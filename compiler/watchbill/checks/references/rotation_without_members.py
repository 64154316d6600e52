"""Declares ``rotation-without-members``; the finding comes from the model."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="rotation-without-members",
    family="references",
    summary="A rotation that names nobody.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
