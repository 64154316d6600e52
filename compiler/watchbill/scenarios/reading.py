"""From the documents of scenario files to scenarios, and to findings about what is no scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from watchbill.findings import Finding, Level, Place
from watchbill.intervals import Stretch, union
from watchbill.model.kinds import SCENARIOS, Location
from watchbill.model.notation import Problem, parse_duration, parse_moment
from watchbill.model.shape import judge
from watchbill.model.time_values import Moment
from watchbill.roster.clock import DAY, END_OF_TIME, START_OF_TIME, wall
from watchbill.scenarios.records import HolderScenario, RouteScenario, Scenario
from watchbill.source.documents import Reading

LONGEST = 7 * DAY
"""How long an escalation is followed, in seconds."""

NOBODY = "nobody"

_WIDEST_OFFSET = DAY
"""No zone is so far from UTC."""


def scenarios_of(reading: Reading) -> tuple[tuple[Scenario, ...], tuple[Finding, ...]]:
    """Return the scenarios of some files in order, and what is wrong with the files."""
    found: list[Scenario] = []
    findings = list(reading.findings)
    for document in reading.documents:
        verdict = judge(Location(kind=SCENARIOS, form="list"), document.path, document.data)
        findings += verdict.findings
        entries = document.data if isinstance(document.data, list) and not verdict.spoilt else []
        for index, body in enumerate(entries):
            if index not in verdict.wrong and isinstance(body, dict):
                place = Place(file=document.path).at(index)
                faults = list(_faults(body, place))
                findings += faults
                at = parse_moment(str(body["at"]))
                if not faults and isinstance(at, Moment):
                    found.append(_scenario(body, at, place))
    return tuple(found), tuple(findings)


def demands(scenarios: tuple[Scenario, ...]) -> tuple[Stretch, ...]:
    """Return the stretches in which holders must be known to judge scenarios, whatever the zones of their schedules."""
    return tuple(union(_demand(scenario) for scenario in scenarios))


def reach_of(scenario: Scenario) -> int:
    """Return how many seconds after its time a scenario looks at."""
    if isinstance(scenario, HolderScenario):
        return 0
    return LONGEST if scenario.within is None else scenario.within


def _demand(scenario: Scenario) -> Stretch:
    moment = scenario.at
    seconds = wall(moment.day, moment.seconds or 0)
    spread = _WIDEST_OFFSET if moment.offset is None else 0
    start = seconds - (moment.offset or 0)
    return max(start - spread, START_OF_TIME), min(start + spread + reach_of(scenario) + 1, END_OF_TIME)


def _faults(body: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    """Yield what no schema can say of a body whose shape is right."""
    yield from _faults_of_time(body, place)
    if "schedule" in body:
        yield from _faults_of_people(body, place)


def _faults_of_time(body: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    at = parse_moment(body["at"])
    within = parse_duration(body["within"]) if "within" in body else 0
    if isinstance(at, Problem):
        yield _fault(place.at("at"), f"`at`: {at.text}", at.help)
    elif at.seconds is None:
        yield _fault(
            place.at("at"), f"`at: {body['at']}` names a day and no time", f"add a time, such as `{body['at']} 10:00`"
        )
    if isinstance(within, Problem):
        yield _fault(place.at("within"), f"`within`: {within.text}", within.help)
    elif within > LONGEST:
        yield _fault(place.at("within"), f"`within: {body['within']}` is longer than 7 days", "write a shorter time")


def _faults_of_people(body: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    if "person" in body and "together" in body:
        yield _fault(place.key("together"), "`person` and `together` both say who it is", "keep one of them")
    elif "person" not in body and "together" not in body:
        how = "add `person`, such as `person: ada`, or `person: nobody`"
        yield _fault(place, "this scenario does not say who it is", how)
    if NOBODY in body.get("together", ()):
        yield _fault(place.at("together"), "nobody is together with anybody", "write `person: nobody`")


def _fault(place: Place, message: str, help_text: str) -> Finding:
    return Finding(rule="wrong-value", level=Level.ERROR, place=place, message=message, help=help_text)


def _scenario(body: Mapping[str, Any], at: Moment, place: Place) -> Scenario:
    name = str(body.get("name", ""))
    if "schedule" in body:
        named = body.get("together", [body.get("person")])
        people = tuple(sorted(person for person in named if person != NOBODY))
        return HolderScenario(
            place=place, name=name, at=at, schedule=body["schedule"], role=body.get("role"), people=people
        )
    within = parse_duration(body["within"]) if "within" in body else None
    return RouteScenario(
        place=place,
        name=name,
        at=at,
        service=body["service"],
        severity=body.get("severity"),
        reaches=None if body["reaches"] == NOBODY else body["reaches"],
        within=within if isinstance(within, int) else None,
    )
