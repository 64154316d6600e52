"""Somebody who will be on call has fewer than two ways to be reached."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.wording import spell_count
from watchbill.findings import Finding, Level
from watchbill.model.people import Person
from watchbill.roster.clock import spell

_NOT_FOR_PAGES = frozenset({"github", "gitlab", "bitbucket", "codeberg", "jira", "linkedin"})
"""Handles in systems that wake nobody."""


def _judge(facts: Facts) -> Iterator[Finding]:
    least = facts.number("ways")
    on_call = [person for person in facts.model.people.values() if _has_shifts_ahead(person, facts)]
    lacking = [person for person in on_call if _ways(person) < least]
    if 2 * len(lacking) > len(on_call):
        return  # the organisation keeps them elsewhere, in its pager
    for person in lacking:
        yield _finding(person, _ways(person), facts)


def _ways(person: Person) -> int:
    """Return how many ways there are to page a person: addresses, numbers, and handles where messages arrive."""
    return len(person.contact) + len(person.handles.keys() - _NOT_FOR_PAGES)


def _has_shifts_ahead(person: Person, facts: Facts) -> bool:
    times = facts.times.by_person.get(person.id)
    return times is not None and times.touching(facts.judged) > 0


def _next_shift(person: Person, facts: Facts) -> int:
    """Return from when on a person with shifts ahead is on call: now, if a shift has begun."""
    times = facts.times.by_person[person.id]
    return max(min(start for start, end in zip(times.start, times.end, strict=True) if end > facts.now), facts.now)


def _finding(person: Person, ways: int, facts: Facts) -> Finding:
    begins = _next_shift(person, facts)
    known = f"in only {spell_count(ways, 'way')}" if ways else "in no way"
    return Finding(
        rule=RULE.name,
        level=RULE.level,
        place=person.place,
        message=f"{person.id} can be reached {known}, and is on call from "
        f"{spell(begins, facts.measures.zone_of(person.id))}",
        help="write a second way below `contact` (a phone number besides an address) or `handles`",
        subject=f"person/{person.id}",
        stretch=(begins, max(facts.judged[1], begins + 1)),
    )


RULE = Rule(
    name="not-reachable",
    family="people",
    summary="Somebody who will be on call has fewer than two ways to be reached.",
    since="0.1",
    level=Level.WARNING,
    levels={"small": "info"},
    status="stable",
    scope="person",
    ages=True,
    options=(
        Option(
            name="ways",
            default=2,
            summary="How many ways to be reached somebody on call needs at least.",
            least=1,
        ),
    ),
    judge=_judge,
)
