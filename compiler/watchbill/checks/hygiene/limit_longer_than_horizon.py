"""A limit looks at more weeks than are computed, so it can never be judged whole."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_count, spell_threshold
from watchbill.checks.work_limits import SHARE_WEEKS
from watchbill.findings import Finding, Label, Level, Place
from watchbill.insight.measures import DAYS_A_WEEK
from watchbill.model.workload import Measure, Threshold

_PUBLISH = Place(file="policies/organization.yaml", path=("publish",), part="key")


def _judge(facts: Facts) -> Iterator[Finding]:
    publish = facts.model.organization.publish
    known = publish.past_days + publish.future_days
    for limit in facts.model.workload.limits:
        for threshold in filter(None, (limit.warning, limit.error)):
            days = _window(limit.measure, threshold)
            if days > known:
                yield Finding(
                    rule=RULE.name,
                    level=RULE.level,
                    place=threshold.place,
                    message=f"the limit for {limit.measure} of {spell_threshold(limit.measure, threshold)} looks at "
                    f"{spell_count(days, 'day')}, but only {spell_count(known, 'day')} are published and computed",
                    help=f"write a limit for at most {spell_count(known // DAYS_A_WEEK, 'week')}, "
                    "or publish more in policies/organization.yaml",
                    labels=(Label(place=_PUBLISH, text="what is published"),),
                )


def _window(measure: Measure, threshold: Threshold) -> int:
    """Return how many days a limit looks at."""
    if measure == "share":
        return SHARE_WEEKS * DAYS_A_WEEK
    if measure == "consecutive-days":
        return int(threshold.value)
    return (threshold.per_weeks or 0) * DAYS_A_WEEK


RULE = Rule(
    name="limit-longer-than-horizon",
    family="hygiene",
    summary="A limit looks at more weeks than are published, so it can never be judged whole.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="organization",
    judge=_judge,
)
