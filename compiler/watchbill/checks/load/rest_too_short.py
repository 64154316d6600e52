"""A person has too little rest between two stretches on call."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.load_limits import Excess, excesses, finding, own_or_all
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_duration
from watchbill.findings import Finding, Level
from watchbill.insight.peaks import Peak
from watchbill.model.workload import Threshold


def _judge(facts: Facts) -> Iterator[Finding]:
    def beyond(person: str, role: str, threshold: Threshold, *, own: bool) -> Peak | None:
        return facts.measures.shortest_rest(person, role, own=own, below=int(threshold.value))

    for excess in excesses(facts, "rest", beyond, own_or_all(beyond)):
        yield _finding(facts, excess)


def _finding(facts: Facts, excess: Excess) -> Finding:
    return finding(
        RULE,
        facts,
        excess,
        what=f"rests only {spell_duration(excess.peak.value)} between two stretches on call {excess.role},",
        allowed=f"{spell_duration(int(excess.threshold.value))} is the least",
        way_out="put another turn between the two, or let somebody else cover one of them",
    )


RULE = Rule(
    name="rest-too-short",
    family="load",
    summary="A person has too little rest between two stretches on call.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
