"""Somebody holds a role, but fewer people than its coverage promises."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.nearness import error_within_days, level_from
from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_count, spell_stretch
from watchbill.findings import Finding, Level
from watchbill.insight.coverage import Gap
from watchbill.intervals import Stretch, clip
from watchbill.model.on_call import Schedule


def _judge(facts: Facts) -> Iterator[Finding]:
    for gap in facts.gaps:
        schedule = facts.model.schedules.get(gap.schedule)
        if not gap.present or schedule is None:
            continue
        for piece in clip([gap.stretch], *facts.judged):
            yield _finding(gap, piece, schedule, level_from(piece[0], facts))


def _finding(gap: Gap, piece: Stretch, schedule: Schedule, level: Level) -> Finding:
    return Finding(
        rule=RULE.name,
        level=level,
        place=gap.requirement,
        message=f"{schedule.id} has {gap.present} instead of {spell_count(gap.required, 'responder')} as {gap.role} "
        f"{spell_stretch(piece, schedule.timezone)}",
        help="let more people share a turn (`together: [ada, grace]`), write an override, or lower `responders`",
        subject=f"schedule/{schedule.id}",
        stretch=piece,
        group=f"{gap.role} {gap.present}",
    )


RULE = Rule(
    name="not-enough-responders",
    family="coverage",
    summary="Fewer people hold a role than its coverage promises.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="schedule",
    ages=True,
    options=(error_within_days("shortage"),),
    judge=_judge,
)
