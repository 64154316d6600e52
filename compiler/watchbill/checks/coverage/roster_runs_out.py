"""A role that owes coverage has no holders any more from a day before the end of the horizon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from watchbill.checks.gap_reasons import end_place
from watchbill.checks.last_ends import LastEnds
from watchbill.checks.rule import Facts, Option, Rule
from watchbill.findings import Finding, Level
from watchbill.insight.coverage import Gap
from watchbill.model.on_call import Role, Schedule
from watchbill.roster.clock import DAY, spell


def _judge(facts: Facts) -> Iterator[Finding]:
    limit = facts.now + facts.number("days") * DAY
    ends = LastEnds(facts.rosters)
    found: dict[tuple[str, str], tuple[Schedule, Role, Gap, int]] = {}
    for gap in facts.gaps:
        schedule = facts.model.schedules.get(gap.schedule)
        if schedule is None or gap.stretch[1] <= facts.judged[0] or (gap.schedule, gap.role) in found:
            continue
        last = ends.of(gap.schedule, gap.role)
        if last is None or gap.stretch[0] < last or max(last, facts.now) >= limit:
            continue
        role = next(role for role in schedule.roles if role.id == gap.role)
        if not _goes_on(facts, schedule, role):
            found[gap.schedule, gap.role] = schedule, role, gap, last
    for schedule, role, gap, last in found.values():
        if role.follows and (schedule.id, role.follows.role) in found and _ends_with(facts, schedule, role, last):
            continue  # what makes the followed role go on makes this one go on
        yield _finding(facts, schedule, role, gap, last)


def _finding(facts: Facts, schedule: Schedule, role: Role, gap: Gap, last: int) -> Finding:
    verb = "ran" if last <= facts.now else "runs"
    return Finding(
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


def _ends_with(facts: Facts, schedule: Schedule, role: Role, last: int) -> bool:
    """Say whether a follower holds its role up to the turns of the followed one after which no other comes."""
    follows = role.follows
    timeline = facts.rosters[schedule.id].timelines.get(follows.role) if follows else None
    if follows is None or not timeline:
        return False
    running = bisect_right(timeline.start, last) - 1
    return 0 <= timeline.turn[-1] - timeline.turn[running] < max(follows.turns_ahead, 1)


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
