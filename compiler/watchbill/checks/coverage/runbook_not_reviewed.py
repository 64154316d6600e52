"""Nobody has looked at the runbook of a service for a long time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_count
from watchbill.findings import Finding, Level
from watchbill.model.services import Service
from watchbill.roster.clock import zone


def _judge(facts: Facts) -> Iterator[Finding]:
    today = zone(facts.timezone).local(facts.now).day
    for service in facts.model.services.values():
        reviewed = service.runbook_reviewed
        if not service.runbook:
            continue  # whether there must be one is the matter of `service-without-runbook`
        if reviewed is None:
            if facts.options["date-required"]:
                yield _finding(service, f"the runbook of {service.id} has never been reviewed, as far as is written")
        elif reviewed > today:
            yield _finding(service, f"the runbook of {service.id} is said to be reviewed on {reviewed}, a day to come")
        elif (today - reviewed).days > facts.number("days"):
            age = spell_count((today - reviewed).days, "day")
            yield _finding(service, f"the runbook of {service.id} was last reviewed on {reviewed}, {age} ago")


def _finding(service: Service, message: str) -> Finding:
    written: date | None = service.runbook_reviewed
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=service.place.at("runbook" if written is None else "runbook-reviewed"),
        message=message,
        help="let the next person on call follow it once and mend what is wrong, then write `runbook-reviewed` anew",
        subject=f"service/{service.id}",
    )


RULE = Rule(
    name="runbook-not-reviewed",
    family="coverage",
    summary="Nobody has looked at the runbook of a service for a long time.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="organization",
    ages=True,
    options=(
        Option(
            name="days",
            default=365,
            by_profile={"large": 180},
            summary="A runbook that was reviewed within this many days passes.",
            least=1,
        ),
        Option(
            name="date-required",
            default=False,
            summary="Whether a service with a runbook must say `runbook-reviewed`.",
        ),
    ),
    judge=_judge,
)
