"""A rotation has too few people for what it covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.settings import level_of, profile_of
from watchbill.checks.wording import spell_list
from watchbill.checks.work_limits import SHARE_WEEKS, limits_in_force
from watchbill.findings import Finding, Level
from watchbill.insight.loads import ANY
from watchbill.intervals import clip, total, union
from watchbill.model.on_call import Layer, Role, Schedule
from watchbill.roster.clock import day_of
from watchbill.roster.windows import WEEK, pattern


def _judge(facts: Facts) -> Iterator[Finding]:
    around_the_clock, least = facts.number("people"), facts.number("least")
    told: dict[str, Fraction] | None = None
    for schedule in facts.model.schedules.values():
        for role in schedule.roles:
            if not role.coverage or role.follows is not None:
                continue
            people = _people_ahead(facts, role, max(around_the_clock * _responders(role), least))
            seats = _seats(role) if people else Fraction(0)
            needed = max(least, ceil(around_the_clock * seats))
            if not people or len(people) >= needed:
                continue
            told = _shares_told(facts) if told is None else told
            if not any(seats / len(people) > told.get(name, 1) for name in (role.id, ANY)):
                yield _finding(facts, schedule, role, people, needed)


def _responders(role: Role) -> int:
    return max(requirement.responders for requirement in role.coverage)


def _shares_told(facts: Facts) -> dict[str, Fraction]:
    """Return by role the share of hours from which on ``share-too-high`` speaks: it tells the same fault by person."""
    rule = facts.rules.get("share-too-high")
    if rule is None or level_of(rule, facts.model, profile_of(facts.model)) == "off":
        return {}
    found: dict[str, Fraction] = {}
    for limit in limits_in_force(facts.model):
        for threshold in filter(None, (limit.warning, limit.error) if limit.measure == "share" else ()):
            found[limit.role] = min(threshold.value, found.get(limit.role, threshold.value))
    return found


def _people_ahead(facts: Facts, role: Role, enough: int) -> list[str]:
    """Return everybody whom a rotation names in the coming weeks and who is there then; nobody if they are enough."""
    today = day_of(facts.now)
    last = today + timedelta(weeks=SHARE_WEEKS)
    found: set[str] = set()
    for person in (person for layer in role.layers for person in _named(layer, today, last)):
        known = facts.model.people.get(person)
        if known is None or ((known.left or last) > today and (known.joined or today) <= last):
            found.add(person)
            if len(found) >= enough:
                return []
    return sorted(found)


def _named(layer: Layer, today: date, last: date) -> Iterator[str]:
    ends = [*(version.start for version in layer.versions[1:]), layer.until.day if layer.until else None]
    for version, end in zip(layer.versions, ends, strict=True):
        if version.start <= last and (end is None or end > today):
            for member in (*version.members, *(turn.member for turn in version.turns)):
                yield from member


def _seats(role: Role) -> Fraction:
    """Return how many people a role needs at a time, over the week on average: 1 for one person around the clock."""
    seats = Fraction(0)
    for requirement in role.coverage:
        week = pattern(requirement.window)
        open_seconds = WEEK if week is None else total(clip(union(week), 0, WEEK))
        seats = max(seats, Fraction(open_seconds * requirement.responders, WEEK))
    return seats


def _finding(facts: Facts, schedule: Schedule, role: Role, people: list[str], needed: int) -> Finding:
    windows = spell_list([requirement.window.text for requirement in role.coverage])
    alone = ", so nobody can stand in" if len(people) == 1 else ""
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=role.place.key(),
        message=f"{schedule.id} {role.id} ({windows}) has {_spell_people(len(people))} in the coming {SHARE_WEEKS} "
        f"weeks, {spell_list(people)}, where {needed} are the fewest{alone}",
        help=f"add {_spell_people(needed - len(people))} to the rotation, join it with that of another team, "
        "or promise less coverage",
        subject=f"schedule/{schedule.id}",
        stretch=facts.judged,
    )


def _spell_people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


RULE = Rule(
    name="rotation-too-small",
    family="load",
    summary="A rotation has too few people for what it covers.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="schedule",
    ages=True,
    options=(
        Option(
            name="people",
            default=0,
            summary="How many people one seat around the clock needs, and shorter coverage a part of that; "
            "0 leaves it to the limits of share.",
        ),
        Option(name="least", default=2, summary="How many people every rotation needs.", least=1),
    ),
    judge=_judge,
)
