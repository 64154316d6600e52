"""A service of a high tier names no runbook."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.findings import Finding, Level


def _judge(facts: Facts) -> Iterator[Finding]:
    for service in facts.model.services.values():
        if service.tier is None or service.tier > facts.number("up-to-tier") or service.runbook:
            continue
        yield Finding(
            rule=RULE.name,
            level=RULE.level,
            place=service.place,
            message=f"the service {service.id} of tier {service.tier} has no runbook for who is woken by it",
            help=f"write one page on what to look at first, and add `runbook: https://…/{service.id}`",
            subject=f"service/{service.id}",
        )


RULE = Rule(
    name="service-without-runbook",
    family="coverage",
    summary="A service of a high tier names no runbook.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "off"},
    status="stable",
    scope="organization",
    options=(
        Option(
            name="up-to-tier",
            default=2,
            by_profile={"large": 3},
            summary="Services up to this tier need a runbook; those of higher numbers and without a tier do not.",
            least=1,
        ),
    ),
    judge=_judge,
)
