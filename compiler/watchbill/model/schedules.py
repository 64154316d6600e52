"""Builds on-call schedules, and the overrides and swaps that lie on top of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from watchbill.findings import Label, Place
from watchbill.model.notation import parse_date
from watchbill.model.notation.problem import shown
from watchbill.model.on_call import Follows, Layer, Member, Override, Role, Schedule, Swap, SwapSide
from watchbill.model.resolving import Body, Resolver
from watchbill.model.rotations import NOBODY, RotationReader
from watchbill.model.windows import WindowReader


class ScheduleReader:
    """Reads schedules. ``timezone`` is the organisation's, if it has one; ``unsure`` says that it could not be read."""

    def __init__(self, resolver: Resolver, windows: WindowReader, timezone: str | None, unsure: bool) -> None:
        self._resolver, self._windows = resolver, windows
        self._timezone = timezone or ("UTC" if unsure else None)
        self._alone: dict[str, Member] = {person: (person,) for person in resolver.usable("person")}

    def read(self, name: str, body: Body, place: Place) -> Schedule:
        """Return a schedule; what is wrong with it has been reported."""
        r = self._resolver
        r.reference("team", body["team"], place, "team")
        timezone = r.timezone(body, place) or self._timezone
        if timezone is None and "timezone" not in body:
            r.report(
                "missing-key",
                place,
                f"schedule `{name}` has no time zone, and the organisation has none",
                "add `timezone` here or in policies/organization.yaml",
            )
        rotations = RotationReader(r, self._windows, timezone or "UTC", self._alone)
        roles = tuple(
            self._role(role, role_body, place.at("roles", role), rotations) for role, role_body in body["roles"].items()
        )
        self._check_followers(body["roles"], place.at("roles"))
        return Schedule(
            id=name,
            place=place,
            name=str(body["name"]),
            team=body["team"],
            timezone=timezone or "UTC",
            roles=roles,
            distinct=self._distinct(name, body, place),
            description=str(body.get("description", "")),
        )

    def _role(self, name: str, body: Body, place: Place, rotations: RotationReader) -> Role:
        if name == NOBODY or name == "any":
            self._resolver.report(
                "reserved-id",
                Place(file=place.file, path=place.path, part="key"),
                f"`{name}` cannot be the id of a role",
                "choose another id",
            )
        if ("layers" in body) == ("follows" in body):
            both = "layers" in body
            self._resolver.report(
                "role-with-two-sources" if both else "role-without-source",
                place,
                f"role `{name}` has both `layers` and `follows`" if both else f"nothing fills role `{name}`",
                "keep one of them"
                if both
                else "add `layers`, or `follows` and the role it follows; `layers: []` leaves it empty on purpose",
            )
        return Role(
            id=name,
            place=place,
            coverage=self._windows.requirements(body["coverage"], place, "coverage") if "coverage" in body else (),
            layers=self._layers(body.get("layers", ()), place, rotations),
            follows=_follows(body, place) if "follows" in body else None,
            unstaffed=tuple(
                stretch
                for index, item in enumerate(body.get("unstaffed", ()))
                if (stretch := self._resolver.stretch(item, place.at("unstaffed", index)))
            ),
        )

    def _layers(self, bodies: Any, place: Place, rotations: RotationReader) -> tuple[Layer, ...]:
        layers: list[Layer] = []
        for index, body in enumerate(bodies):
            layer = rotations.layer(body, place.at("layers", index))
            twin = next((other for other in layers if other.id == layer.id), None)
            if twin is not None:
                self._resolver.report(
                    "duplicate-id",
                    layer.place.at("id"),
                    f"two layers of this role are called `{layer.id}`",
                    "rename one of them",
                    Label(place=twin.place.at("id"), text="the other layer"),
                )
            layers.append(layer)
        return tuple(layers)

    def _distinct(self, name: str, body: Body, place: Place) -> tuple[tuple[str, ...], ...]:
        if "distinct" not in body:
            return (("primary", "secondary"),)
        for index, group in enumerate(body["distinct"]):
            for position, role in enumerate(group):
                if role not in body["roles"]:
                    self._resolver.no_role(name, role, body["roles"], place.at("distinct", index, position))
        return tuple(tuple(group) for group in body["distinct"])

    def _check_followers(self, roles: Mapping[str, Body], place: Place) -> None:
        followed = {name: _followed(body) for name, body in roles.items() if "follows" in body}
        for name, role in followed.items():
            where = place.at(name, "follows")
            wrong = self._wrong_leader(name, role, list(roles), followed)
            if wrong is not None:
                self._resolver.report(wrong[0], where, f"role `{name}` follows {shown(role)}, {wrong[1]}", wrong[2])
            else:
                self._check_pinned(roles, name, role, where)

    def _wrong_leader(
        self, name: str, role: str, order: Sequence[str], followed: Mapping[str, str]
    ) -> tuple[str, str, str] | None:
        """Return why a role cannot follow another one: the rule, the rest of the sentence, and what to do."""
        if role not in order:
            others = [other for other in order if other != name]
            how = self._resolver.choose(role, others, "roles")
            return "follows-unknown-role", "which is no role of this schedule", how
        if _runs_into_itself(name, followed):
            return "follows-in-a-circle", f"which comes back to `{name}`", "give one of these roles `layers`"
        if role in followed:
            leader = followed[role]
            way_out = f"follow `{leader}` with more `turns-ahead`"
            return "follows-a-follower", f"which itself follows `{leader}`", way_out
        if order.index(role) > order.index(name):
            return "follows-a-later-role", "which stands after it", f"write `{role}` before `{name}`"
        return None

    def _check_pinned(self, roles: Mapping[str, Body], name: str, role: str, place: Place) -> None:
        source = roles[name]["follows"]
        if not isinstance(source, dict) or "layer" not in source:
            return
        layers = [layer["id"] for layer in roles[role].get("layers", ())]
        if source["layer"] not in layers:
            message = f"role `{role}` has no layer {shown(source['layer'])}"
            how = self._resolver.choose(source["layer"], layers, f"layers of `{role}`")
            self._resolver.report("unknown-reference", place.at("layer"), message, how)


def _follows(body: Body, place: Place) -> Follows:
    source = body["follows"]
    layer = source.get("layer") if isinstance(source, dict) else None
    return Follows(place=place.at("follows"), role=_followed(body), layer=layer, turns_ahead=body.get("turns-ahead", 1))


def _followed(body: Body) -> str:
    source = body["follows"]
    return str(source["role"] if isinstance(source, dict) else source)


def _runs_into_itself(name: str, followed: Mapping[str, str]) -> bool:
    seen, step = set[str](), name
    while step in followed and step not in seen:
        seen.add(step)
        step = followed[step]
    return step == name


class ChangeReader:
    """Reads overrides and swaps against the schedules they change."""

    def __init__(self, resolver: Resolver, schedules: Mapping[str, Schedule]) -> None:
        self._resolver, self._schedules = resolver, schedules

    def override(self, body: Body, place: Place) -> Override | None:
        """Return an override, or ``None`` if it cannot be understood."""
        r, before = self._resolver, self._resolver.troubles
        self.role(body, place)
        stretch = r.stretch(body, place)
        person = body["person"]
        if person != NOBODY:
            r.reference("person", person, place, "person")
        instead_of = r.optional("person", body, "instead-of", place)
        if instead_of is not None and instead_of == person:
            r.report(
                "wrong-value", place.at("instead-of"), f"`{person}` cannot stand in for `{person}`", "name two people"
            )
        if stretch is None or r.troubles > before:
            return None
        return Override(
            place=place,
            schedule=body["schedule"],
            role=body["role"],
            stretch=stretch,
            person=None if person == NOBODY else person,
            instead_of=instead_of,
            reason=str(body.get("reason", "")),
        )

    def swap(self, body: Body, place: Place) -> Swap | None:
        """Return a swap, or ``None`` if it cannot be understood."""
        r, before = self._resolver, self._resolver.troubles
        self.role(body, place)
        sides = []
        for person, text in body["between"].items():
            r.reference("person", person, place.key("between", person))
            day = r.value(parse_date, text, place, "between", person)
            if day is not None:
                sides.append(SwapSide(place=place.at("between", person), person=person, day=day))
        if r.troubles > before:
            return None
        return Swap(
            place=place,
            schedule=body["schedule"],
            role=body["role"],
            between=(sides[0], sides[1]),
            reason=str(body.get("reason", "")),
        )

    def role(self, body: Body, place: Place) -> bool:
        """Say whether ``schedule`` and ``role`` of a body exist; report what does not."""
        if not self._resolver.reference("schedule", body["schedule"], place, "schedule"):
            return False
        roles = {role.id: role for role in self._schedules[body["schedule"]].roles}
        if "role" in body and body["role"] not in roles:
            schedule = self._schedules[body["schedule"]]
            label = Label(place=schedule.place.key("roles"), text="the roles of the schedule")
            self._resolver.no_role(schedule.id, body["role"], roles, place.at("role"), label)
            return False
        return True
