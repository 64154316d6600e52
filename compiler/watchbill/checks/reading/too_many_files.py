"""Declares ``too-many-files``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="too-many-files",
    family="reading",
    summary="More files than the limit for a repository.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
