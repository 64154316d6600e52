"""How the rules of load judge: a person's worst figure against the limits in force, and the finding that says so.

Every figure exists in two forms. A warning looks at what is a person's *own*: the turns that the rotations give. An
error looks at *all*, covers and overrides included. So an ordinary vacation, covered, passes without a word, and
somebody who keeps standing in for everybody is found all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.settings import SEVERITY
from watchbill.checks.wording import spell_count, spell_role, spell_stretch
from watchbill.checks.work_limits import limits_in_force
from watchbill.findings import Finding, Label, Level
from watchbill.insight.loads import Held
from watchbill.insight.peaks import Peak
from watchbill.intervals import Stretch
from watchbill.model.workload import Measure, Threshold, WorkLimit
from watchbill.records import dataclass
from watchbill.roster.clock import spell

TOLERANCE = Option(
    name="tolerance",
    default=1,
    summary="So many more than the limit pass: turns do not fall evenly into days and weeks.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """A limit that a person exceeds, at a level, with the worst window. ``own`` says which figure was compared."""

    person: str
    limit: WorkLimit
    level: Level
    threshold: Threshold
    peak: Peak
    own: bool

    @property
    def role(self) -> str:
        """The limited role in words."""
        return spell_role(self.limit.role)


class Beyond(Protocol):
    """Returns the worst figure of a person in a role if it is beyond a threshold."""

    def __call__(self, person: str, role: str, threshold: Threshold, *, own: bool) -> Peak | None:
        """``own`` leaves out what was taken over from others."""


def own_or_all(beyond: Beyond) -> Callable[[str, WorkLimit], Excess | None]:
    """Return the usual judgement: what is own against the warning, all against the error."""

    def judge(person: str, limit: WorkLimit) -> Excess | None:
        for level, threshold, own in ((Level.ERROR, limit.error, False), (Level.WARNING, limit.warning, True)):
            peak = threshold and beyond(person, limit.role, threshold, own=own)
            if threshold and peak:
                return Excess(person=person, limit=limit, level=level, threshold=threshold, peak=peak, own=own)
        return None

    return judge


def excesses(
    facts: Facts, measure: Measure, beyond: Beyond, judge: Callable[[str, WorkLimit], Excess | None]
) -> Iterator[Excess]:
    """Yield the gravest excess of each person, in order of id."""
    limits = [limit for limit in limits_in_force(facts.model) if limit.measure == measure]
    for person in facts.measures.people:
        worst: Excess | None = None
        for limit in limits:
            least = limit.warning or limit.error
            # What is own is never more than all, so most people need no other look.
            if least is None or beyond(person, limit.role, least, own=False) is None:
                continue
            found = judge(person, limit)
            if found and (worst is None or SEVERITY[found.level] > SEVERITY[worst.level]):
                worst = found
        if worst is not None:
            yield worst


def finding(rule: Rule, facts: Facts, excess: Excess, what: str, allowed: str, way_out: str) -> Finding:
    """Return the finding of an excess: ``ada`` + what + window + what is allowed.

    It stands at the role that gives the person most hours of the window, and names the shift that tips the figure.
    """
    start, end = excess.peak.stretch
    zone_name = facts.measures.zone_of(excess.person)
    shifts = _shifts(facts, excess, (start, end)) or _shifts(facts, excess, (start - 1, end + 1))
    coming = (shift for shift in shifts if shift.end > facts.now)
    tipping = max(coming, key=lambda shift: shift.start, default=shifts[-1])
    labels = [Label(place=tipping.track.place.key(), text=_tips(tipping, zone_name))]
    if excess.limit in facts.model.workload.limits:
        labels.append(Label(place=excess.threshold.place, text="the limit"))
    return Finding(
        rule=rule.name,
        level=excess.level,
        place=_busiest(shifts, (start, end)).track.place.key(),
        message=f"{excess.person} {what} {spell_stretch((start, end), zone_name)}; {allowed}",
        help=way_out,
        subject=f"person/{excess.person}",
        stretch=(max(start, facts.judged[0]), max(end, facts.judged[0])),
        labels=tuple(labels),
    )


def _shifts(facts: Facts, excess: Excess, stretch: Stretch) -> tuple[Held, ...]:
    """Return the shifts that touch a stretch, of those that were counted (around a rest there are none inside)."""
    return facts.measures.shifts(excess.person, stretch, excess.limit.role, own=excess.own)


def own_turns(facts: Facts, excess: Excess) -> str:
    """Return the words that say that only own turns were counted, where the person has taken over anything."""
    took_over = excess.own and facts.measures.split.took_over(excess.person, excess.limit.role)
    return " by own turns alone" if took_over else ""


def _tips(shift: Held, zone_name: str) -> str:
    how = "" if shift.own else ", taken over,"
    start, end = spell(shift.start, zone_name), spell(shift.end, zone_name)
    return f"tipped by the shift{how} of {shift.track.schedule} {shift.track.role} from {start} until {end}"


def _busiest(shifts: tuple[Held, ...], window: tuple[int, int]) -> Held:
    """Return the first shift of the role that gives most of a window."""
    seconds: dict[tuple[str, str], int] = {}
    for shift in shifts:
        key = shift.track.schedule, shift.track.role
        seconds[key] = seconds.get(key, 0) + min(shift.end, window[1]) - max(shift.start, window[0])
    most = max(seconds, key=seconds.__getitem__)
    return next(shift for shift in shifts if (shift.track.schedule, shift.track.role) == most)


class MostTouched(Protocol):
    """Returns the most marks (nights, weekends, days off) that a person touches in so many weeks, if above a number."""

    def __call__(self, person: str, role: str, *, weeks: int, own: bool, above: int) -> Peak | None:
        """``own`` leaves out what was taken over from others."""


def counted(rule: Rule, facts: Facts, measure: Measure, most: MostTouched, noun: str) -> Iterator[Finding]:
    """Judge a limit of the form ``5 per 12 weeks``."""
    tolerance = facts.number("tolerance")

    def beyond(person: str, role: str, threshold: Threshold, *, own: bool) -> Peak | None:
        above = int(threshold.value) + tolerance
        return most(person, role, weeks=threshold.per_weeks or 1, own=own, above=above)

    for excess in excesses(facts, measure, beyond, own_or_all(beyond)):
        threshold, weeks = excess.threshold, spell_count(excess.threshold.per_weeks or 1, "week")
        own = own_turns(facts, excess)
        yield finding(
            rule,
            facts,
            excess,
            what=f"is on call {excess.role} on {spell_count(excess.peak.value, noun)} in {weeks}{own},",
            allowed=f"{int(threshold.value)} per {weeks} is the limit",
            way_out="give turns to others, add people to the rotation, or turn the order so that others get them",
        )
