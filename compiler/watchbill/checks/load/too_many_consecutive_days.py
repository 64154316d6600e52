"""A person is on call on too many days in a row."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.load_limits import TOLERANCE, Excess, excesses, finding
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_count
from watchbill.findings import Finding, Level
from watchbill.insight.peaks import Peak
from watchbill.model.workload import Threshold, WorkLimit


def _judge(facts: Facts) -> Iterator[Finding]:
    tolerance = facts.number("tolerance")

    def beyond(person: str, role: str, threshold: Threshold, *, own: bool) -> Peak | None:
        return facts.measures.longest_run(person, role, own=own, above=int(threshold.value) + tolerance)

    def judge(person: str, limit: WorkLimit) -> Excess | None:
        for level, threshold in ((Level.ERROR, limit.error), (Level.WARNING, limit.warning)):
            if threshold is None:
                continue
            peak, own = beyond(person, limit.role, threshold, own=True), True
            if peak is None:
                # What is taken over may come on top, up to the limit once more.
                above = 2 * int(threshold.value) + tolerance
                peak, own = facts.measures.longest_run(person, limit.role, above=above), False
            if peak:
                return Excess(person=person, limit=limit, level=level, threshold=threshold, peak=peak, own=own)
        return None

    for excess in excesses(facts, "consecutive-days", beyond, judge):
        yield _finding(facts, excess, tolerance)


def _finding(facts: Facts, excess: Excess, tolerance: int) -> Finding:
    limit = int(excess.threshold.value)
    allowed = f"{spell_count(limit, 'day')} is the limit" if limit == 1 else f"{limit} days are the limit"
    if not excess.own:
        allowed += f", and {2 * limit + tolerance} with what is taken over"
    return finding(
        RULE,
        facts,
        excess,
        what=f"is on call {excess.role} on {spell_count(excess.peak.value, 'day')} in a row,",
        allowed=allowed,
        way_out="shorten the turns, put a colleague between two turns, or let somebody else cover",
    )


RULE = Rule(
    name="too-many-consecutive-days",
    family="load",
    summary="A person is on call on too many days in a row.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
    ages=True,
    options=(TOLERANCE,),
    judge=_judge,
)
