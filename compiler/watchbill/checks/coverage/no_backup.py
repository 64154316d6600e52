"""A service of tier 1 has only one person on call at a time when it needs somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.service_needs import ServiceNeeds
from watchbill.checks.wording import spell_list, spell_stretch
from watchbill.findings import Finding, Label, Level
from watchbill.insight.coverage import held, responders, unstaffed
from watchbill.intervals import Stretch, intersect, subtract, union
from watchbill.model.on_call import Schedule
from watchbill.model.services import Service
from watchbill.roster.timeline import Timeline

_HIGHEST_TIER = 1


def _judge(facts: Facts) -> Iterator[Finding]:
    needs = ServiceNeeds(facts)
    known: dict[str, list[Stretch]] = {}
    for service in facts.model.services.values():
        schedule = needs.schedule(service)
        if service.tier != _HIGHEST_TIER or schedule is None or schedule.id not in facts.rosters:
            continue
        if schedule.id not in known:
            known[schedule.id] = union([*_by_two(schedule, facts), *_told(schedule, facts)])
        missing = subtract(needs.needed(service), known[schedule.id])
        if missing:
            yield _finding(service, schedule, missing, needs)


def _by_two(schedule: Schedule, facts: Facts) -> list[Stretch]:
    """Return the set in which two different people hold roles that promise coverage."""
    roster = facts.rosters[schedule.id]
    timelines = [roster.timelines[role.id] for role in schedule.roles if role.coverage]
    if all(facts.times.doubled.isdisjoint(timeline.people) for timeline in timelines):
        # Nobody is ever on call twice, so who holds one role does not hold another.
        sets = [held(timeline, facts.judged) for timeline in timelines]
        pairs = [stretch for one, other in combinations(sets, 2) for stretch in intersect(one, other)]
        shared = [(s, e) for timeline in timelines for s, e, n in _several(timeline, facts) if n > 1]
        return union([*pairs, *shared])
    return _sweep(timelines, facts.judged)


def _several(timeline: Timeline, facts: Facts) -> list[tuple[int, int, int]]:
    return responders(timeline, facts.judged) if any(timeline.seat) else []


def _sweep(timelines: Sequence[Timeline], judged: Stretch) -> list[Stretch]:
    by_person: dict[str, list[Stretch]] = {}
    for timeline in timelines:
        for start, end, person in zip(timeline.start, timeline.end, timeline.person, strict=True):
            if start < judged[1] and judged[0] < end:
                by_person.setdefault(timeline.people[person], []).append((start, end))
    steps: dict[int, int] = {}
    for stretches in by_person.values():
        for start, end in union(stretches):
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
    found: list[Stretch] = []
    present, since = 0, 0
    for instant in sorted(steps):
        if present > 1:
            found.append((since, instant))
        present, since = present + steps[instant], instant
    return union(found)


def _told(schedule: Schedule, facts: Facts) -> list[Stretch]:
    """Return the set in which a promise of the schedule is not kept, or nothing is owed: other rules tell that."""
    counting = [unstaffed(schedule, role) for role in schedule.roles if role.coverage]
    off = reduce(intersect, counting) if counting else []
    return union([*(gap.stretch for gap in facts.gaps if gap.schedule == schedule.id), *off])


def _finding(service: Service, schedule: Schedule, missing: Sequence[Stretch], needs: ServiceNeeds) -> Finding:
    first = spell_stretch(missing[0], schedule.timezone)
    when = f"for {needs.hours_a_week(missing)}, first {first}" if len(missing) > 1 else first
    silent = [role.id for role in schedule.roles if not role.coverage]
    hint = f"; {spell_list(silent)} promises no `coverage`, so it does not count" if silent else ""
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=service.place.at("on-call", "schedule"),
        message=f"{service.id} is of tier {_HIGHEST_TIER}, but {schedule.id} has at most one person on call "
        f"{when}{hint}",
        help="add a role such as `secondary` with `coverage` and `follows: primary`, or ask for 2 responders",
        subject=f"service/{service.id}",
        stretch=needs.waivable(missing),
        labels=(Label(place=schedule.place, text="the schedule that watches it"),),
    )


RULE = Rule(
    name="no-backup",
    family="coverage",
    summary="A service of tier 1 has only one person on call at a time when it needs somebody.",
    since="0.1",
    level=Level.ERROR,
    levels={"small": "warning"},
    status="stable",
    scope="organization",
    ages=True,
    judge=_judge,
)
