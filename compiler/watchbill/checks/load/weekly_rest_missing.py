"""A person has no rest of 35 hours within seven days."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from watchbill.checks.load_limits import Excess, finding
from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_duration
from watchbill.findings import Finding, Level, Place
from watchbill.insight.loads import ANY
from watchbill.insight.working_time import longest_without_rest
from watchbill.model.workload import Threshold, WorkLimit
from watchbill.roster.clock import HOUR
from watchbill.roster.windows import WEEK

REST = 35 * HOUR
"""A day of 24 hours and the daily rest of 11."""
LONGEST = WEEK - REST
"""What may lie between two such rests, so that each seven days hold one."""


def _judge(facts: Facts) -> Iterator[Finding]:
    if facts.model.workload.working_time is None and not facts.options["without-preset"]:
        return
    place = Place(file="policies/workload.yaml")
    threshold = Threshold(place=place, value=Fraction(REST))
    limit = WorkLimit(place=place, measure="rest", role=ANY, warning=threshold)
    for person in facts.measures.people:
        peak = longest_without_rest(facts.measures, person, rest=REST, above=LONGEST)
        if peak:
            yield finding(
                RULE,
                facts,
                Excess(person=person, limit=limit, level=RULE.level, threshold=threshold, peak=peak, own=False),
                what=f"has no rest of {spell_duration(REST)} for {_spell_long(peak.value)},",
                allowed=f"one in each seven days leaves {_spell_long(LONGEST)} between two",
                way_out="end the turn earlier, let somebody else cover a day and a night of it, "
                "or split the week between two people",
            )


def _spell_long(seconds: int) -> str:
    """Spell days and hours: ``5 days 13 h``."""
    days, rest = divmod(seconds, 24 * HOUR)
    hours = f" {rest // HOUR} h" if rest >= HOUR else ""
    return f"{days} days{hours}"


RULE = Rule(
    name="weekly-rest-missing",
    family="load",
    summary="A person has no rest of 35 hours within seven days.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="person",
    ages=True,
    options=(
        Option(
            name="without-preset",
            default=False,
            summary="Judge it also where `policies/workload.yaml` chooses no working-time preset.",
        ),
    ),
    judge=_judge,
)
