"""Writes an organisation of N schedules for measuring, always the same one for the same N.

Ten schedules share a team of twenty people, a file per schedule, person, service and escalation policy. Nine rotate
weekly (seven of them with a following secondary, all with a shadow role and two dated versions of twenty members);
the tenth follows the sun in two layers and has overrides and time off. All handoffs of a team fall together and every
schedule starts the same order elsewhere, so nobody is ever on call twice at once. Two people a schedule carry far more
than a good policy allows, so the limits are set just above what they carry: the checks find nothing.

Usage: organization.py N FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

NOW = "2026-11-23T10:00:00Z"
"""The moment at which the organisation is checked."""

TEAM = 20
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Europe/London",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "America/Sao_Paulo",
)
VERSIONS = (date(2026, 1, 5), date(2026, 9, 7))
NAMES = (
    "Ada Lovelace",
    "Zoë Åström",
    "Grace Hopper",
    "Søren Kierkegaard",
    "Katherine Johnson",
    "José Rizal",
    "Emmy Noether",
    "Srinivasa Ramanujan",
)
FOLLOWING = 7
"""Of ten schedules, so many have a secondary. They use 14 places in the order, the next two schedules one each, the
tenth two, with one free place after each of its two: whoever stands in there is on call nowhere else."""


def files(count: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file of an organisation of ``count`` schedules, a multiple of ten."""
    if count <= 0 or count % 10:
        raise ValueError(f"{count} is no multiple of ten")
    yield "policies/organization.yaml", _organization()
    yield "policies/severities.yaml", _severities()
    yield "policies/workload.yaml", _workload()
    for team in range(count // 10):
        people = [f"p{team * TEAM + i:05d}" for i in range(TEAM)]
        zone = ZONES[team % len(ZONES)]
        yield f"schedules/teams/t{team:04d}.yaml", _team(team, people)
        for number, person in enumerate(people):
            yield f"schedules/people/{person}.yaml", _person(person, NAMES[(team + number) % len(NAMES)], zone)
        for k in range(10):
            schedule = f"s{team * 10 + k:05d}"
            body = _weekly(k, schedule, team, zone, people) if k < 9 else _sun(schedule, team, zone, people)
            yield f"schedules/on-call/{schedule}.yaml", body
            yield f"policies/services/{schedule}.yaml", _service(schedule, team, zone, k < FOLLOWING)
            yield f"policies/escalation/{schedule}.yaml", _escalation(schedule, team, people[k], k < FOLLOWING)
        yield f"schedules/overrides/t{team:04d}.yaml", _overrides(f"s{team * 10 + 9:05d}", people)
        for week in (14, 21, 30, 37):
            yield f"schedules/time-off/{_holder(people, 16, week)}.yaml", _time_off(week)


def _rotated(people: Sequence[str], by: int) -> list[str]:
    return [*people[by:], *people[:by]]


def _holder(people: Sequence[str], place: int, week: int) -> str:
    """Return who stands at a place of the order in a week of the second version."""
    return people[(place + week) % TEAM]


def _monday(week: int) -> date:
    return VERSIONS[1] + timedelta(weeks=week)


def _organization() -> str:
    return "name: Benchmark\ntimezone: Europe/Berlin\npublish:\n  past: 1 day\n  future: 365 days\n"


def _severities() -> str:
    return "sev1:\n  name: Critical\n  criteria:\n    - Customers cannot pay\n  acknowledge-within: 5 minutes\n"


def _workload() -> str:
    return (
        "limits:\n  share:\n    primary:\n      warning: 60%\n      error: 70%\n    any:\n      warning: 100%\n"
        "  consecutive-days:\n    primary:\n      warning: 30\n    any:\n      warning: 200\n"
        "  rest:\n    primary:\n      warning: 11 hours\n  weekends:\n    any:\n      warning: 12 per 12 weeks\n"
        "  nights:\n    primary:\n      warning: 60 per 12 weeks\n"
    )


def _team(team: int, people: Sequence[str]) -> str:
    members = "".join(f"  - {person}\n" for person in people)
    return (
        f'name: Team {team}\nmembers:\n{members}lead: {people[0]}\napprovers:\n  - {people[0]}\nchannel: "#t{team}"\n'
    )


def _person(person: str, name: str, zone: str) -> str:
    return (
        f"name: {name} {person[1:]}\ntimezone: {zone}\nhandles:\n  slack: U{person[1:]}\n  github: {person}\n"
        f"contact:\n  email: {person}@example.org\ntrained:\n  on-call: 2025-03-03\n"
    )


def _head(schedule: str, team: int, zone: str) -> str:
    return f"name: Schedule {schedule[1:]}\nteam: t{team:04d}\ntimezone: {zone}\nroles:\n"


def _versions(people: Sequence[str], indent: str, during: str = "") -> str:
    lines: list[str] = []
    for start in VERSIONS:
        lines += [f"- from: {start}", "  every: 1 week", "  handoff: monday 09:00"]
        lines += [f"  during: {during}"] if during else []
        lines += ["  members:", *(f"    - {person}" for person in people)]
    return "".join(f"{indent}{line}\n" for line in lines)


def _weekly(k: int, schedule: str, team: int, zone: str, people: Sequence[str]) -> str:
    place = 2 * k if k < FOLLOWING else FOLLOWING + k
    text = _head(schedule, team, zone)
    text += "  primary:\n    coverage: 24x7\n    layers:\n      - id: weekly\n        versions:\n"
    text += _versions(_rotated(people, place), " " * 10)
    if k < FOLLOWING:
        text += "  secondary:\n    coverage: 24x7\n    follows: primary\n    turns-ahead: 1\n"
    shadow = _holder(people, 17, 0)
    return (
        f"{text}  shadow:\n    layers:\n      - id: training\n        from: 2026-02-02\n        until: 2026-04-27\n"
        f"        every: 1 week\n        handoff: monday 09:00\n        members: [{shadow}]\n"
    )


def _sun(schedule: str, team: int, zone: str, people: Sequence[str]) -> str:
    text = _head(schedule, team, zone) + "  primary:\n    coverage: 24x7\n    layers:\n"
    for layer, place, window in (("day", 16, "mon-sun 09:00-21:00"), ("night", 18, "mon-sun 21:00-09:00")):
        text += f"      - id: {layer}\n        versions:\n"
        text += _versions(_rotated(people, place), " " * 10, during=f"[{window}]")
    return text


def _service(schedule: str, team: int, zone: str, secondary: bool) -> str:
    needs = "    primary: 24x7\n" + ("    secondary: 24x7\n" if secondary else "")
    return (
        f"name: Service {schedule[1:]}\ndescription: What customers in {zone} use to pay\nteam: t{team:04d}\n"
        f"on-call:\n  schedule: {schedule}\n  needs:\n{needs}escalation: {schedule}\n"
        f"runbook: https://runbooks.example.org/{schedule}\n"
    )


def _escalation(schedule: str, team: int, last: str, secondary: bool) -> str:
    steps = f"  - notify:\n      - schedule: {schedule}\n        role: primary\n    wait: 5 minutes\n"
    if secondary:
        steps += f"  - notify:\n      - schedule: {schedule}\n        role: secondary\n    wait: 10 minutes\n"
    return f"steps:\n{steps}  - notify:\n      - team: t{team:04d}\nrepeat: 2\nlast-resort:\n  person: {last}\n"


def _overrides(schedule: str, people: Sequence[str]) -> str:
    text = ""
    for week in range(12, 48, 3):
        start = _monday(week) + timedelta(days=3)
        text += (
            f"- schedule: {schedule}\n  role: primary\n  from: {start} 09:00\n  until: {start} 21:00\n"
            f"  person: {_holder(people, 17, week)}\n  instead-of: {_holder(people, 16, week)}\n"
            "  reason: A day at the doctor\n"
        )
    return text


def _time_off(week: int) -> str:
    start = _monday(week) + timedelta(days=1)
    return f"- from: {start}\n  through: {start}\n  kind: vacation\n"


def write(count: int, folder: Path) -> tuple[int, int]:
    """Write the organisation into an empty folder; return how many files and bytes that were."""
    (folder / "incidents").mkdir(parents=True, exist_ok=True)
    number = size = 0
    for path, text in files(count):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        size += target.write_bytes(text.encode())
        number += 1
    return number, size


if __name__ == "__main__":
    print("{} files, {:,} bytes".format(*write(int(sys.argv[1]), Path(sys.argv[2]))))
