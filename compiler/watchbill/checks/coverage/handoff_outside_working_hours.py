"""A rotation hands off when the giver or the taker is not at work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchbill.checks.handoff_hours import HandoffHours, rhythm_of
from watchbill.checks.handoffs_ahead import HandoffAhead, LayerAhead, handoffs, layers_ahead
from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_count
from watchbill.findings import Finding, Level
from watchbill.roster.clock import spell, zone


def _judge(facts: Facts) -> Iterator[Finding]:
    hours = HandoffHours(facts, facts.number("hours-around") * 3600)
    for ahead in layers_ahead(facts):
        if not hours.may_disturb(ahead):
            continue
        bad = [(handoff, people) for handoff in handoffs(ahead, facts) if (people := hours.disturbed(handoff))]
        if bad:
            yield _finding(ahead, *bad[0], len(bad) - 1, hours)


def _finding(
    ahead: LayerAhead, handoff: HandoffAhead, disturbed: Sequence[str], more: int, hours: HandoffHours
) -> Finding:
    schedule, version = ahead.schedule, handoff.version
    names = " and of ".join(_with_time(person, handoff, schedule.timezone, hours) for person in disturbed)
    again = f"; and {spell_count(more, 'more handoff')} like it" if more else ""
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=version.place.at("handoff" if handoff.inside else "during"),
        message=f"{ahead.layer.id} of {schedule.id}/{ahead.role.id} passes from {handoff.giver} to {handoff.taker} "
        f"on {spell(handoff.instant, schedule.timezone)}, outside the working hours of {names}{again}",
        help=_help(handoff, hours.better(handoff)),
        subject=f"schedule/{schedule.id}",
        stretch=(handoff.instant, handoff.instant + 1),
    )


def _help(handoff: HandoffAhead, better: str) -> str:
    if not handoff.inside:
        return "let the windows of the layers meet at an hour at which both are awake"
    if not better and rhythm_of(handoff.version) == "several a day":
        write = "move `handoff` to hours at which both are awake, such as `[08:00, 20:00]` for turns of half a day,"
    elif not better:
        write = "move `handoff` to an hour at which one of the two is at work"
    elif len(handoff.version.handoff) > 1:
        write = f"write `{better}` in place of that point of `handoff`"
    else:
        write = f"write `handoff: {better}`"
    return f"{write} in a new version with a `from` ahead, so that the past stays as it was"


def _with_time(person: str, handoff: HandoffAhead, zone_name: str, hours: HandoffHours) -> str:
    own = hours.zone_of(person, handoff.version)
    if zone(own).offset_at(handoff.instant) == zone(zone_name).offset_at(handoff.instant):
        return person
    seconds = zone(own).local(handoff.instant).seconds
    return f"{person} ({seconds // 3600:02}:{seconds % 3600 // 60:02} in {own})"


RULE = Rule(
    name="handoff-outside-working-hours",
    family="coverage",
    summary="A rotation hands off when the giver or the taker is not at work.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="schedule",
    ages=True,
    options=(
        Option(
            name="hours-around",
            default=2,
            summary="A handoff up to this many hours before or after working hours passes.",
        ),
    ),
    judge=_judge,
)
