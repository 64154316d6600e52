"""A rule has more findings than are looked at. Judged while rules run."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Finding, Level, Place


def finding(rule: Rule, most: int) -> Finding:
    """Return the finding for a rule that has more than ``most`` findings."""
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=Place(file="schedules"),
        message=f"the rule {rule.name} has more than {most:,} findings, and the rest was not looked at",
        help="mend what is shown and check again",
    )


RULE = Rule(
    name="too-many-findings",
    family="hygiene",
    summary="A rule has more findings than are looked at.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    fixed=True,
)
