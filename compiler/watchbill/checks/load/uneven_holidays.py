"""One person is on call on many more holidays of a rotation than another."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.fairness import options, uneven
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level


def _judge(facts: Facts) -> Iterator[Finding]:
    return uneven(RULE, facts, "holidays", facts.measures.holidays)


RULE = Rule(
    name="uneven-holidays",
    family="load",
    summary="One person is on call on many more holidays of a rotation than another.",
    since="0.1",
    # Holidays fall by luck, also on the fairest rotation: a note says whom to ask for a swap, and warns nobody.
    level=Level.INFO,
    levels={"small": "off"},
    status="stable",
    scope="schedule",
    ages=True,
    options=options(warning_below=70, turns=3),
    judge=_judge,
)
