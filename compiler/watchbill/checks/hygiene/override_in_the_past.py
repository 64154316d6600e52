"""An override that is over and never had an effect."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Level
from watchbill.model.on_call import Override, Schedule
from watchbill.roster.clock import DAY, zone
from watchbill.roster.presence import stretch_of
from watchbill.roster.timeline import Timeline


def _judge(facts: Facts) -> Iterator[Finding]:
    for override in facts.model.overrides:
        schedule, roster = facts.model.schedules.get(override.schedule), facts.rosters.get(override.schedule)
        timeline = roster.timelines.get(override.role) if roster else None
        if schedule is None or timeline is None or override.person is None:
            continue
        start, end = stretch_of(override.stretch, zone(schedule.timezone))
        before_all = end <= _first_day(schedule, override.role)
        over = end <= facts.now - facts.number("days") * DAY
        if over and (before_all or (_is_known(timeline, start, end) and _has_no_shift(timeline, override))):
            yield _finding(override, schedule, (start, end), before_all)


def _first_day(schedule: Schedule, role_id: str) -> int:
    """Return when the first version of a role begins; of one that follows or has no layers, the beginning of time."""
    layers = [layer for role in schedule.roles if role.id == role_id for layer in role.layers]
    firsts = [zone(layer.timezone).midnight(layer.versions[0].start) for layer in layers if layer.versions]
    return min(firsts, default=0)


def _is_known(timeline: Timeline, start: int, end: int) -> bool:
    return any(low <= start and end <= high for low, high in timeline.demanded)


def _has_no_shift(timeline: Timeline, override: Override) -> bool:
    return all(row.kind != "override" or row.place != override.place for row in timeline.causes)


def _finding(override: Override, schedule: Schedule, stretch: tuple[int, int], before_all: bool) -> Finding:
    why = "is over before the first version of the rotation begins" if before_all else "is over and put nobody on call"
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=override.place,
        message=f"this override of {schedule.id}/{override.role} {spell_stretch(stretch, schedule.timezone)} {why}",
        help="correct the year if it is a slip; else delete it: no shift of the past changes by that",
        subject=f"schedule/{schedule.id}",
    )


RULE = Rule(
    name="override-in-the-past",
    family="hygiene",
    summary="An override is over and never had an effect.",
    since="0.1",
    level=Level.INFO,
    status="stable",
    scope="schedule",
    ages=True,
    options=(
        Option(
            name="days",
            default=7,
            summary="Overrides are reported when they have been over for this many days.",
        ),
    ),
    judge=_judge,
)
