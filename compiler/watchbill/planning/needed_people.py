"""How many people a pool of rotations needs: rotations of 1, 2, 3 … people are really compiled and judged.

The people are made up. Nobody is away, and they have no other duty: so a number is what the pattern of turns alone asks
for. Where rotations share their people, the orders are shifted against each other in every way until one fits.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product
from math import gcd

from watchbill.checks import settings
from watchbill.checks.load import (
    rest_too_short,
    share_too_high,
    too_many_consecutive_days,
    too_many_holidays,
    too_many_nights,
    too_many_weekends,
)
from watchbill.checks.rule import Facts
from watchbill.findings import Finding, Level
from watchbill.insight.coverage import all_gaps
from watchbill.insight.measures import Measures
from watchbill.insight.prospects import Need
from watchbill.intervals import Stretch
from watchbill.model.on_call import Member, Schedule, Version
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.planning.judging import seconds_of
from watchbill.planning.pools import Rotation
from watchbill.records import dataclass
from watchbill.roster.expand import expand
from watchbill.roster.handoffs import handoffs_of
from watchbill.roster.role_order import root_of
from watchbill.roster.schedule_input import InputBuilder

MOST = 30
"""People that are tried at most."""
_MOST_ORDERS = 48
"""Ways in which the orders of a pool are shifted against each other, at most, for one number of people."""
_MOST_TURNS = 20_000
"""Turns that are made for one number of people: of a rotation with many turns, fewer orders are tried."""
_ONE = "somebody"

_RULES = (
    share_too_high.RULE,
    too_many_consecutive_days.RULE,
    rest_too_short.RULE,
    too_many_nights.RULE,
    too_many_weekends.RULE,
    too_many_holidays.RULE,
)
"""The rules that look at one person's load; whether load is even is a question of the order, not of the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """What is found with some number of people: seconds of gaps, and the findings of load."""

    gap_seconds: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        return sum(finding.level is Level.ERROR for finding in self.findings)

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.gap_seconds, self.errors, len(self.findings)


class NeedFinder:
    """Finds the need of the pools of one schedule in a stretch from now on."""

    def __init__(self, model: Model, schedule: Schedule, stretch: Stretch, timezone: str) -> None:
        profile = settings.profile_of(model)
        self._schedule, self._stretch, self._timezone = schedule, stretch, timezone
        self._profile = profile
        self._model = dataclasses.replace(
            model,
            workload=dataclasses.replace(model.workload, profile=profile),
            people={name: _always_there(person) for name, person in model.people.items()},
            time_off=(),
            overrides=(),
            swaps=(),
            schedules={},
        )

    def need(self, pool: Sequence[Rotation]) -> Need:
        """Return the need of a pool.

        Somebody has to be free to stand in, so one more is needed than take a turn together, whatever the limits.
        """
        fewest = max(map(_seats, pool))
        most = max(MOST, fewest)
        # A hole in the pattern stays, however many there are.
        unavoidable = self._trial(pool, most, [0] * len(pool)).gap_seconds
        needed = least = None
        before: _Trial | None = None
        for number in range(fewest, most + 1):
            trial = self._best(pool, number)
            if trial.gap_seconds <= unavoidable and not trial.errors:
                least = least or number
                if not trial.findings and number > fewest:
                    needed = number
                    break
            before = trial
        return Need(
            rotations=(*(f"{rotation.role}/{rotation.layer_id}" for rotation in pool), *self._followers(pool)),
            windows=tuple(_window(rotation) for rotation in pool),
            needed=needed,
            least=least,
            most=most,
            because=_without_names(before.findings) if before else (),
        )

    def _followers(self, pool: Sequence[Rotation]) -> list[str]:
        """Return the roles that are filled from the rotations of a pool without any of their own."""
        filled = {rotation.role for rotation in pool}
        roots = ((role, root_of(role, self._schedule.roles)[0]) for role in self._schedule.roles if role.follows)
        return [role.id for role, root in roots if role.coverage and root is not None and root.id in filled]

    def _best(self, pool: Sequence[Rotation], number: int) -> _Trial:
        best: _Trial | None = None
        for shifts in islice(_orders(pool, number), self._affordable(pool)):
            trial = self._trial(pool, number, shifts)
            if best is None or trial.rank < best.rank:
                best = trial
            # How much everybody carries does not depend on the order.
            if not best.findings or any(found.rule == share_too_high.RULE.name for found in best.findings):
                break
        if best is None:
            raise ValueError("a pool has a rotation, so there is an order")
        return best

    def _affordable(self, pool: Sequence[Rotation]) -> int:
        """Return how many orders of a pool are tried for one number of people."""
        turns = 0
        for rotation in pool:
            first, past = map(handoffs_of(rotation.version).first_at_or_after, self._stretch)
            turns += past - first
        return max(1, min(_MOST_ORDERS, _MOST_TURNS // max(1, turns)))

    def _trial(self, pool: Sequence[Rotation], number: int, shifts: Sequence[int]) -> _Trial:
        people = [f"{_ONE}-{count}" for count in range(1, number + 1)]
        model = self._model_of(pool, people, shifts)
        roster, _ = expand(InputBuilder(model).input_of(model.schedules[self._schedule.id]), (self._stretch,))
        rosters = {self._schedule.id: roster}
        now = self._stretch[0]
        facts = Facts(
            model=model,
            rosters=rosters,
            measures=Measures(model, rosters, self._stretch, now, self._timezone),
            gaps=all_gaps(model, rosters, self._stretch),
            now=now,
            judged=self._stretch,
            options={},
            timezone=self._timezone,
        )
        subjects = {f"person/{person}" for person in people}
        return _Trial(
            gap_seconds=seconds_of(facts.gaps, self._schedule.id, self._stretch),
            findings=tuple(found for found in self._judged(facts) if found.subject in subjects),
        )

    def _judged(self, facts: Facts) -> Iterator[Finding]:
        for rule in _RULES:
            level = settings.level_of(rule, facts.model, self._profile)
            if rule.judge is None or level == "off":
                continue
            options = settings.options_of(rule, facts.model, self._profile)
            found = rule.judge(dataclasses.replace(facts, options=options))
            yield from filter(None, (settings.with_level(each, rule, level) for each in found))

    def _model_of(self, pool: Sequence[Rotation], people: Sequence[str], shifts: Sequence[int]) -> Model:
        orders = {
            (rotation.role, rotation.layer): (rotation, _members(people, _seats(rotation), shift))
            for rotation, shift in zip(pool, shifts, strict=True)
        }
        known = next(iter(self._model.people.values()), None)
        zone_name = pool[0].version.timezone
        place = known.place if known else self._schedule.place
        made_up = {name: Person(id=name, place=place, name=name, timezone=zone_name) for name in people}
        schedule = dataclasses.replace(
            self._schedule,
            roles=tuple(
                dataclasses.replace(
                    role,
                    layers=tuple(
                        layer if found is None else dataclasses.replace(layer, until=None, versions=(_staffed(*found),))
                        for number, layer in enumerate(role.layers)
                        for found in (orders.get((role.id, number)),)
                    ),
                )
                for role in self._schedule.roles
            ),
        )
        return dataclasses.replace(
            self._model, people={**self._model.people, **made_up}, schedules={schedule.id: schedule}
        )


def _staffed(rotation: Rotation, members: tuple[Member, ...]) -> Version:
    return dataclasses.replace(rotation.version, members=members)


def _always_there(person: Person) -> Person:
    return dataclasses.replace(person, joined=None, left=None)


def _seats(rotation: Rotation) -> int:
    """Return how many share a turn, where it is shared by fewest."""
    return max(1, min(map(len, rotation.version.members)))


def _members(people: Sequence[str], seats: int, shift: int) -> tuple[Member, ...]:
    """Return the members of an order in which everybody comes equally often, shifted by some turns."""
    size = len(people)
    turns = size // gcd(size, seats)
    first = [tuple(people[(turn * seats + seat) % size] for seat in range(seats)) for turn in range(turns)]
    return tuple(first[shift % turns :] + first[: shift % turns])


def _orders(pool: Sequence[Rotation], number: int) -> Iterable[tuple[int, ...]]:
    """Return the ways to shift the orders of a pool, the one that is like the present one first."""
    present = tuple(_present_shift(pool[0], rotation, number) for rotation in pool)
    others = product([0], *([range(number)] * (len(pool) - 1)))
    return islice(dict.fromkeys(chain([present], islice(others, _MOST_ORDERS))), _MOST_ORDERS)


def _present_shift(first: Rotation, rotation: Rotation, number: int) -> int:
    """Return by how many turns an order is ahead of the first one of its pool, brought to another number of people."""
    members = [member[0] for member in rotation.version.members if member]
    lead = next((member[0] for member in first.version.members if member and member[0] in members), None)
    if rotation is first or lead is None:
        return 0
    behind = members.index(lead) - [member[0] for member in first.version.members if member].index(lead)
    return round(-behind * number / len(members)) % number


def _window(rotation: Rotation) -> str:
    during = rotation.version.during
    return f"{during.text if during else '24x7'} {rotation.version.timezone}"


def _without_names(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return one finding for each rule, said of somebody."""
    first: dict[str, Finding] = {}
    for finding in findings:
        person = finding.subject.removeprefix("person/")
        message = finding.message.removeprefix(person).strip()
        first.setdefault(finding.rule, dataclasses.replace(finding, subject="", message=f"{_ONE} {message}", labels=()))
    return tuple(first.values())
