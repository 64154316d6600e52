"""Findings by team, for the nightly job, which keeps one issue for each: a JSON list of markers, titles and bodies.

A team of which nothing graver than a note is found has none, so the job knows which issues to close.
"""

from __future__ import annotations

import re
from dataclasses import replace

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level
from watchbill.model.on_call import Schedule
from watchbill.model.repository import Model
from watchbill.model.services import Service
from watchbill.reports import json_text, markdown

_ABOVE = re.compile(r"\A(?:.*?/)??(?=(?:schedules|policies|incidents)/)")
"""What ``--path-prefix`` has put before a path of the repository."""

NOBODY = "no team"
"""Whose findings are those that no team owns, such as those of the organisation."""


def render(compilation: Compilation) -> str:
    """Return a list of ``{team, marker, title, body}``, in order of team; what no team owns comes last."""
    found = by_team(compilation)
    return json_text.written([_issue(compilation, team, found[team]) for team in sorted(found, key=_order)])


def by_team(compilation: Compilation) -> dict[str, tuple[LocatedFinding, ...]]:
    """Return the findings of each team that has errors or warnings, notes included, in the order of the check."""
    files = _team_of_file(compilation.model)
    found: dict[str, list[LocatedFinding]] = {}
    for located in compilation.findings:
        file = _ABOVE.sub("", located.finding.place.file)
        team = _team_of_subject(compilation.model, located.finding.subject) or files.get(file)
        found.setdefault(team or NOBODY, []).append(located)
    return {
        team: tuple(findings)
        for team, findings in found.items()
        if any(located.finding.level is not Level.INFO for located in findings)
    }


def _order(team: str) -> tuple[bool, str]:
    return team == NOBODY, team


def _issue(compilation: Compilation, team: str, findings: tuple[LocatedFinding, ...]) -> dict[str, str]:
    whose = team if team == NOBODY else f"team {team}"
    marker = f"<!-- watchbill: findings of {whose} -->"
    told = markdown.checked(replace(compilation, findings=findings))
    return {
        "team": "" if team == NOBODY else team,
        "marker": marker,
        "title": f"On call: findings of {whose}",
        "body": markdown.issue(told, marker),
    }


def _team_of_subject(model: Model, subject: str) -> str | None:
    """Return the team of ``schedule/payments``, ``service/checkout`` or ``person/ada``; the first team of a person."""
    kind, _, name = subject.partition("/")
    if kind == "schedule" and name in model.schedules:
        return _known(model, model.schedules[name].team)
    if kind == "service" and name in model.services:
        return _known(model, model.services[name].team)
    if kind == "person":
        return next((team for team, body in model.teams.items() if name in body.members), None)
    return None


def _team_of_file(model: Model) -> dict[str, str]:
    """Return the team of each file that is about one team alone."""
    teams: dict[str, set[str]] = {}
    for team in model.teams.values():
        teams.setdefault(team.place.file, set()).add(team.id)
    owners: list[Schedule | Service] = [*model.schedules.values(), *model.services.values()]
    for owned in owners:
        known = _known(model, owned.team)
        if known is not None:
            teams.setdefault(owned.place.file, set()).add(known)
    return {file: next(iter(found)) for file, found in teams.items() if len(found) == 1}


def _known(model: Model, team: str | None) -> str | None:
    return team if team in model.teams else None
