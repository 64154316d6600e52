"""The settings or a waiver name a rule that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level, Place
from watchbill.text import nearest


def _judge(facts: Facts) -> Iterator[Finding]:
    for name, setting in facts.model.checks.rules.items():
        if name not in facts.rules:
            yield _finding(name, Place(file=setting.place.file, path=setting.place.path, part="key"), facts)
    for waiver in facts.model.checks.waivers:
        if waiver.rule not in facts.rules:
            yield _finding(waiver.rule, waiver.place.at("rule"), facts)


def _finding(name: str, place: Place, facts: Facts) -> Finding:
    meant = nearest(name, facts.rules)
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=place,
        message=f"there is no rule `{name}`",
        help=f"did you mean `{meant}`?" if meant else "`watchbill explain` lists all rules",
    )


RULE = Rule(
    name="unknown-rule",
    family="hygiene",
    summary="The settings or a waiver name a rule that does not exist.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    judge=_judge,
)
