"""Two teams answer for one service: one owns it, another one is woken for it; or the service is written down twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Label, Level
from watchbill.model.on_call import Schedule
from watchbill.model.services import Service


def _judge(facts: Facts) -> Iterator[Finding]:
    yield from _written_twice(facts)
    if facts.model.organization.pattern == "central":
        return  # there, one team is on call for the services of others: that is what the pattern says
    for service in facts.model.services.values():
        schedule = facts.model.schedules.get(service.schedule or "")
        if schedule is not None and schedule.team != service.team:
            yield _watched_by_others(service, schedule)


def _written_twice(facts: Facts) -> Iterator[Finding]:
    by_name: dict[str, list[Service]] = defaultdict(list)
    for service in facts.model.services.values():
        by_name[" ".join(service.name.casefold().split())].append(service)
    for alike in by_name.values():
        first = alike[0]
        for other in alike[1:]:
            if other.team != first.team:
                yield Finding(
                    rule=RULE.name,
                    level=RULE.level,
                    place=other.place.at("name"),
                    message=f"{other.name} is written down twice, as {first.id} of {first.team} "
                    f"and as {other.id} of {other.team}",
                    help="keep one of the two, or give them names that tell them apart",
                    subject=f"service/{other.id}",
                    labels=(Label(place=first.place.at("name"), text="the other one"),),
                )


def _watched_by_others(service: Service, schedule: Schedule) -> Finding:
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=service.place.at("team"),
        message=f"{service.id} is owned by {service.team}, but {schedule.team} is on call for it with {schedule.id}",
        help="name a schedule of the owner, or make the team that is woken the owner; an organisation in which one "
        "team is on call for all can say `pattern: central` in policies/organization.yaml",
        subject=f"service/{service.id}",
        labels=(Label(place=schedule.place.at("team"), text="the team that is on call"),),
    )


RULE = Rule(
    name="service-with-two-owners",
    family="coverage",
    summary="Two teams answer for one service.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="organization",
    judge=_judge,
)
