"""A role that owes coverage has no holders any more from a day before the end of the horizon."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.gap_reasons import end_place
from watchbill.checks.last_ends import LastEnds
from watchbill.checks.rule import Facts, Option, Rule
from watchbill.findings import Finding, Level
from watchbill.model.on_call import Role, Schedule
from watchbill.roster.clock import DAY, spell


def _judge(facts: Facts) -> Iterator[Finding]:
    limit = facts.now + facts.number("days") * DAY
    ends = LastEnds(facts.rosters)
    told: set[tuple[str, str]] = set()
    for gap in facts.gaps:
        schedule = facts.model.schedules.get(gap.schedule)
        if schedule is None or gap.stretch[1] <= facts.judged[0] or (gap.schedule, gap.role) in told:
            continue
        last = ends.of(gap.schedule, gap.role)
        if last is None or gap.stretch[0] < last or max(last, facts.now) >= limit:
            continue
        told.add((gap.schedule, gap.role))
        role = next(role for role in schedule.roles if role.id == gap.role)
        if _goes_on(facts, schedule, role):
            continue
        verb = "ran" if last <= facts.now else "runs"
        yield Finding(
            rule=RULE.name,
            level=RULE.level,
            place=end_place(role),
            message=f"the {role.id} of {schedule.id} {verb} out {spell(last, schedule.timezone)}: "
            "nobody is planned after that",
            help="plan on: move `until`, add turns, or add a layer; "
            "a role that is meant to end can list the time after it under `unstaffed`",
            subject=f"schedule/{schedule.id}",
            stretch=(max(gap.stretch[0], facts.judged[0]), facts.judged[1]),
        )


def _goes_on(facts: Facts, schedule: Schedule, role: Role) -> bool:
    """Say whether a layer has no end and somebody who stays: then the horizon merely ends while nobody holds a turn."""
    followed = role.follows.role if role.follows else role.id
    layers = [layer for other in schedule.roles if other.id == followed for layer in other.layers]
    return any(
        person in facts.model.people and facts.model.people[person].left is None
        for layer in layers
        if layer.until is None and layer.versions
        for member in layer.versions[-1].members
        for person in member
    )


RULE = Rule(
    name="roster-runs-out",
    family="coverage",
    summary="The last planned turn of a role ends before the horizon does.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
    ages=True,
    options=(
        Option(
            name="days",
            default=365,
            by_profile={"small": 180},
            summary="Only rosters that run out within this many days from now are reported.",
            least=1,
        ),
    ),
    judge=_judge,
)
