"""Written times that only their zone can judge: a start and an end of which one has an offset, or in a hole of clocks.

The model compares what can be compared without a zone; here the instants themselves are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from watchbill.findings import Finding, Label, Level
from watchbill.model.on_call import Schedule, Version
from watchbill.model.repository import Model
from watchbill.model.time_values import DatedStretch
from watchbill.roster.clock import spell, zone
from watchbill.roster.presence import stretch_of


def judge_times(model: Model) -> list[Finding]:
    """Return a finding for each override, time off, unstaffed stretch and listed turn that runs backwards."""
    return list(_judge_times(model))


def _judge_times(model: Model) -> Iterator[Finding]:
    for override in model.overrides:
        schedule = model.schedules[override.schedule]
        yield from _backwards(override.stretch, schedule.timezone, f"schedule/{schedule.id}")
    for entry in model.time_off:
        person = model.people.get(entry.person)
        zone_name = (person.timezone if person is not None else None) or model.organization.timezone
        # Without a zone of either, each schedule has its own; calendars have been judged where they were read.
        if zone_name is not None and entry.place.mark is None:
            yield from _backwards(entry.stretch, zone_name, f"person/{entry.person}")
    for schedule in model.schedules.values():
        yield from _in_schedule(schedule)


def _in_schedule(schedule: Schedule) -> Iterator[Finding]:
    for role in schedule.roles:
        for stretch in role.unstaffed:
            yield from _backwards(stretch, schedule.timezone, f"schedule/{schedule.id}")
        for layer in role.layers:
            for version in layer.versions:
                yield from _out_of_order(schedule, version)


def _backwards(stretch: DatedStretch, zone_name: str, subject: str) -> Iterator[Finding]:
    start, end = stretch_of(stretch, zone(zone_name))
    if start < end:
        return
    key = "until" if stretch.until is not None else "through"
    message = f"this starts {spell(start, zone_name)} but ends {spell(end, zone_name)}, before that"
    help_text = f"exchange them, or correct one; a time without an offset is meant in {zone_name}"
    if start == end:
        message = f"this starts and ends {spell(start, zone_name)}, so it covers no time"
        help_text = f"correct one of them; a time that clocks in {zone_name} skip means the first one after"
    yield Finding(
        rule="ends-before-it-starts",
        level=Level.ERROR,
        place=stretch.place.at(key),
        message=message,
        help=help_text,
        subject=subject,
    )


def _out_of_order(schedule: Schedule, version: Version) -> Iterator[Finding]:
    place = zone(version.timezone)
    for before, after in pairwise(version.turns):
        first, second = place.instant(before.start), place.instant(after.start)
        # Times that are written alike have been compared by the model.
        if first < second or (before.start.offset is None) == (after.start.offset is None):
            continue
        yield Finding(
            rule="turns-out-of-order",
            level=Level.ERROR,
            place=after.place.at("from"),
            message=f"this turn starts {spell(second, version.timezone)}, not after the one before it "
            f"({spell(first, version.timezone)})",
            help=f"write the turns in the order of time; a time without an offset is meant in {version.timezone}",
            subject=f"schedule/{schedule.id}",
            labels=(Label(place=before.place.at("from"), text="the turn before it"),),
        )
