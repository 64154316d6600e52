"""One person is on call on many more nights of a rotation than another."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.fairness import USUAL, uneven
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level


def _judge(facts: Facts) -> Iterator[Finding]:
    return uneven(RULE, facts, "nights", facts.measures.nights)


RULE = Rule(
    name="uneven-nights",
    family="load",
    summary="One person is on call on many more nights of a rotation than another.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="schedule",
    ages=True,
    options=USUAL,
    judge=_judge,
)
