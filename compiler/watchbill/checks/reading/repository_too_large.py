"""Declares ``repository-too-large``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="repository-too-large",
    family="reading",
    summary="More bytes than the limit for a repository.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
