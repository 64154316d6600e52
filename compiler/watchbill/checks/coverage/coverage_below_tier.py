"""A service needs, or should have by its tier, more than its schedule promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.service_needs import ServiceNeeds, spell_need, spell_promise
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Label, Level, Place
from watchbill.intervals import Stretch, subtract
from watchbill.model.on_call import Role, Schedule
from watchbill.model.services import Need, Service, Tier


def _judge(facts: Facts) -> Iterator[Finding]:
    needs = ServiceNeeds(facts)
    for service in facts.model.services.values():
        schedule, tier = needs.schedule(service), needs.tier(service)
        for role in schedule.roles if schedule else ():
            found = next(_of_role(service, schedule, role, tier, needs), None) if schedule else None
            if found is not None:
                yield found


def _of_role(
    service: Service, schedule: Schedule, role: Role, tier: Tier | None, needs: ServiceNeeds
) -> Iterator[Finding]:
    """Yield what is wrong with one role, the gravest first; a reader needs only the first."""
    expected = [need for need in (tier.coverage if tier else ()) if need.role == role.id]
    own = [need for need in service.needs if need.role == role.id]
    for need in expected:
        yield from _below(service, schedule, role, need, needs, f"tier {service.tier} of {service.id} expects", tier)
    for need in own:
        yield from _below(service, schedule, role, need, needs, f"{service.id} needs", None)
    if service.needs and tier is not None:
        yield from _states_less(service, schedule, expected, own, needs, tier)


def _below(
    service: Service, schedule: Schedule, role: Role, need: Need, needs: ServiceNeeds, who: str, tier: Tier | None
) -> Iterator[Finding]:
    missing = needs.beyond_promise(need, schedule, role)
    if not missing:
        return
    pattern = needs.beyond_pattern(need, schedule, role)
    promise = f"promises {spell_promise(role)}" if pattern else "lists a part of it under `unstaffed`"
    yield _finding(
        service,
        _place(service, role, tier is not None),
        f"{who} {role.id} {spell_need(need)}, but {schedule.id} {promise}",
        missing,
        schedule,
        needs,
        "let `coverage` of the role promise it, name another schedule, or "
        + ("choose the tier that is really kept" if tier else "need less")
        if pattern
        else "staff the stretch, or write a waiver that says who accepted it",
        Level.ERROR if pattern else Level.WARNING,
        (
            Label(place=role.place.key(), text="the promise of the role"),
            *([Label(place=tier.place, text="what the tier expects")] if tier else []),
        ),
    )


def _states_less(
    service: Service,
    schedule: Schedule,
    expected: Sequence[Need],
    own: Sequence[Need],
    needs: ServiceNeeds,
    tier: Tier,
) -> Iterator[Finding]:
    for need in expected:
        stated = [item for item in own if item.responders >= need.responders]
        if any(item.window.parts == need.window.parts for item in stated):
            continue
        missing = subtract(needs.stretches([need], schedule.timezone), needs.stretches(stated, schedule.timezone))
        if missing:
            stated_words = ", ".join(spell_need(item) for item in own) or "nobody"
            yield _finding(
                service,
                service.place.key("on-call", "needs"),
                f"tier {service.tier} of {service.id} expects {need.role} {spell_need(need)}, "
                f"but its own `needs` ask for {stated_words}",
                missing,
                schedule,
                needs,
                "leave `needs` out, so that the tier counts; or need what the tier expects; or choose another tier",
                Level.WARNING,
                (Label(place=tier.place, text="what the tier expects"),),
            )


def _place(service: Service, role: Role, by_tier: bool) -> Place:
    return service.place.at("tier") if by_tier else service.place.at("on-call", "needs", role.id)


def _finding(
    service: Service,
    place: Place,
    what: str,
    missing: Sequence[Stretch],
    schedule: Schedule,
    needs: ServiceNeeds,
    help_text: str,
    level: Level,
    labels: tuple[Label, ...],
) -> Finding:
    first = spell_stretch(missing[0], schedule.timezone)
    more = f"are {needs.hours_a_week(missing)}, the first {first}" if len(missing) > 1 else f"is the time {first}"
    return Finding(
        rule=RULE.name,
        level=level,
        place=place,
        message=f"{what}; missing {more}",
        help=help_text,
        subject=f"service/{service.id}",
        stretch=needs.waivable(missing),
        labels=labels,
    )


RULE = Rule(
    name="coverage-below-tier",
    family="coverage",
    summary="A schedule promises less than the tier or the needs of a service that it watches.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    judge=_judge,
)
