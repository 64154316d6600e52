"""The number of turns in a period and of members share a factor, so the same people always get the hard turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_count, spell_list
from watchbill.findings import Finding, Level
from watchbill.intervals import clip, total
from watchbill.model.on_call import Layer, Role, Schedule, Version
from watchbill.model.time_values import Period, Span, Window, WindowPart
from watchbill.roster.clock import DAY, zone
from watchbill.roster.handoffs import handoffs_of
from watchbill.roster.windows import WEEK, stretches

_FACE = "UTC"
"""The zone in which turns are measured: one without clock changes, so that the clock face alone counts."""
_EVERY_DAY = range(7)
_WEEKENDS = Window(
    text="weekends", parts=(WindowPart(spans=tuple(Span(weekday=day, start=0, days=1, end=0) for day in (5, 6))),)
)
_NIGHTS = Window(
    text="nights",
    parts=(WindowPart(spans=tuple(Span(weekday=day, start=79_200, days=1, end=21_600) for day in _EVERY_DAY)),),
)
"""22:00 to 06:00 on the clock face."""
_MOST_WRITTEN = 24
"""Members of an order that somebody would still write by hand."""

_KINDS = ("the weekends", "the nights", "the longest turns")

_Burden = tuple[int, int, int]
"""Seconds of a turn on weekends, in nights, and in all."""


def _judge(facts: Facts) -> Iterator[Finding]:
    for schedule in facts.model.schedules.values():
        for role in schedule.roles:
            for layer in role.layers:
                for version in _current(layer, facts.now):
                    yield from _in_version(facts, schedule, role, version)


def _current(layer: Layer, now: int) -> list[Version]:
    """Return the versions of a layer that are not over."""
    place = zone(layer.timezone)
    if layer.until is not None and place.instant(layer.until) <= now:
        return []
    begun = sum(place.midnight(version.start) <= now for version in layer.versions)
    return list(layer.versions[max(begun - 1, 0) :])


def _in_version(facts: Facts, schedule: Schedule, role: Role, version: Version) -> Iterator[Finding]:
    every = version.every
    if every is None or every.unit == "months" or (every.unit == "weeks" and len(version.handoff) == 1):
        return
    # What is written alike is measured once; members only matter by number until somebody is named.
    cycle, burdens = _turns_of_a_cycle(version, every)
    if gcd(len(burdens), len(version.members)) < 2:
        return
    shares = _shares(version, burdens)
    one_zone = len({facts.model.people[person].timezone for person in shares if person in facts.model.people}) < 2
    for kind, what in enumerate(_KINDS):
        # Whose night it is depends on where people are: across zones, the same hours may be everybody's day.
        if what == "the nights" and not one_zone:
            continue
        mean = sum(share[kind] for share in shares.values()) / len(shares)
        hit = [person for person, share in shares.items() if share[kind] > mean]
        if hit:
            who = f"{spell_list(hit)} always {'gets' if len(hit) == 1 else 'get'} {what}"
            yield _finding(schedule, role, version, len(burdens), cycle, who)
            return


def _turns_of_a_cycle(version: Version, every: Period) -> tuple[int, list[_Burden]]:
    """Return the seconds after which the turns come round to the same hours of the week, and what each turn weighs."""
    flat = replace(version, timezone=_FACE, during=_pattern_of(version.during))
    handoffs = handoffs_of(flat)
    period = every.count * {"days": DAY, "weeks": WEEK}.get(every.unit, 0) or DAY
    cycle = lcm(period, WEEK)
    start = handoffs.instant(0)
    edges = handoffs.between(0, handoffs.first_at_or_after(start + cycle))
    end = start + cycle
    active = [(start, end)] if flat.during is None else stretches(flat.during, _FACE, {}, start, end)
    hard = [stretches(window, _FACE, {}, start, end) for window in (_WEEKENDS, _NIGHTS)]
    return cycle, [_burden(clip(active, *turn), hard) for turn in pairwise(edges)]


def _burden(active: Sequence[tuple[int, int]], hard: Sequence[Sequence[tuple[int, int]]]) -> _Burden:
    weekend, night = (sum(total(clip(window, *stretch)) for stretch in active) for window in hard)
    return weekend, night, total(active)


def _pattern_of(during: Window | None) -> Window | None:
    """Return a window without its holidays: they come and go, and the turns go by the weekly pattern alone."""
    if during is None:
        return None
    return replace(during, parts=tuple(replace(part, except_days=None, only_days=None) for part in during.parts))


def _shares(version: Version, burdens: Sequence[_Burden]) -> Mapping[str, tuple[Fraction, ...]]:
    """Return what each person carries in a turn on average, in the long run.

    The member at position p has just the turns p, p + f, p + 2f, … of the cycle, f being the shared factor.
    """
    factor = gcd(len(burdens), len(version.members))
    sums: dict[str, list[int]] = {}
    for position, member in enumerate(version.members):
        own = burdens[position % factor :: factor]
        for person in member:
            entry = sums.setdefault(person, [0, 0, 0, 0])
            for kind in range(len(_KINDS)):
                entry[kind] += sum(burden[kind] for burden in own)
            entry[-1] += len(own)
    return {person: tuple(Fraction(amount, count) for amount in amounts) for person, (*amounts, count) in sums.items()}


def _spell(seconds: int) -> str:
    return "a week" if seconds == WEEK else spell_count(seconds // WEEK, "week")


def _finding(schedule: Schedule, role: Role, version: Version, turns: int, cycle: int, who: str) -> Finding:
    members = len(version.members)
    rounds = gcd(turns, members)
    written = members * rounds
    shifted = (
        f", or write the members {rounds} times, each time shifted by one place ({written} in all)"
        if written <= _MOST_WRITTEN
        else ""
    )
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=version.order_place,
        message=f"{schedule.id}/{role.id} has {turns} turns in {_spell(cycle)} and {members} members, so {who}",
        help=f"choose a number of members that shares no factor with {turns}{shifted}",
        subject=f"schedule/{schedule.id}",
    )


RULE = Rule(
    name="rotation-locks-slots",
    family="load",
    summary="The same people always get the weekends, the nights or the longest turns of a rotation.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="schedule",
    judge=_judge,
)
