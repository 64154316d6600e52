"""The warning of a limit comes later than its error, so it is never heard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_threshold
from watchbill.findings import Finding, Label, Level
from watchbill.model.workload import Threshold


def _judge(facts: Facts) -> Iterator[Finding]:
    for limit in facts.model.workload.limits:
        warning, error = limit.warning, limit.error
        if warning is None or error is None:
            continue
        less_is_worse = limit.measure == "rest"
        beyond = _rate(warning) < _rate(error) if less_is_worse else _rate(warning) > _rate(error)
        if beyond:
            first, then = (spell_threshold(limit.measure, threshold) for threshold in (warning, error))
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=warning.place,
                message=f"the warning for {limit.measure} ({limit.role}) at {first} comes after the error at {then}",
                help="exchange the two" if less_is_worse else f"write a warning below {then}, or exchange the two",
                labels=(Label(place=error.place, text="the error"),),
            )


def _rate(threshold: Threshold) -> Fraction:
    """Return a limit by week, so that ``5 per 12 weeks`` and ``10 per 24 weeks`` compare."""
    return threshold.value / (threshold.per_weeks or 1)


RULE = Rule(
    name="warning-beyond-error",
    family="hygiene",
    summary="The warning of a limit comes later than its error, so it is never heard.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    judge=_judge,
)
