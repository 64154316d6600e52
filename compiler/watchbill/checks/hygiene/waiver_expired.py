"""A waiver whose last day is over."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks import waivers
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level
from watchbill.roster.clock import spell


def _judge(facts: Facts) -> Iterator[Finding]:
    for waiver in facts.model.checks.waivers:
        end = waivers.stretch_of(waiver, facts.timezone)[1]
        if end <= facts.now:
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=waiver.place,
                message=f"the waiver of {waiver.rule} for {waiver.subject} ended {spell(end, facts.timezone)}",
                help=f"delete it; if the reason still holds, {waiver.owner} gives it a new `through`",
            )


RULE = Rule(
    name="waiver-expired",
    family="hygiene",
    summary="A waiver whose last day is over.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="file",
    ages=True,
    judge=_judge,
)
