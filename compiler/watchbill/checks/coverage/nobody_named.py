"""The first step of a service's escalation reaches nobody at a time when the service needs somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from watchbill.checks.nearness import error_within_days, level_from
from watchbill.checks.notified import Notified
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.service_needs import ServiceNeeds
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.insight.coverage import unstaffed
from watchbill.intervals import Stretch, subtract, union
from watchbill.model.services import EscalationPolicy, Service, Step, Target


def _judge(facts: Facts) -> Iterator[Finding]:
    if facts.model.schedules and not facts.rosters:
        return  # nothing was computed: `too-many-shifts`
    needs, notified = ServiceNeeds(facts), Notified(facts)
    reached: dict[str, list[Stretch]] = {}
    for service in facts.model.services.values():
        policy = facts.model.escalation.get(service.escalation or "")
        if policy is None or not policy.steps or not policy.steps[0].notify:
            continue  # targets that do not exist are told by `unknown-reference`
        if policy.id not in reached:
            reached[policy.id] = notified.somebody(policy.steps[0].notify)
        missing = subtract(needs.needed(service), reached[policy.id])
        if missing:
            missing = subtract(missing, _told(service, policy.steps[0], notified, facts))
        if missing and not _leads_into_a_circle(policy, facts):
            yield _finding(service, policy, missing, needs, facts)


def _leads_into_a_circle(policy: EscalationPolicy, facts: Facts) -> bool:
    """Say whether first steps that name policies come to one they have passed, which ``escalation-dead-end`` tells."""
    policies = facts.model.escalation
    named: dict[str, list[str]] = {}
    left = [policy.id]
    while left:
        name = left.pop()
        if name not in named:
            first = policies[name].steps[:1] if name in policies else ()
            named[name] = [target.id for step in first for target in step.notify if target.kind == "escalation"]
            left += named[name]
    try:
        TopologicalSorter(named).prepare()
    except CycleError:
        return True
    return False


def _told(service: Service, step: Step, notified: Notified, facts: Facts) -> list[Stretch]:
    """Return the set in which a schedule of the step breaks its own promise, which ``coverage-gap`` tells.

    Or in which the schedule of the service owes nothing, which ``coverage-below-tier`` tells.
    """
    tracks = {(timeline.schedule, timeline.role) for timeline in notified.timelines(step.notify)}
    broken = (gap.stretch for gap in facts.gaps if (gap.schedule, gap.role) in tracks)
    schedule = facts.model.schedules.get(service.schedule or "")
    roles = [role for role in schedule.roles if (schedule.id, role.id) in tracks] if schedule else []
    return union([*broken, *(off for role in roles if schedule for off in unstaffed(schedule, role))])


def _finding(
    service: Service, policy: EscalationPolicy, missing: Sequence[Stretch], needs: ServiceNeeds, facts: Facts
) -> Finding:
    schedule = needs.schedule(service)
    first = spell_stretch(missing[0], schedule.timezone if schedule else facts.timezone)
    when = f"for {needs.hours_a_week(missing)}, first {first}" if len(missing) > 1 else first
    targets = " and ".join(dict.fromkeys(_words(target, facts) for target in policy.steps[0].notify))
    return Finding(
        rule=RULE.name,
        level=level_from(missing[0][0], facts),
        place=service.place.at("escalation"),
        message=f"the first step of {service.id}'s escalation ({targets or 'without a target'}) reaches nobody {when}, "
        "although the service needs somebody then",
        help="let the first step notify a schedule that promises all of that time, or widen the schedule's `coverage`",
        subject=f"service/{service.id}",
        stretch=needs.waivable(missing),
        labels=(Label(place=policy.steps[0].place, text="the first step"),),
    )


def _words(target: Target, facts: Facts) -> str:
    if target.kind != "schedule":
        return f"{target.kind.replace('-', ' ')} {target.id}"
    schedule = facts.model.schedules.get(target.id)
    role = target.role or (schedule.roles[0].id if schedule and schedule.roles else "")
    return f"{role} of {target.id}"


RULE = Rule(
    name="nobody-named",
    family="coverage",
    summary="The first step of an escalation reaches nobody at a time when the service needs somebody.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    ages=True,
    options=(error_within_days("stretch"),),
    judge=_judge,
)
