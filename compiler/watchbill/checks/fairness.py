"""How the rules of fairness judge: what people who share a rotation carry, and the finding that says so."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.settings import level_of, profile_of
from watchbill.checks.wording import spell_count, spell_stretch
from watchbill.findings import Finding, Level
from watchbill.insight.sharing import Burden, MarksOf, Sharing
from watchbill.roster.clock import HOUR


def options(*, warning_below: int, turns: int) -> tuple[Option, ...]:
    """Return the options of a rule of fairness, with these defaults."""
    return (
        Option(
            name="warning-below",
            default=warning_below,
            summary="The balance in per cent below which it is a warning.",
        ),
        Option(
            name="error-below",
            default=0,
            summary="The balance in per cent below which it is an error; 0 is never.",
        ),
        Option(name="turns", default=turns, summary="A difference of so many turns between two people never counts."),
    )


USUAL = options(warning_below=80, turns=1)
"""80 is the lower end of the best band of Grafana OnCall's score. No balance is an error of its own accord."""


def uneven(rule: Rule, facts: Facts, burden: Burden, marks_of: MarksOf | None = None) -> Iterator[Finding]:
    """Yield the least even rotation of each schedule, if it is below the options of a rule."""
    warning, error = facts.number("warning-below"), facts.number("error-below")
    found = facts.measures.sharing.uneven(
        burden, max(warning, error) / 100, facts.now, marks_of, turns=facts.number("turns")
    )
    worst: dict[str, Sharing] = {}
    for sharing in found:
        schedule = sharing.crew.schedule.id
        if schedule not in worst or sharing.evenness < worst[schedule].evenness:
            worst[schedule] = sharing
    locked = _locked(facts) if worst else frozenset()
    for schedule, sharing in worst.items():
        if f"schedule/{schedule}" not in locked:
            below_error = sharing.evenness * 100 < error
            yield _finding(rule, facts, sharing, error if below_error else warning, is_error=below_error)


def _locked(facts: Facts) -> frozenset[str]:
    """Return the subjects of which another rule says why they are uneven, and what to do about it."""
    rule = facts.rules.get("rotation-locks-slots")
    if rule is None or rule.judge is None or level_of(rule, facts.model, profile_of(facts.model)) == "off":
        return frozenset()
    return frozenset(finding.subject for finding in rule.judge(facts))


def _finding(rule: Rule, facts: Facts, sharing: Sharing, least: int, *, is_error: bool) -> Finding:
    crew, carried, even = sharing.crew, sharing.carried, sharing.even
    people = sorted((person for person in crew.people if even[person]), key=lambda each: carried[each] / even[each])
    few, many = people[0], people[-1]
    alike = round(even[few]) == round(even[many]) or _hours(even[few]) == _hours(even[many])
    fair = _spell(even[many], sharing) if alike else f"{_spell(even[many], sharing)} and {_spell(even[few], sharing)}"
    return Finding(
        rule=rule.name,
        level=Level.ERROR if is_error else rule.level,
        place=crew.role.place.key(),
        message=f"the {sharing.burden} of {crew.schedule.id} {crew.role.id} are shared unevenly, with a balance of "
        f"{int(sharing.evenness * 100)} % where {least} % is the least: {many} has {_spell(carried[many], sharing)} "
        f"and {few} {_spell(carried[few], sharing)}, and {fair} would be even, "
        f"{spell_stretch(facts.measures.horizon, crew.schedule.timezone)}",
        help=f"give turns of {many} to {few}, or turn the order so that others get them; who agreed to carry less "
        "says so with `limits: share:` in the people file",
        subject=f"schedule/{crew.schedule.id}",
        stretch=facts.judged,
    )


def _spell(amount: float, sharing: Sharing) -> str:
    if sharing.burden == "hours":
        return spell_count(_hours(amount), "hour")
    return str(round(amount))


def _hours(seconds: float) -> int:
    return round(seconds / HOUR)
