"""An escalation policy asks a second person later than the tier or the severity expects an acknowledgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_count, spell_list
from watchbill.findings import Finding, Label, Level, Place
from watchbill.model.services import EscalationPolicy
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expectation:
    """Who expects an acknowledgement within some seconds, and where that is written."""

    within: int
    who: str
    place: Place


def _judge(facts: Facts) -> Iterator[Finding]:
    for name, expected in _expectations(facts).items():
        policy = facts.model.escalation.get(name)
        waited = _until_somebody_else(policy) if policy else None
        expected.sort(key=lambda item: item.within)
        if policy is not None and waited is not None and waited > expected[0].within * facts.number("times"):
            yield _finding(policy, waited, expected, facts)


def _expectations(facts: Facts) -> dict[str, list[_Expectation]]:
    """Return what is expected of each policy that a service with a tier, or a severity, uses."""
    found: dict[str, list[_Expectation]] = defaultdict(list)
    for service in facts.model.services.values():
        tier = facts.model.organization.tiers.get(service.tier) if service.tier is not None else None
        if service.escalation is not None and tier is not None and tier.acknowledge is not None:
            who, place = f"{service.id} (tier {tier.number})", tier.place.at("expectation", "acknowledge")
            found[service.escalation].append(_Expectation(within=tier.acknowledge, who=who, place=place))
    for severity in facts.model.severities.values():
        page, within = severity.page, severity.acknowledge_within
        if page is not None and page.kind == "escalation" and within is not None:
            place = severity.place.at("acknowledge-within")
            found[page.id].append(_Expectation(within=within, who=severity.id, place=place))
    return found


def _until_somebody_else(policy: EscalationPolicy) -> int | None:
    """Return the seconds until a step names another target than the first; ``None`` if a wait is not said."""
    first = {(target.kind, target.id, target.role) for target in policy.steps[0].notify} if policy.steps else set()
    waited = 0
    for step in policy.steps:
        if any((target.kind, target.id, target.role) not in first for target in step.notify):
            return waited
        if step.wait is None:
            return None
        waited += step.wait
    return waited * (policy.repeat + 1) if policy.last_resort is not None else None


def _finding(policy: EscalationPolicy, waited: int, expected: list[_Expectation], facts: Facts) -> Finding:
    strictest = expected[0].within
    names = [item.who for item in expected if waited > item.within * facts.number("times")]
    grave = waited > strictest * facts.number("error-times")
    return Finding(
        rule=RULE.name,
        level=Level.ERROR if grave else Level.WARNING,
        place=policy.steps[0].place.at("wait"),
        message=f"the escalation policy {policy.id} asks somebody else only after {_spell(waited)}, but an "
        f"acknowledgement is expected within {_spell(strictest)} for {spell_list(names)}",
        help=f"write `wait: {_spell(strictest)}` or less in the first step, or expect less of the tier or severity",
        subject=f"escalation/{policy.id}",
        labels=(Label(place=expected[0].place, text="what is expected"),),
    )


def _spell(seconds: int) -> str:
    if seconds % 3600 == 0:
        return spell_count(seconds // 3600, "hour")
    return spell_count(seconds // 60, "minute") if seconds % 60 == 0 else spell_count(seconds, "second")


RULE = Rule(
    name="escalation-too-slow",
    family="coverage",
    summary="An escalation asks somebody else later than an acknowledgement is expected.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    options=(
        Option(
            name="times",
            default=1,
            by_profile={"small": 2},
            summary="How many times the expected acknowledgement may pass before somebody else is asked.",
            least=1,
        ),
        Option(
            name="error-times",
            default=3,
            summary="More than this many times the expected acknowledgement is an error, less a warning.",
            least=1,
        ),
    ),
    judge=_judge,
)
