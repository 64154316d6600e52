"""Nobody holds a role although its coverage promises somebody."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.gap_reasons import GapReasons
from watchbill.checks.last_ends import LastEnds
from watchbill.checks.nearness import error_within_days, level_from
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_stretch
from watchbill.findings import Finding, Level
from watchbill.insight.coverage import Gap
from watchbill.intervals import Stretch, clip
from watchbill.model.on_call import Role, Schedule


def _judge(facts: Facts) -> Iterator[Finding]:
    if not facts.gaps:
        return
    reasons, ends = GapReasons(facts), LastEnds(facts.rosters)
    for gap in facts.gaps:
        schedule = facts.model.schedules.get(gap.schedule)
        role = next((role for role in schedule.roles if role.id == gap.role), None) if schedule else None
        if gap.present or schedule is None or role is None:
            continue
        last = ends.of(gap.schedule, gap.role)
        for piece in clip([gap.stretch], *facts.judged):
            level = level_from(piece[0], facts)
            if last is not None and last <= piece[0] and level is not Level.ERROR:
                continue  # the roster ends: `roster-runs-out` tells that, once
            yield _finding(gap, piece, schedule, role, reasons, level)


def _finding(gap: Gap, piece: Stretch, schedule: Schedule, role: Role, reasons: GapReasons, level: Level) -> Finding:
    reason = reasons.reason(schedule, role, piece[0])
    return Finding(
        rule=RULE.name,
        level=level,
        place=gap.requirement,
        message=f"{schedule.id} has no {role.id} {spell_stretch(piece, schedule.timezone)}: {reason.text}",
        help=reason.help,
        subject=f"schedule/{schedule.id}",
        stretch=piece,
        labels=reason.labels,
        group=f"{role.id} {reason.text} {reason.labels[:1]}",
    )


RULE = Rule(
    name="coverage-gap",
    family="coverage",
    summary="Nobody holds a role although its coverage promises somebody.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="schedule",
    ages=True,
    options=(error_within_days("gap"),),
    judge=_judge,
)
