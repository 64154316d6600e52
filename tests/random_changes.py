"""Strategies that draw a small repository of rosters and an edit of it: a base and a head, as files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

PEOPLE = ("ada", "grace", "linus", "emmy", "alan")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
MONDAY = date(2026, 10, 19)
"""A week before the clocks go back in Berlin, two before New York: the horizon of the tests lies around both."""

NOW = 1_792_742_400
"""23 October 2026 08:00 UTC."""

HORIZON = (NOW - 6 * 86_400, NOW + 16 * 86_400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A role with one layer. ``handoff`` is an hour of the day, every day or each Monday."""

    members: tuple[tuple[str, ...], ...]
    daily: bool = False
    handoff: int = 9
    during: bool = False
    when_away: str = "cover"
    coverage: bool = True
    start: date = date(2026, 9, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rosters:
    """What a repository says: rotations by schedule and role, who follows, overrides and time off."""

    rotations: dict[str, Rotation]
    zone: str = "Europe/Berlin"
    secondary: bool = False
    overrides: tuple[tuple[str, int, int, str], ...] = ()
    time_off: tuple[tuple[str, int, int], ...] = ()
    wishes: tuple[tuple[str, int, int], ...] = field(default=())

    def files(self) -> dict[str, str]:
        """Return the files. Everything is written as JSON, which is YAML."""
        files: dict[str, object] = {
            "policies/organization.yaml": {"name": "Example", "timezone": "Europe/Berlin"},
            "schedules/people.yaml": {
                person: {"name": person.title(), **({"timezone": self.zone} if person == "ada" else {})}
                for person in PEOPLE
            },
            "schedules/teams.yaml": {"crew": {"name": "Crew", "members": list(PEOPLE)}},
        }
        for name, rotation in self.rotations.items():
            files[f"schedules/on-call/{name}.yaml"] = self._schedule(name, rotation)
        for person in PEOPLE:
            entries = [
                {"from": str(_day(first)), "through": str(_day(first + length)), "kind": kind}
                for kind, listed in (("vacation", self.time_off), ("prefer-not", self.wishes))
                for who, first, length in listed
                if who == person
            ]
            if entries:
                files[f"schedules/time-off/{person}.yaml"] = entries
        if self.overrides:
            files["schedules/overrides/all.yaml"] = [
                {
                    "schedule": schedule,
                    "role": "primary",
                    "from": f"{_day(hour // 24)} {hour % 24:02}:00",
                    "until": f"{_day((hour + length) // 24)} {(hour + length) % 24:02}:00",
                    "person": person,
                }
                for schedule, hour, length, person in self.overrides
                if schedule in self.rotations
            ]
        return {path: json.dumps(data, indent=1) + "\n" for path, data in files.items()}

    def _schedule(self, name: str, rotation: Rotation) -> object:
        layer: dict[str, object] = {
            "id": "main",
            "from": str(rotation.start),
            "every": "1 day" if rotation.daily else "1 week",
            "handoff": f"{rotation.handoff:02}:00" if rotation.daily else f"monday {rotation.handoff:02}:00",
            "when-away": rotation.when_away,
            "members": [seats[0] if len(seats) == 1 else {"together": list(seats)} for seats in rotation.members],
        }
        if rotation.during:
            layer["during"] = ["mon-fri 09:00-17:00"]
        primary: dict[str, object] = {"layers": [layer]}
        if rotation.coverage:
            primary["coverage"] = "24x7"
        roles: dict[str, object] = {"primary": primary}
        if self.secondary:
            roles["secondary"] = {"coverage": "24x7", "follows": "primary", "turns-ahead": 1}
        return {"name": name.title(), "team": "crew", "timezone": self.zone, "roles": roles}


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


_members = st.lists(
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True).map(tuple), min_size=1, max_size=4
).map(tuple)
_rotations = st.builds(
    Rotation,
    members=_members,
    daily=st.booleans(),
    handoff=st.sampled_from([0, 2, 9, 18]),
    during=st.booleans(),
    when_away=st.sampled_from(["cover", "advance", "swap", "leave-gap"]),
    coverage=st.sampled_from([True, True, False]),
)
_overrides = st.tuples(
    st.sampled_from(["ops", "search"]), st.integers(0, 400), st.integers(1, 60), st.sampled_from([*PEOPLE, "nobody"])
)
_absences = st.tuples(st.sampled_from(PEOPLE), st.integers(-2, 18), st.integers(0, 8))


@st.composite
def rosters(draw: st.DrawFn) -> Rosters:
    """Draw a repository with one or two schedules."""
    names = draw(st.sampled_from([("ops",), ("ops", "search")]))
    return Rosters(
        rotations={name: draw(_rotations) for name in names},
        zone=draw(st.sampled_from(ZONES)),
        secondary=draw(st.booleans()),
        overrides=tuple(draw(st.lists(_overrides, max_size=1))),
        time_off=tuple(draw(st.lists(_absences, max_size=2))),
        wishes=tuple(draw(st.lists(_absences, max_size=1))),
    )


@st.composite
def edits(draw: st.DrawFn, before: Rosters) -> Rosters:
    """Draw an edit of a repository, as people make them; now and then another repository altogether."""
    kind = draw(st.sampled_from(["rotation", "override", "time off", "zone", "secondary", "schedule", "all"]))
    if kind == "rotation":
        name = draw(st.sampled_from(sorted(before.rotations)))
        old, new = before.rotations[name], draw(_rotations)
        part = draw(st.sampled_from(["members", "handoff", "when_away", "daily", "coverage"]))
        changed = replace(old, **{part: getattr(new, part)})
        return replace(before, rotations={**before.rotations, name: changed})
    if kind == "override":
        return replace(before, overrides=tuple(draw(st.lists(_overrides, max_size=2))))
    if kind == "time off":
        return replace(before, time_off=tuple(draw(st.lists(_absences, max_size=2))))
    if kind == "zone":
        return replace(before, zone=draw(st.sampled_from(ZONES)))
    if kind == "secondary":
        return replace(before, secondary=not before.secondary)
    if kind == "schedule":
        rotations = {"ops": before.rotations["ops"]}
        return replace(
            before, rotations=rotations if "search" in before.rotations else {**rotations, "search": draw(_rotations)}
        )
    return draw(rosters())
