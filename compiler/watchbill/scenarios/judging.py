"""Judges scenarios: each gets an outcome, or findings about names and times that mean nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from watchbill.compilation import Compilation
from watchbill.findings import Finding, Level
from watchbill.roster.clock import END_OF_TIME, START_OF_TIME, zone
from watchbill.roster.timeline import Skip
from watchbill.scenarios.absences import absence
from watchbill.scenarios.escalation import Escalation
from watchbill.scenarios.reading import reach_of
from watchbill.scenarios.records import Call, HolderScenario, Outcome, RouteScenario, Scenario
from watchbill.scenarios.references import not_understood, unknown_names


def judged(compilation: Compilation, scenarios: Iterable[Scenario]) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    """Return the outcomes of scenarios in order, and findings about those that cannot be judged.

    The stretches that ``demands`` names for them must be known to the compilation.
    """
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for scenario in scenarios:
        zone_name = _zone_of(compilation, scenario)
        instant = zone(zone_name).instant(scenario.at)
        faults = [*unknown_names(compilation.model, scenario), *_outside(scenario, instant)]
        findings += faults
        if not faults:
            outcome = _outcome(compilation, scenario, instant, zone_name)
            outcomes.append(outcome if outcome.passed else replace(outcome, absent=_absent(compilation, outcome)))
    return tuple(outcomes), tuple(findings)


def _absent(compilation: Compilation, outcome: Outcome) -> tuple[Skip, ...]:
    scenario = outcome.scenario
    meant = scenario.people if isinstance(scenario, HolderScenario) else filter(None, (scenario.reaches,))
    found = (absence(compilation.model, person, outcome.instant) for person in meant)
    return tuple(skip for skip in found if skip is not None)


def _zone_of(compilation: Compilation, scenario: Scenario) -> str:
    model = compilation.model
    name: str | None = None
    if isinstance(scenario, HolderScenario):
        name = scenario.schedule
    elif scenario.service in model.services:
        name = model.services[scenario.service].schedule
    schedule = model.schedules.get(name or "")
    return schedule.timezone if schedule is not None else compilation.clock.timezone


def _outside(scenario: Scenario, instant: int) -> list[Finding]:
    if instant >= START_OF_TIME and instant + reach_of(scenario) < END_OF_TIME:
        return []
    return [
        Finding(
            rule="wrong-value",
            level=Level.ERROR,
            place=scenario.place.at("at"),
            message="`at` lies outside of the years that are computed: 1970 to 2100 in UTC",
            help="check the year",
        )
    ]


def _outcome(compilation: Compilation, scenario: Scenario, instant: int, zone_name: str) -> Outcome:
    broken = not_understood(compilation.model, scenario)
    if broken:
        return Outcome(scenario=scenario, passed=False, instant=instant, timezone=zone_name, unknown=broken)
    if isinstance(scenario, HolderScenario):
        return _holders(compilation, scenario, instant, zone_name)
    return _route(compilation, scenario, instant, zone_name)


def _holders(compilation: Compilation, scenario: HolderScenario, instant: int, zone_name: str) -> Outcome:
    roster = compilation.rosters.get(scenario.schedule)
    role = scenario.role or compilation.model.schedules[scenario.schedule].roles[0].id
    timeline = roster.timelines.get(role) if roster is not None else None
    if timeline is None:
        unknown = f"schedule {scenario.schedule}"
        return Outcome(scenario=scenario, passed=False, instant=instant, timezone=zone_name, role=role, unknown=unknown)
    shifts = tuple(timeline.at(instant))
    passed = {shift.person for shift in shifts} == set(scenario.people)
    return Outcome(scenario=scenario, passed=passed, instant=instant, timezone=zone_name, role=role, shifts=shifts)


def _route(compilation: Compilation, scenario: RouteScenario, instant: int, zone_name: str) -> Outcome:
    service = compilation.model.services[scenario.service]
    escalation = Escalation(compilation, service, scenario.severity, instant, reach_of(scenario))
    in_time = [call for call in escalation.calls if _counts(call, scenario)]
    passed = bool(in_time) if scenario.reaches is not None else not in_time and not escalation.obscure
    return Outcome(
        scenario=scenario,
        passed=passed,
        instant=instant,
        timezone=zone_name,
        calls=escalation.calls,
        unknown="" if passed else escalation.obscure,
    )


def _counts(call: Call, scenario: RouteScenario) -> bool:
    """Say whether a call reaches who is meant, soon enough; where nobody is meant, whether it may reach anybody."""
    if scenario.reaches is None:
        return bool(call.people)
    return scenario.reaches in call.people and (call.certain or scenario.within is None)
