"""Declares ``scalar-too-long``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="scalar-too-long",
    family="reading",
    summary="A text of more than 8,192 characters.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
