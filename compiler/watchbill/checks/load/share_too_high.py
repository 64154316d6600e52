"""A person is on call for too large a share of twelve weeks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from watchbill.checks.load_limits import Excess, excesses, finding, own_or_all, own_turns
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_share
from watchbill.checks.work_limits import SHARE_WEEKS
from watchbill.findings import Finding, Level
from watchbill.insight.peaks import Peak
from watchbill.model.workload import Threshold
from watchbill.roster.windows import WEEK


def _judge(facts: Facts) -> Iterator[Finding]:
    def beyond(person: str, role: str, threshold: Threshold, *, own: bool) -> Peak | None:
        above = int(threshold.value * SHARE_WEEKS * WEEK)
        return facts.measures.most_seconds(person, role, weeks=SHARE_WEEKS, own=own, above=above)

    for excess in excesses(facts, "share", beyond, own_or_all(beyond)):
        yield _finding(facts, excess)


def _finding(facts: Facts, excess: Excess) -> Finding:
    share = Fraction(excess.peak.value, SHARE_WEEKS * WEEK)
    own = own_turns(facts, excess)
    return finding(
        RULE,
        facts,
        excess,
        what=f"is on call {excess.role} for {spell_share(share)} of {SHARE_WEEKS} weeks{own},",
        allowed=f"{spell_share(excess.threshold.value)} is the limit",
        way_out="add people to the rotation, or give turns to others; "
        "four people who take weekly turns stay below 27 % as primary",
    )


RULE = Rule(
    name="share-too-high",
    family="load",
    summary="A person is on call for too large a share of twelve weeks.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
