"""A service that should be watched has no schedule, or a schedule that lacks a role its tier expects."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_list
from watchbill.findings import Finding, Label, Level
from watchbill.model.services import Service, Tier


def _judge(facts: Facts) -> Iterator[Finding]:
    for service in facts.model.services.values():
        tier = facts.model.organization.tiers.get(service.tier) if service.tier is not None else None
        wanted = _wanted_roles(service, tier)
        if not wanted:
            continue
        if service.schedule is None:
            yield _without_schedule(service, wanted, tier)
        elif service.schedule in facts.model.schedules:
            roles = {role.id for role in facts.model.schedules[service.schedule].roles}
            expected = [need.role for need in tier.coverage] if tier else []
            missing = [role for role in dict.fromkeys(expected) if role not in roles]
            if missing:
                yield _without_roles(service, service.schedule, missing, tier)


def _wanted_roles(service: Service, tier: Tier | None) -> list[str]:
    needs = (*service.needs, *(tier.coverage if tier else ()))
    return list(dict.fromkeys(need.role for need in needs))


def _labels(tier: Tier | None, service: Service) -> tuple[Label, ...]:
    if tier is None or not tier.coverage:
        return ()
    return (Label(place=tier.place, text=f"what tier {service.tier} expects"),)


def _without_schedule(service: Service, wanted: list[str], tier: Tier | None) -> Finding:
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=service.place,
        message=f"the service {service.id} needs {spell_list(wanted)} on call, but names no schedule",
        help="add `on-call: {schedule: …}` with the schedule of the team"
        + (", or choose a tier without coverage" if tier and tier.coverage else ""),
        subject=f"service/{service.id}",
        labels=_labels(tier, service),
    )


def _without_roles(service: Service, schedule: str, missing: list[str], tier: Tier | None) -> Finding:
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=service.place,
        message=f"tier {service.tier} of the service {service.id} expects {spell_list(missing)}, "
        f"but the schedule {schedule} has no such role",
        help=f"add the role to {schedule}, name another schedule, or choose another tier",
        subject=f"service/{service.id}",
        labels=_labels(tier, service),
    )


RULE = Rule(
    name="service-without-on-call",
    family="coverage",
    summary="A service that should be watched has no schedule, or one without an expected role.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    judge=_judge,
)
