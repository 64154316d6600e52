"""Declares ``unreadable-file``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="unreadable-file",
    family="reading",
    summary="A file or folder that the system does not let Watchbill read.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
