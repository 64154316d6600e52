"""A person is on call in nights, on weekends or for a share that the person's own limits exclude."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from watchbill.checks.rule import Facts, Rule
from watchbill.checks.wording import spell_count, spell_role, spell_share, spell_stretch
from watchbill.checks.work_limits import SHARE_WEEKS
from watchbill.findings import Finding, Label, Level
from watchbill.insight.loads import Held, TurnKey
from watchbill.insight.marks import Marks
from watchbill.insight.peaks import Peak
from watchbill.intervals import Stretch
from watchbill.model.people import Limits, Person
from watchbill.records import dataclass
from watchbill.roster.windows import WEEK

_YEAR = 52
"""Weeks in which a steady excess shows that a single turn does not explain."""

_NONE = Limits()


def _judge(facts: Facts) -> Iterator[Finding]:
    for person in facts.model.people.values():
        limits = person.limits
        if limits == _NONE:
            continue
        if limits.no_nights:
            yield from _touching(facts, person, "no-nights", facts.measures.nights(person.id), "night")
        if limits.no_weekends:
            yield from _touching(facts, person, "no-weekends", facts.measures.weekends(person.id), "weekend")
        for role, share in limits.share.items():
            yield from _share(facts, person, role, share)


def _touching(facts: Facts, person: Person, limit: str, marks: Marks, noun: str) -> Iterator[Finding]:
    """Find a person whose coming shifts touch what the person asked to be spared."""
    now, horizon_end = facts.judged
    hits: list[tuple[Held, Stretch]] = []
    for shift in facts.measures.shifts(person.id, facts.judged):
        part = max(shift.start, now), min(shift.end, horizon_end)
        if marks.touched(*part):
            hits.append((shift, part))
    if not hits:
        return
    count = marks.count([start for _, (start, _) in hits], [end for _, (_, end) in hits])
    zone_name = facts.measures.zone_of(person.id)
    shift, (start, _) = hits[0]
    track = shift.track
    yield Finding(
        rule=RULE.name,
        level=RULE.level,
        place=track.place.key(),
        message=f"{person.id} takes no {noun}s, but is on call on {spell_count(count, noun)}, first in the shift of "
        f"{track.schedule} {track.role} {spell_stretch((shift.start, shift.end), zone_name)}",
        help=f"give the {noun}s to others, with an override or a layer of their own, or agree on another limit",
        subject=f"person/{person.id}",
        stretch=(start, hits[-1][1][1]),
        labels=(Label(place=person.place.at("limits", limit), text=f"the limit of {person.id}"),),
    )


def _share(facts: Facts, person: Person, role: str, share: Fraction) -> Iterator[Finding]:
    """Find a person with more than the agreed share: an error if the own turns give it.

    One turn more passes in twelve weeks as in a year, because turns do not fall evenly: once among seven names is 14 %,
    and two turns in some twelve weeks.
    """
    measures = facts.measures
    for weeks in (SHARE_WEEKS, _YEAR):
        least = int(share * weeks * WEEK)
        if measures.most_seconds(person.id, role, weeks=weeks, above=least) is None:
            continue
        above = least + _longest_turn(facts, person, role)
        for level, own in ((Level.ERROR, True), (Level.WARNING, False)):
            peak = measures.most_seconds(person.id, role, weeks=weeks, own=own, above=above)
            if peak:
                yield _too_large(facts, person, role, TooLarge(level=level, own=own, weeks=weeks, peak=peak))
                return


def _longest_turn(facts: Facts, person: Person, role: str) -> int:
    """Return the seconds that a person holds of one turn at most."""
    turns: Counter[TurnKey] = Counter()
    for shift in facts.measures.shifts(person.id, facts.measures.horizon, role):
        if shift.turn is not None:
            turns[shift.turn] += shift.end - shift.start
    return max(turns.values(), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge:
    """A share that is too large: at which level, by own turns or by all, in how many weeks, and the worst window."""

    level: Level
    own: bool
    weeks: int
    peak: Peak


def _too_large(facts: Facts, person: Person, role: str, excess: TooLarge) -> Finding:
    share, window = person.limits.share[role], excess.peak.stretch
    shifts = facts.measures.shifts(person.id, window, role, own=excess.own)
    last = max(shifts, key=lambda shift: shift.start)
    turns = " by own turns alone" if excess.own else " with what was taken over"
    zone_name = facts.measures.zone_of(person.id)
    return Finding(
        rule=RULE.name,
        level=excess.level,
        place=last.track.place.key(),
        message=f"{person.id} takes at most {spell_share(share)} {spell_role(role)}, but is on call for "
        f"{spell_share(Fraction(excess.peak.value, excess.weeks * WEEK))} of {excess.weeks} weeks{turns}, "
        f"{spell_stretch(window, zone_name)}",
        help="name the person less often in the order, let others cover, or agree on another share",
        subject=f"person/{person.id}",
        stretch=(max(window[0], facts.judged[0]), max(window[1], facts.judged[0])),
        labels=(Label(place=person.place.at("limits", "share", role), text=f"the limit of {person.id}"),),
    )


RULE = Rule(
    name="personal-limit-exceeded",
    family="load",
    summary="A person is on call in nights, on weekends or for a share that the person's own limits exclude.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="person",
    ages=True,
    judge=_judge,
)
