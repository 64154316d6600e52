"""Declares ``file-too-large``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="file-too-large",
    family="reading",
    summary="A file of more than 256 KiB.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
