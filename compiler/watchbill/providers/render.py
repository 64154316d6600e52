"""Payloads for pager providers, as files below ``build/providers``: one per schedule and role, and a report."""

from __future__ import annotations

import json
from collections.abc import Iterator

from watchbill.compilation import Compilation
from watchbill.findings import Place
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule
from watchbill.model.providers import Provider
from watchbill.providers import pagerduty_layers, pagerduty_shifts
from watchbill.providers.assignments import Assignment, Directory, Problem, assignments, directory, holders
from watchbill.providers.requests import Json, Request, timestamp
from watchbill.records import dataclass
from watchbill.roster.clock import spell
from watchbill.roster.timeline import Timeline
from watchbill.text import clip

_DESCRIPTION = "Written by Watchbill from git. Changes made here are overwritten."
_LONGEST_NAME = 250
"""PagerDuty's limit is 255; five characters are left for the number of a seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payload:
    schedule: Schedule
    timeline: Timeline
    name: str
    shifts: int
    requests: list[Request]
    problems: list[Problem]


def render(c: Compilation) -> dict[str, bytes]:
    """Return the payloads by their path below ``build/providers``.

    A repository without a provider, whose people have PagerDuty ids, gets payloads for PagerDuty.
    """
    files: dict[str, bytes] = {}
    for settings in _providers(c):
        stretch = _stretch(c, settings)
        known = directory(c.model.people.values(), settings.people.removeprefix("handles."), "PagerDuty")
        payloads = [
            _payload(c, settings, stretch, known, schedule, timeline, name)
            for schedule, timeline, name in _wanted(c, settings, stretch, known)
        ]
        for payload in payloads:
            path = f"{settings.id}/{payload.schedule.id}/{payload.timeline.role}.json"
            files[path] = _json(_document(settings, stretch, payload))
        files[f"{settings.id}/report.json"] = _json(_report(settings, stretch, payloads))
    return files


def _providers(c: Compilation) -> list[Provider]:
    configured = [settings for _, settings in sorted(c.model.providers.items()) if settings.kind == "pagerduty"]
    if configured or not any("pagerduty" in person.handles for person in c.model.people.values()):
        return configured
    return [Provider(id="pagerduty", place=Place(file="policies/providers/pagerduty.yaml"))]


def _stretch(c: Compilation, settings: Provider) -> Stretch:
    """Return what the payloads cover: from now on, as far as the provider's horizon and the published one reach."""
    now = c.clock.now
    return now, min(now + settings.horizon_days * 86_400, c.horizon[1])


def _wanted(
    c: Compilation, settings: Provider, stretch: Stretch, known: Directory
) -> Iterator[tuple[Schedule, Timeline, str]]:
    """Yield the roles to write and their names there: those configured, or all in which the provider knows somebody."""
    for schedule_id, roster in c.rosters.items():
        schedule = c.model.schedules[schedule_id]
        for role, timeline in roster.timelines.items():
            if settings.schedules:
                name = settings.schedules.get(schedule_id, {}).get(role)
                if name is not None:
                    yield schedule, timeline, name
            elif not known.ids.keys().isdisjoint(holders(timeline, stretch)):
                yield schedule, timeline, f"{schedule.name} {role}"


def _payload(
    c: Compilation,
    settings: Provider,
    stretch: Stretch,
    known: Directory,
    schedule: Schedule,
    timeline: Timeline,
    name: str,
) -> _Payload:
    shifts, problems = assignments(c, schedule, timeline, stretch, known)
    write = pagerduty_shifts.requests
    if settings.mode == "layers":
        write = pagerduty_layers.requests
        problems += [
            _off_the_minute(schedule, timeline, each) for each in shifts if pagerduty_layers.inexpressible(each)
        ]
        shifts = [each for each in shifts if not pagerduty_layers.inexpressible(each)]
    return _Payload(
        schedule=schedule,
        timeline=timeline,
        name=name,
        shifts=len(shifts),
        requests=write(clip(name, _LONGEST_NAME), schedule.timezone, _DESCRIPTION, shifts),
        problems=problems,
    )


def _off_the_minute(schedule: Schedule, timeline: Timeline, shift: Assignment) -> Problem:
    start, end = (spell(edge, schedule.timezone) for edge in (shift.start, shift.end))
    return Problem(
        schedule=schedule.id,
        role=timeline.role,
        message=f"the shift from {start} until {end} does not start and end on full minutes, so no layer can hold it",
        help="Write mode: shifts for this provider, or move the handoff to a full minute.",
    )


def _document(settings: Provider, stretch: Stretch, payload: _Payload) -> Json:
    return {
        "provider": settings.id,
        "kind": settings.kind,
        "mode": settings.mode,
        "schedule": payload.schedule.id,
        "role": payload.timeline.role,
        "name": payload.name,
        "timezone": payload.schedule.timezone,
        "stretch": {"start": timestamp(stretch[0]), "end": timestamp(stretch[1])},
        "exact": not payload.problems,
        "requests": [
            {"method": request.method, "path": request.path, "body": request.body} for request in payload.requests
        ],
        "problems": [_problem(problem) for problem in payload.problems],
    }


def _report(settings: Provider, stretch: Stretch, payloads: list[_Payload]) -> Json:
    return {
        "provider": settings.id,
        "kind": settings.kind,
        "mode": settings.mode,
        "stretch": {"start": timestamp(stretch[0]), "end": timestamp(stretch[1])},
        "payloads": [
            {
                "schedule": payload.schedule.id,
                "role": payload.timeline.role,
                "name": payload.name,
                "shifts": payload.shifts,
                "exact": not payload.problems,
            }
            for payload in payloads
        ],
        "problems": [_problem(problem) for payload in payloads for problem in payload.problems],
    }


def _problem(problem: Problem) -> Json:
    return {"schedule": problem.schedule, "role": problem.role, "message": problem.message, "help": problem.help}


def _json(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()
