"""Declares ``special-file``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="special-file",
    family="reading",
    summary="A named pipe, socket or device where a file is expected.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
