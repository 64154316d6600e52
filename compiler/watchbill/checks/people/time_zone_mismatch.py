"""Somebody serves a window at night that colleagues of the same schedule would serve by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_list
from watchbill.findings import Finding, Label, Level
from watchbill.insight.coverage import days_off_of
from watchbill.intervals import Stretch, intersect, total
from watchbill.model.on_call import Layer, Role, Schedule, Version
from watchbill.roster.clock import DAY, zone
from watchbill.roster.windows import DaysOff, stretches

_LOOKED_AT = 28 * DAY


def _judge(facts: Facts) -> Iterator[Finding]:
    holidays = days_off_of(facts.model)
    for schedule in facts.model.schedules.values():
        windowed = [
            (role, layer, version)
            for role in schedule.roles
            for layer in (role.layers if role.coverage else ())
            for version in _versions_ahead(layer, facts)
        ]
        zones = _zones(schedule, facts) if windowed else {}
        if len(set(zones.values())) > 1:
            for role, layer, version in windowed:
                yield from _of_version(schedule, role, layer, version, zones, holidays, facts)


def _zones(schedule: Schedule, facts: Facts) -> dict[str, str]:
    """Return the zones of the people of a schedule who say in which they live."""
    people = (
        facts.model.people.get(name) for role in schedule.roles for layer in role.layers for name in _names(layer)
    )
    return {person.id: person.timezone for person in people if person is not None and person.timezone is not None}


def _names(layer: Layer) -> list[str]:
    return [name for version in layer.versions for member in version.members for name in member]


def _versions_ahead(layer: Layer, facts: Facts) -> Sequence[Version]:
    """Return the versions with a window that hold now or later."""
    if all(version.during is None for version in layer.versions):
        return ()
    today = zone(layer.timezone).local(facts.now).day
    begun = sum(version.start <= today for version in layer.versions)
    if layer.until is not None and zone(layer.timezone).instant(layer.until) <= facts.now:
        return ()
    return [version for version in layer.versions[max(begun - 1, 0) :] if version.during is not None]


def _of_version(
    schedule: Schedule,
    role: Role,
    layer: Layer,
    version: Version,
    zones: dict[str, str],
    holidays: dict[str, DaysOff],
    facts: Facts,
) -> Iterator[Finding]:
    start, end = facts.judged[0], facts.judged[0] + _LOOKED_AT
    open_ = stretches(version.during, version.timezone, holidays, start, end) if version.during else []
    if not open_:
        return
    share = {name: _night_share(open_, name, holidays, facts) for name in dict.fromkeys(zones.values())}
    limit = facts.number("percent")
    by_day = sorted(person for person, name in zones.items() if share[name] * 2 < limit)
    for person in dict.fromkeys(name for member in version.members for name in member):
        if by_day and person in zones and share[zones[person]] >= limit:
            yield _finding(schedule, role, layer, version, person, zones[person], share[zones[person]], by_day)


def _night_share(open_: Sequence[Stretch], zone_name: str, holidays: dict[str, DaysOff], facts: Facts) -> int:
    """Return how many per cent of some stretches are night in a zone."""
    night = stretches(facts.model.workload.night, zone_name, holidays, open_[0][0], open_[-1][1])
    return 100 * total(intersect(open_, night)) // total(open_)


def _finding(
    schedule: Schedule,
    role: Role,
    layer: Layer,
    version: Version,
    person: str,
    zone_name: str,
    share: int,
    by_day: Sequence[str],
) -> Finding:
    window = version.during.text if version.during else ""
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=version.order_place,
        message=f"{share} % of the hours of {layer.id} of {schedule.id}/{role.id} ({window} in {version.timezone}) "
        f"are night for {person} in {zone_name}; {spell_list(by_day)} would serve them by day",
        help=f"put {person} into a layer whose window is day in {zone_name}, or add one with a `timezone` of its own",
        subject=f"person/{person}",
        labels=(Label(place=layer.place, text="the layer"),),
    )


RULE = Rule(
    name="time-zone-mismatch",
    family="people",
    summary="Somebody serves a window at night that colleagues would serve by day.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="person",
    ages=True,
    options=(
        Option(
            name="percent",
            default=50,
            summary="From how many per cent of night on a window does not suit a person.",
            least=1,
        ),
    ),
    judge=_judge,
)
