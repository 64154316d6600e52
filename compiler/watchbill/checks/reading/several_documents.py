"""Declares ``several-documents``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="several-documents",
    family="reading",
    summary="A second YAML document in one file.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
