"""Many handoffs of a rotation fall on holidays of the giver or the taker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from watchbill.checks.handoff_hours import rhythm_of
from watchbill.checks.handoffs_ahead import HandoffAhead, LayerAhead, handoffs, layers_ahead
from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wall_hours import WallHours, second_of_week
from watchbill.checks.wording import spell_count
from watchbill.findings import Finding, Level
from watchbill.insight.marks import Marks
from watchbill.roster.clock import spell

_AROUND = 2 * 3600
"""Seconds before and after working hours that count as a day at work, as in ``handoff-outside-working-hours``."""


def _judge(facts: Facts) -> Iterator[Finding]:
    most = facts.number("most")
    work = WallHours(facts.model.workload.working_hours)
    homes = {person.id: facts.measures.holidays(person.id) for person in facts.model.people.values() if person.holidays}
    for ahead in layers_ahead(facts) if homes else ():
        if all(rhythm_of(version) != "days" for version in ahead.layer.versions) or _surely_few(
            ahead, most, homes, facts
        ):
            continue
        regular = (item for item in handoffs(ahead, facts) if item.inside and rhythm_of(item.version) == "days")
        found = [(handoff, people) for handoff in regular if (people := _at_home(handoff, homes, work, facts))]
        if len(found) > most:
            yield _finding(ahead, *found[0], len(found))


def _surely_few(ahead: LayerAhead, most: int, homes: Mapping[str, Marks], facts: Facts) -> bool:
    """Say whether few shifts start on anybody's holiday: each holiday is looked up, not each shift."""
    starts = ahead.timeline.start
    first = bisect_left(starts, facts.judged[0])
    days: set[int] = set()
    for marks in {id(homes[person]): homes[person] for person in ahead.timeline.people if person in homes}.values():
        for start, end in marks.stretches():
            days.update(range(bisect_left(starts, start, first), bisect_left(starts, end, first)))
    return len(days) <= most


def _at_home(handoff: HandoffAhead, homes: Mapping[str, Marks], work: WallHours, facts: Facts) -> tuple[str, ...]:
    """Return for whom a handoff falls on a holiday that would be a day at work."""
    return tuple(
        person
        for person in (handoff.giver, handoff.taker)
        if person in homes
        and homes[person].touched(handoff.instant, handoff.instant + 1)
        and work.holds(second_of_week(handoff.instant, facts.measures.zone_of(person)), _AROUND)
    )


def _finding(ahead: LayerAhead, handoff: HandoffAhead, people: Sequence[str], number: int) -> Finding:
    schedule = ahead.schedule
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=handoff.version.place.at("handoff"),
        message=f"{spell_count(number, 'handoff')} of {ahead.layer.id} of {schedule.id}/{ahead.role.id} "
        f"{'falls' if number == 1 else 'fall'} on holidays; the next one, from {handoff.giver} to {handoff.taker} on "
        f"{spell(handoff.instant, schedule.timezone)}, is on one of {' and '.join(people)}",
        help="hand off on another weekday: in many countries most of the public holidays are Mondays",
        subject=f"schedule/{schedule.id}",
        stretch=(handoff.instant, handoff.instant + 1),
    )


RULE = Rule(
    name="handoff-on-holiday",
    family="coverage",
    summary="Many handoffs of a rotation fall on holidays of the giver or the taker.",
    since="0.1",
    level=Level.INFO,
    levels={"small": "off", "medium": "off"},
    status="stable",
    scope="schedule",
    ages=True,
    options=(
        Option(
            name="most",
            default=6,
            summary="So many handoffs of a layer on holidays, up to the end of the horizon, pass without a word.",
        ),
    ),
    judge=_judge,
)
