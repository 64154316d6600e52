"""A waiver that excuses nothing. Judged last, because only then it is known which waivers were needed."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks import waivers
from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level


def unused(facts: Facts, used: frozenset[int]) -> Iterator[Finding]:
    """Return a finding for each waiver of a known rule that lies ahead, inside the horizon, and excuses nothing.

    ``used`` are the indices of the waivers that touched a finding.
    """
    for index, waiver in enumerate(facts.model.checks.waivers):
        start, end = waivers.stretch_of(waiver, facts.timezone)
        rule = facts.rules.get(waiver.rule)
        seen = facts.now < end and start < facts.judged[1]
        kind, _, name = waiver.subject.partition("/")
        broken = not facts.model.broken.isdisjoint({(kind, name), (kind, "*")})
        if index in used or broken or not seen or rule is None or rule.fixed or rule.compares:
            continue
        yield Finding(
            rule=RULE.name,
            level=RULE.level,
            place=waiver.place,
            message=f"the waiver of {waiver.rule} for {waiver.subject} excuses nothing",
            help="delete it, or check the spelling of its `subject`, for example `schedule/payments`",
        )


RULE = Rule(
    name="waiver-unused",
    family="hygiene",
    summary="A waiver that excuses nothing.",
    since="0.1",
    level=Level.INFO,
    status="stable",
    scope="organization",
    ages=True,
)
