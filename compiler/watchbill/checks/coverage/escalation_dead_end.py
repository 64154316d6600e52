"""An escalation policy goes round in a circle, has a step that is never reached, or runs out of people to ask."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.nearness import waivable
from watchbill.checks.notified import Notified
from watchbill.checks.repeated_steps import repetition
from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_count, spell_list, spell_stretch
from watchbill.findings import Finding, Label, Level, Place
from watchbill.intervals import Stretch
from watchbill.model.services import EscalationPolicy, Target

_OPEN_ENDS = frozenset({"team", "person", "escalation"})
"""What may stand in the last step instead of a last resort: it asks people beyond a rotation."""


def _judge(facts: Facts) -> Iterator[Finding]:
    yield from _circles(facts)
    notified = Notified(facts)
    for policy in facts.model.escalation.values():
        yield from _unreachable(policy)
        if facts.options["last-resort"] and _lacks_last_resort(policy):
            yield _finding(
                policy,
                policy.place,
                f"the escalation policy {policy.id} has no last resort: who is left if nobody acknowledges?",
                "add `last-resort: {person: …}`, or let the last step notify the team",
                Level.WARNING,
            )
        yield from _asked_again(policy, notified, facts)


def _circles(facts: Facts) -> Iterator[Finding]:
    told: set[str] = set()
    for name in facts.model.escalation:
        circle = _circle(name, facts)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            policy = facts.model.escalation[circle[0]]
            target = next(t for t in _targets(policy) if t.kind == "escalation" and t.id in circle)
            way = " → ".join((*circle, circle[0]))
            yield _finding(
                policy,
                target.place,
                f"escalation policies name each other in a circle: {way}",
                "let one of them end with people: a team, a person, or a last resort",
                Level.ERROR,
            )


def _circle(start: str, facts: Facts) -> list[str]:
    """Return a circle of policies that begins and ends at a policy, without its name a second time."""
    way: dict[str, str] = {}
    left = [start]
    while left:
        name = left.pop()
        policy = facts.model.escalation.get(name)
        for target in _targets(policy) if policy else ():
            if target.kind == "escalation" and target.id == start:
                return _way_back(name, start, way)
            if target.kind == "escalation" and target.id not in way:
                way[target.id] = name
                left.append(target.id)
    return []


def _way_back(name: str, start: str, way: dict[str, str]) -> list[str]:
    circle = [name]
    while name != start:
        name = way[name]
        circle.append(name)
    return circle[::-1]


def _targets(policy: EscalationPolicy) -> list[Target]:
    last = [policy.last_resort] if policy.last_resort else []
    return [*(target for step in policy.steps for target in step.notify), *last]


def _unreachable(policy: EscalationPolicy) -> Iterator[Finding]:
    for number, step in enumerate(policy.steps[:-1], start=1):
        if step.wait is None:
            yield _finding(
                policy,
                step.place,
                f"step {number} of the escalation policy {policy.id} says no `wait`, "
                f"so step {number + 1} is never reached",
                "say how long to wait for an acknowledgement, for example `wait: 5 minutes`",
                Level.ERROR,
                (Label(place=policy.steps[number].place, text="never reached"),),
            )
            return


def _lacks_last_resort(policy: EscalationPolicy) -> bool:
    last = policy.steps[-1].notify if policy.steps else ()
    return policy.last_resort is None and all(target.kind not in _OPEN_ENDS for target in last)


def _asked_again(policy: EscalationPolicy, notified: Notified, facts: Facts) -> Iterator[Finding]:
    found = repetition(policy, notified, facts)
    if found is None or not (found.stuck or facts.options["asked-again"]):
        return
    names, when = spell_list(found.people), spell_stretch(found.stretches[0], facts.timezone)
    more = f" and {spell_count(len(found.stretches) - 1, 'more time')}" if len(found.stretches) > 1 else ""
    if found.stuck and len(found.people) > 1:  # not all of them at once, perhaps: the holders of a role by turns
        message = (
            f"after its first step the escalation policy {policy.id} reaches only whom that step has asked "
            f"({names}) {when}{more}, however long it goes on"
        )
    elif found.stuck:
        message = f"the escalation policy {policy.id} reaches nobody but {names} {when}{more}, however long it goes on"
    else:
        message = (
            f"step {found.step + 1} of the escalation policy {policy.id} asks only {names} again, "
            f"whom an earlier step has asked, {when}{more}"
        )
    yield _finding(
        policy,
        policy.steps[found.step].place if found.step < len(policy.steps) else policy.place.at("last-resort"),
        message,
        "notify somebody else there: another role, the team, a person who is not in the rotation",
        Level.ERROR if found.stuck else Level.WARNING,
        (Label(place=policy.steps[0].place, text="the first step"),),
        waivable(found.stretches, facts),
    )


def _finding(
    policy: EscalationPolicy,
    place: Place,
    message: str,
    help_text: str,
    level: Level,
    labels: tuple[Label, ...] = (),
    stretch: Stretch | None = None,
) -> Finding:
    return Finding(
        rule=RULE.name,
        level=level,
        place=place,
        message=message,
        help=help_text,
        subject=f"escalation/{policy.id}",
        stretch=stretch,
        labels=labels,
    )


RULE = Rule(
    name="escalation-dead-end",
    family="coverage",
    summary="An escalation policy goes in a circle, has a step that is never reached, or runs out of people to ask.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="organization",
    ages=True,
    options=(
        Option(
            name="last-resort",
            default=True,
            by_profile={"small": False},
            summary="Whether a policy whose last step notifies neither a team nor a person needs a last resort.",
        ),
        Option(
            name="asked-again",
            default=True,
            by_profile={"small": False},
            summary="Whether a step that at some time asks only people whom an earlier one has asked is reported.",
        ),
    ),
    judge=_judge,
)
