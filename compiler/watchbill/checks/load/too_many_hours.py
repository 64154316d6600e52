"""A person works and stands by for more hours of four weeks than the chosen working-time preset allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchbill.checks.load_limits import Excess, finding
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_duration, spell_share
from watchbill.findings import Finding, Level
from watchbill.insight.loads import ANY
from watchbill.insight.peaks import Peak
from watchbill.insight.working_time import most_outside_working_hours
from watchbill.model.workload import Preset, Threshold, WorkingTime, WorkLimit
from watchbill.records import dataclass
from watchbill.roster.clock import HOUR

WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """How many hours of four weeks are the most, in all and outside of working hours."""

    all: int
    outside: int


BY_PRESET: Mapping[Preset, Hours] = {"eu": Hours(all=192, outside=80), "us": Hours(all=160, outside=60)}
"""Four weeks of 48 hours (article 6 of directive 2003/88/EC) and of 40; outside, as PagerDuty's schedule checks do."""


def _judge(facts: Facts) -> Iterator[Finding]:
    chosen = facts.model.workload.working_time
    if chosen is None or not chosen.standby_factor:
        return
    most = BY_PRESET[chosen.preset]
    for person in facts.measures.people:
        yield from _of_person(facts, person, chosen, most)


def _of_person(facts: Facts, person: str, chosen: WorkingTime, most: Hours) -> Iterator[Finding]:
    """Yield the first limit that a person exceeds."""
    factor = chosen.standby_factor
    above = int(most.all * HOUR / factor)
    peak = facts.measures.most_seconds(person, weeks=WEEKS, own=True, above=above)
    if peak:
        yield _finding(facts, person, chosen, peak, most.all, "")
        return
    above = int(most.outside * HOUR / factor)
    # What lies outside is never more than all.
    if facts.measures.most_seconds(person, weeks=WEEKS, own=True, above=above):
        peak = most_outside_working_hours(facts.measures, person, weeks=WEEKS, above=above)
        if peak:
            yield _finding(facts, person, chosen, peak, most.outside, " outside of working hours")


def _finding(facts: Facts, person: str, chosen: WorkingTime, peak: Peak, most: int, where: str) -> Finding:
    threshold = Threshold(place=chosen.place, value=chosen.standby_factor)
    limit = WorkLimit(place=chosen.place, measure="share", role=ANY, warning=threshold)
    weighed = "" if chosen.standby_factor == 1 else f", counted at {spell_share(chosen.standby_factor)}"
    return finding(
        RULE,
        facts,
        Excess(person=person, limit=limit, level=RULE.level, threshold=threshold, peak=peak, own=True),
        what=f"is on call for {spell_duration(peak.value // 60 * 60)}{where} in {WEEKS} weeks{weighed},",
        allowed=f"{most} hours are the limit of the working-time preset {chosen.preset}",
        way_out="add people to the rotation or shorten the turns; if an hour on call is not an hour of work for you, "
        "write `standby-factor` in policies/workload.yaml",
    )


RULE = Rule(
    name="too-many-hours",
    family="load",
    summary="A person is on call for more hours of four weeks than the chosen working-time preset allows.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
