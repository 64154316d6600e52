"""Declares ``submodule``; the finding comes from reading."""

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="submodule",
    family="reading",
    summary="A git repository inside one of the three folders.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
)
