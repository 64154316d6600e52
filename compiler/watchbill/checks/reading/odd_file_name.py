"""Declares ``odd-file-name``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="odd-file-name",
    family="reading",
    summary="A file or folder whose name cannot be an id everywhere.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
