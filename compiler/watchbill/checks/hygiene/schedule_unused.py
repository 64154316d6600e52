"""A schedule that no service, escalation policy or incident role names: nobody would ever be paged through it."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level

_USERS = frozenset({"service", "escalation", "incident-role"})


def _judge(facts: Facts) -> Iterator[Finding]:
    if any(kind in _USERS for kind, _ in facts.model.broken):
        return  # what could not be understood may use any schedule
    used = {service.schedule for service in facts.model.services.values()}
    used.update(role.schedule for role in facts.model.incident_roles.values())
    for policy in facts.model.escalation.values():
        targets = [target for step in policy.steps for target in step.notify]
        targets += [policy.last_resort] if policy.last_resort else []
        used.update(target.id for target in targets if target.kind == "schedule")
    for schedule in facts.model.schedules.values():
        if schedule.id not in used:
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=schedule.place,
                message=f"no service, escalation policy or incident role uses the schedule {schedule.id}",
                help=f"name it where it is needed, for example `on-call: {{schedule: {schedule.id}}}` in a service, "
                "or delete it",
                subject=f"schedule/{schedule.id}",
            )


RULE = Rule(
    name="schedule-unused",
    family="hygiene",
    summary="No service, escalation policy or incident role uses a schedule.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="organization",
    judge=_judge,
)
