"""The capacity of a schedule: what it needs, whom it has, and what a change would do, each compiled and judged."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence, Set
from fractions import Fraction

from watchbill.checks.catalogue import BY_NAME
from watchbill.checks.settings import SEVERITY
from watchbill.checks.work_limits import limits_in_force
from watchbill.findings import Finding, Level
from watchbill.insight.coverage import days_off_of
from watchbill.insight.loads import ANY
from watchbill.insight.prospects import Busiest, Capacity, Outcome, Pool
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule, TimeOff
from watchbill.model.repository import Model
from watchbill.planning.attendance import attendances, present_at
from watchbill.planning.judging import Judged, Judging, seconds_of
from watchbill.planning.leaving import without
from watchbill.planning.needed_people import NeedFinder
from watchbill.planning.pools import pools_of, rotations_of
from watchbill.records import dataclass
from watchbill.roster.timeline import Roster
from watchbill.roster.windows import WEEK

WEEKS = 52
"""How far ahead capacity is looked at."""
SHARE_WEEKS = 12
"""The window of a share, as in the rule ``share-too-high``."""
MOST_LEAVERS = 40
"""People whose leaving is looked at one by one, at most."""

AS_IT_IS = "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be tried: people who leave, and time off that comes on top (``source`` names where from)."""

    leaving: tuple[str, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    source: str = ""

    @property
    def words(self) -> str:
        """Return the change in words."""
        parts = [f"without {', '.join(self.leaving)}"] if self.leaving else []
        parts += [f"with the time off of {self.source}"] if self.time_off else []
        return " and ".join(parts) or AS_IT_IS


def capacity(judging: Judging, schedule_id: str, change: Change) -> Capacity:
    """Return the capacity of a schedule over the coming 52 weeks.

    Without a change, everybody of the schedule leaves once, each alone. The horizon of ``judging`` must hold the 52
    weeks.
    """
    model, now = judging.base.model, judging.now
    stretch = now, min(now + WEEKS * WEEK, judging.horizon[1])
    tried = changed(model, change, judging)
    schedule = tried.schedules[schedule_id]
    pools = _pools(tried, schedule, stretch, judging.timezone)
    people = [person.person for pool in pools for person in pool.people if person.present]
    outcomes = [_outcome(judging, judging.base, Change(), schedule_id, stretch)]
    alone = [Change(leaving=(person,)) for person in people[:MOST_LEAVERS]]
    outcomes += [
        _outcome(judging, judging.judged(changed(model, single, judging)), single, schedule_id, stretch)
        for single in ([change] if change != Change() else alone)
    ]
    filled = {rotation.partition("/")[0] for pool in pools for rotation in pool.need.rotations}
    return Capacity(
        schedule=schedule_id,
        stretch=stretch,
        timezone=schedule.timezone,
        roles=_told_apart(_roles(schedule), outcomes),
        pools=pools,
        outcomes=tuple(outcomes),
        standing=_standing(judging.base, _holders(judging.base.rosters[schedule_id], stretch)),
        unrotated=tuple(r.id for r in schedule.roles if r.coverage and r.follows is None and r.id not in filled),
        left_out=max(0, len(people) - MOST_LEAVERS) if change == Change() else 0,
    )


def changed(model: Model, change: Change, judging: Judging) -> Model:
    """Return a model with a change made."""
    if change.leaving:
        model = without(model, frozenset(change.leaving), judging.now, judging.timezone)
    if change.time_off:
        model = dataclasses.replace(model, time_off=(*model.time_off, *change.time_off))
    return model


def _pools(model: Model, schedule: Schedule, stretch: Stretch, timezone: str) -> tuple[Pool, ...]:
    finder = NeedFinder(model, schedule, stretch, timezone)
    limits = limits_in_force(model)
    found = []
    for rotations in pools_of(rotations_of(schedule, days_off_of(model), stretch)):
        roles = [rotation.role for rotation in rotations]
        people = attendances(model, rotations, roles, limits, stretch)
        now = present_at(model, rotations, stretch[0])
        found.append(Pool(need=finder.need(rotations), people=tuple(people), now=now))
    return tuple(found)


def _roles(schedule: Schedule) -> tuple[str, ...]:
    """Return the roles in which shares are compared: those of the schedule that promise coverage, and all together."""
    return (*(role.id for role in schedule.roles if role.coverage), ANY)


def _told_apart(roles: tuple[str, ...], outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Leave out ``any`` where it says the same as the only role of the schedule."""
    same = len(roles) == 2 and all(each.busiest.get(roles[0]) == each.busiest.get(ANY) for each in outcomes)
    return roles[:1] if same else roles


def _standing(judged: Judged, people: Set[str]) -> tuple[Finding, ...]:
    """Return the findings of load about some people."""
    subjects = {f"person/{person}" for person in people}
    return tuple(
        finding
        for finding in judged.findings
        if finding.subject in subjects and finding.rule in BY_NAME and BY_NAME[finding.rule].family == "load"
    )


def _outcome(judging: Judging, judged: Judged, change: Change, schedule_id: str, stretch: Stretch) -> Outcome:
    schedule = judged.model.schedules[schedule_id]
    # Who leaves is there until the next handoff, and is no longer one of those of whom the question is.
    people = sorted(_holders(judged.rosters[schedule_id], stretch) - set(change.leaving))
    busiest = {role: _busiest(judged, people, role) for role in _roles(schedule)}
    return Outcome(
        change=change.words,
        people=len(people),
        busiest={role: found for role, found in busiest.items() if found is not None},
        gap_seconds=seconds_of(judged.gaps, schedule_id, stretch),
        appeared=tuple(
            finding for finding in judging.appeared(judged) if SEVERITY[finding.level] >= SEVERITY[Level.WARNING]
        ),
    )


def _holders(roster: Roster, stretch: Stretch) -> set[str]:
    """Return everybody who holds a shift of a roster in a stretch."""
    return {
        timeline.people[holder]
        for timeline in roster.timelines.values()
        for holder, start, end in zip(timeline.person, timeline.start, timeline.end, strict=True)
        if start < stretch[1] and stretch[0] < end
    }


def _busiest(judged: Judged, people: Sequence[str], role: str) -> Busiest | None:
    found: Busiest | None = None
    for person in people:
        peak = judged.measures.most_seconds(person, role, weeks=SHARE_WEEKS)
        share = Fraction(peak.value, SHARE_WEEKS * WEEK) if peak else Fraction(0)
        if share and (found is None or share > found.share):
            found = Busiest(person=person, share=share)
    return found
