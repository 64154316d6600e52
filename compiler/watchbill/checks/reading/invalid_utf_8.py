"""Declares ``invalid-utf-8``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="invalid-utf-8",
    family="reading",
    summary="Bytes that are not UTF-8.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
