"""Somebody's holidays are those of a country, or a part of one, that is not known."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level
from watchbill.insight import public_holidays


def _judge(facts: Facts) -> Iterator[Finding]:
    for person in facts.model.people.values():
        code = person.holidays
        if code is not None and public_holidays.is_country(code) and not public_holidays.supported(code):
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=person.place.at("holidays"),
                message=f"no public holidays are known for `{code}`, so none of {person.id}'s count",
                help=public_holidays.suggestion(code),
                subject=f"person/{person.id}",
            )


RULE = Rule(
    name="unknown-country",
    family="references",
    summary="Somebody's holidays are those of a country or a part of one that is not known.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    judge=_judge,
)
