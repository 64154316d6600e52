"""A person is on call on too many weekends in a number of weeks."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.load_limits import TOLERANCE, counted
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level


def _judge(facts: Facts) -> Iterator[Finding]:
    return counted(RULE, facts, "weekends", facts.measures.most_weekends, noun="weekend")


RULE = Rule(
    name="too-many-weekends",
    family="load",
    summary="A person is on call on too many weekends in a number of weeks.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
    ages=True,
    options=(TOLERANCE,),
    judge=_judge,
)
