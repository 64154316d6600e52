"""Writes drawn models (``random_schedules.py``) as the files that a team would have written, in block style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from watchbill.model.on_call import Holidays, Layer, Override, Requirement, Role, Schedule, Swap, TimeOff, Version
from watchbill.model.people import Person
from watchbill.model.time_values import DatedStretch, HandoffPoint, Moment, Span, Window

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
Data = dict[str, Any]


class _Plain(yaml.SafeDumper):
    """Writes what is named twice twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def text_of(data: object) -> str:
    """Return plain data as YAML."""
    return str(yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True))


def clock(seconds: int) -> str:
    """Return seconds of the clock face as a time."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def moment(value: Moment) -> str:
    """Return a day, a local time or an instant as it is written."""
    if value.seconds is None:
        return str(value.day)
    if value.offset is None:
        return f"{value.day} {clock(value.seconds)}"
    return f"{value.day}T{clock(value.seconds)}:00+{clock(value.offset)}"


def stretch(value: DatedStretch) -> Data:
    """Return the keys of a dated stretch."""
    end = {"through": str(value.through)} if value.through else {"until": moment(value.until)}  # type: ignore[arg-type]
    return {"from": moment(value.start), **end}


def span(value: Span) -> str:
    """Return a weekly span."""
    last = DAYS[(value.weekday + value.days) % 7]
    return f"{DAYS[value.weekday]} {clock(value.start)} - {last} {clock(value.end)}"


def window(value: Window) -> object:
    """Return a window as an inline list, or as ``24x7``."""
    parts: list[object] = []
    for part in value.parts:
        if part.spans is None:
            return "24x7"
        spans = [span(one) for one in part.spans]
        limits = {"except": part.except_days, "on": part.only_days}
        named = {key: f"holidays/{name}" for key, name in limits.items() if name}
        parts += [{"days": one, **named} for one in spans] if named else spans
    return parts


def point(value: HandoffPoint) -> str:
    """Return a handoff point."""
    at = clock(value.seconds)
    if value.day is not None:
        return f"day {value.day} {at}"
    if value.weekday is None:
        return at
    weekday = f"{DAYS[value.weekday]} {at}"
    return weekday if value.nth is None else f"{NTH[value.nth]} {weekday}"


def version(value: Version) -> Data:
    """Return a version of a layer."""
    data: Data = {"from": str(value.start), "timezone": value.timezone, "when-away": value.when_away}
    if value.turns:
        return {**data, "turns": [{"from": moment(turn.start), **_whose(turn.member)} for turn in value.turns]}
    assert value.every is not None
    data["every"] = f"{value.every.count} {value.every.unit[: -1 if value.every.count == 1 else None]}"
    points = [point(one) for one in value.handoff]
    data["handoff"] = points[0] if len(points) == 1 else points
    if value.during is not None:
        data["during"] = window(value.during)
    data["members"] = [member[0] if len(member) == 1 else {"together": list(member)} for member in value.members]
    return data


def _whose(member: tuple[str, ...]) -> Data:
    if len(member) > 1:
        return {"together": list(member)}
    return {"person": member[0] if member else "nobody"}


def layer(value: Layer) -> Data:
    """Return a layer."""
    data: Data = {"id": value.id, "timezone": value.timezone}
    if value.until is not None:
        data["until"] = moment(value.until)
    return {**data, "versions": [version(one) for one in value.versions]}


def requirement(value: Requirement) -> Data:
    """Return a coverage."""
    return {"window": window(value.window), "responders": value.responders}


def role(value: Role) -> Data:
    """Return a role."""
    data: Data = {"coverage": [requirement(one) for one in value.coverage]} if value.coverage else {}
    if value.follows is None:
        return {**data, "layers": [layer(one) for one in value.layers]}
    followed = {"role": value.follows.role, **({"layer": value.follows.layer} if value.follows.layer else {})}
    return {**data, "follows": followed, "turns-ahead": value.follows.turns_ahead}


def schedule(value: Schedule) -> Data:
    """Return a schedule."""
    return {
        "name": value.name,
        "team": value.team,
        "timezone": value.timezone,
        "roles": {one.id: role(one) for one in value.roles},
        "distinct": [list(roles) for roles in value.distinct],
    }


def person(value: Person) -> Data:
    """Return a person, as far as rosters depend on it."""
    data: Data = {"name": value.name}
    if value.timezone:
        data["timezone"] = value.timezone
    dates = {"joined": value.joined, "left": value.left}
    return {**data, **{key: str(day) for key, day in dates.items() if day}}


def override(value: Override) -> Data:
    """Return an override."""
    data: Data = {"schedule": value.schedule, "role": value.role, **stretch(value.stretch)}
    data["person"] = value.person or "nobody"
    return {**data, "instead-of": value.instead_of} if value.instead_of else data


def swap(value: Swap) -> Data:
    """Return a swap."""
    between = {side.person: str(side.day) for side in value.between}
    return {"schedule": value.schedule, "role": value.role, "between": between}


def time_off(value: TimeOff) -> Data:
    """Return a time off."""
    data: Data = {**stretch(value.stretch), "kind": value.kind}
    return {**data, "unplanned": True} if value.unplanned else data


def holidays(value: Holidays) -> list[Data]:
    """Return a holidays file."""
    return [{"from": str(day.start), "through": str(day.through)} for day in value.days]


def by_person(listed: tuple[TimeOff, ...]) -> Mapping[str, list[Data]]:
    """Return the time off of each person."""
    found: dict[str, list[Data]] = {}
    for one in listed:
        found.setdefault(one.person, []).append(time_off(one))
    return found
