"""What scenarios name: whether the repository knows it, and whether it could be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchbill.findings import Finding, Level, Place
from watchbill.model.kinds import ALL
from watchbill.model.notation.problem import shown
from watchbill.model.repository import Model
from watchbill.scenarios.records import HolderScenario, Scenario
from watchbill.text import nearest

_MOST_LISTED = 8
_Named = tuple[str, str, Place]
"""The word of a kind, an id, and where it stands."""


def unknown_names(model: Model, scenario: Scenario) -> list[Finding]:
    """Return a finding for each name that the repository does not know."""
    return [*_unknown(model, scenario), *_unknown_role(model, scenario)]


def not_understood(model: Model, scenario: Scenario) -> str:
    """Return what a scenario names but nobody could read, such as ``schedule payments``; nothing if all is well."""
    named = ((word, name) for word, name, _ in _names(scenario) if word != "person")
    return next((f"{word} {name}" for word, name in named if _is_broken(model, word, name)), "")


def _names(scenario: Scenario) -> Iterator[_Named]:
    place = scenario.place
    if isinstance(scenario, HolderScenario):
        yield "schedule", scenario.schedule, place.at("schedule")
        for person in scenario.people:
            yield "person", person, place.at("person" if len(scenario.people) == 1 else "together")
        return
    yield "service", scenario.service, place.at("service")
    if scenario.severity is not None:
        yield "severity", scenario.severity, place.at("severity")
    if scenario.reaches is not None:
        yield "person", scenario.reaches, place.at("reaches")


def _is_broken(model: Model, word: str, name: str) -> bool:
    return (word, name) in model.broken or (word, ALL) in model.broken


def _unknown(model: Model, scenario: Scenario) -> Iterator[Finding]:
    known: Mapping[str, Mapping[str, object]] = {
        "schedule": model.schedules,
        "person": model.people,
        "service": model.services,
        "severity": model.severities,
    }
    for word, name, place in _names(scenario):
        if name not in known[word] and not _is_broken(model, word, name):
            yield _finding(place, f"there is no {word} {shown(name)}", name, known[word], "known")


def _unknown_role(model: Model, scenario: Scenario) -> Iterator[Finding]:
    if not isinstance(scenario, HolderScenario) or scenario.role is None:
        return
    schedule = model.schedules.get(scenario.schedule)
    roles = {role.id: role for role in schedule.roles} if schedule is not None else {}
    if roles and scenario.role not in roles:
        message = f"schedule `{scenario.schedule}` has no role {shown(scenario.role)}"
        yield _finding(scenario.place.at("role"), message, scenario.role, roles, "its roles")


def _finding(place: Place, message: str, name: str, known: Mapping[str, object], what: str) -> Finding:
    close = nearest(name, known)
    listed = ", ".join(f"`{other}`" for other in sorted(known)[:_MOST_LISTED])
    more = " …" if len(known) > _MOST_LISTED else ""
    help_text = f"did you mean `{close}`?" if close else f"{what}: {listed}{more}" if known else "there is none yet"
    return Finding(rule="unknown-reference", level=Level.ERROR, place=place, message=message, help=help_text)
