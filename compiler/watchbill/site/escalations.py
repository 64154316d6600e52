"""Whom to turn to when nobody answers: the escalation policies of the services that a schedule answers for."""

from __future__ import annotations

from watchbill.model.services import EscalationPolicy, Target
from watchbill.site.edition import Edition
from watchbill.site.pages import Escalation, EscalationStep, EscalationTarget, Link

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def escalations(edition: Edition, schedule_id: str) -> tuple[Escalation, ...]:
    """Return the policies of a schedule's services, each once with the names of the services that it is for."""
    services: dict[str, list[str]] = {}
    for service in edition.model.services.values():
        if service.schedule == schedule_id and service.escalation is not None:
            services.setdefault(service.escalation, []).append(service.name)
    known = edition.model.escalation
    return tuple(_escalation(edition, known[key], names) for key, names in services.items() if key in known)


def _escalation(edition: Edition, policy: EscalationPolicy, services: list[str]) -> Escalation:
    return Escalation(
        services=tuple(services),
        steps=tuple(
            EscalationStep(
                targets=tuple(_target(edition, target) for target in step.notify),
                wait="" if step.wait is None else _spell_wait(step.wait),
            )
            for step in policy.steps
        ),
        repeat=policy.repeat,
        last_resort=None if policy.last_resort is None else _target(edition, policy.last_resort),
    )


def _target(edition: Edition, target: Target) -> EscalationTarget:
    severities = tuple(
        edition.model.severities[key].name if key in edition.model.severities else key for key in target.severities
    )
    return EscalationTarget(link=_link(edition, target), role=_role(edition, target), severities=severities)


def _role(edition: Edition, target: Target) -> str:
    if target.kind != "schedule" or target.id not in edition.model.schedules:
        return ""
    return target.role or next((role.id for role in edition.model.schedules[target.id].roles), "")


def _link(edition: Edition, target: Target) -> Link:
    model = edition.model
    match target.kind:
        case "schedule" if target.id in model.schedules:
            return edition.schedule(target.id)
        case "person":
            return edition.person(target.id)
        case "team" if target.id in model.teams:
            return Link(name=f"everybody in {model.teams[target.id].name}")
        case "incident-role" if target.id in model.incident_roles:
            role = model.incident_roles[target.id]
            known = role.schedule is not None and role.schedule in model.schedules
            return Link(name=role.name, href=edition.schedule(role.schedule).href if known and role.schedule else "")
        case "escalation" if target.id in model.escalation:
            return Link(name=f"the steps of {model.escalation[target.id].name}")
    return Link(name=target.id)


def _spell_wait(seconds: int) -> str:
    """Return a length of time in the largest unit that it fills: ``15 minutes``."""
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds % size == 0 and seconds >= size), _UNITS[-1])
    count = seconds // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
