"""Builds layers and their versions, with everything a version inherits filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from watchbill.findings import Label, Place
from watchbill.model.notation import WrongPoint, parse_handoffs, parse_moment, parse_period
from watchbill.model.notation.problem import shown
from watchbill.model.on_call import ExplicitTurn, Layer, Member, Version
from watchbill.model.resolving import Body, Resolver, same_clock, wall
from watchbill.model.time_values import HandoffPoint, Moment, Period, Window
from watchbill.model.windows import WindowReader

NOBODY = "nobody"
_Inherited = dict[str, tuple[Any, Place]]
"""What holds in a version, by key: the value, and the version or layer it stands in."""
_NO_PLACE = Place(file="")
_INHERITED = ("every", "handoff", "during", "timezone", "when-away", "members")


class RotationReader:
    """Reads the layers of one schedule, whose zone is given; ``alone`` holds everybody who can be a member, as one."""

    def __init__(self, resolver: Resolver, windows: WindowReader, timezone: str, alone: Mapping[str, Member]) -> None:
        self._resolver, self._windows, self._timezone, self._alone = resolver, windows, timezone, alone

    def layer(self, body: Body, place: Place) -> Layer:
        """Return a layer; what is wrong with it has been reported."""
        inherited: _Inherited = {}
        if "versions" in body:
            self._misplaced(body, place)
            inherited = _inherit(inherited, body, place)
            bodies = [(item, place.at("versions", index)) for index, item in enumerate(body["versions"])]
        else:
            bodies = [(body, place)]
        versions: list[Version] = []
        for item, where in bodies:
            inherited = _inherit(inherited, item, where)
            version = self._version(item, where, inherited)
            if version is not None:
                self._in_order(versions, version)
                versions.append(version)
        until = self._resolver.value(parse_moment, body["until"], place, "until") if "until" in body else None
        if until is not None and versions and _ends_before(until, versions[0].start):
            self._resolver.report(
                "ends-before-it-starts",
                place.at("until"),
                f"the layer ends on {until.day} before it starts on {versions[0].start}",
                "correct `until`, or take the layer out",
            )
        zone = self._zone(body, place)
        return Layer(id=body["id"], place=place, timezone=zone, versions=tuple(versions), until=until)

    def _misplaced(self, body: Body, place: Place) -> None:
        for key in ("from", "turns"):
            if key in body:
                self._resolver.report(
                    "unknown-key",
                    place.key(key),
                    f"`{key}` stands beside `versions`",
                    f"move `{key}` into the version it belongs to",
                )

    def _in_order(self, versions: Sequence[Version], version: Version) -> None:
        if versions and version.start <= versions[-1].start:
            self._resolver.report(
                "versions-out-of-order",
                version.place.at("from"),
                f"this version starts on {version.start}, not after the one before it ({versions[-1].start})",
                "write the versions in the order of their dates, each date once",
                Label(place=versions[-1].place.at("from"), text="the version before it"),
            )

    def _zone(self, body: Body, place: Place) -> str:
        return self._resolver.timezone(body, place) or self._timezone

    def _inherited_zone(self, inherited: _Inherited) -> str:
        text, place = inherited.get("timezone", (None, _NO_PLACE))
        return self._timezone if text is None else self._zone({"timezone": text}, place)

    def _version(self, body: Body, place: Place, inherited: _Inherited) -> Version | None:
        turns = self._turns(body["turns"], place.at("turns")) if "turns" in body else ()
        start = self._start(body, place, turns)
        members_body, members_place = inherited.get("members", (None, place))
        if "turns" in body and "members" in body:
            self._resolver.report(
                "wrong-value", place.key("turns"), "a version has either `members` or `turns`", "take one of them out"
            )
        members: tuple[Member, ...] = ()
        every: Period | None = None
        handoff: tuple[HandoffPoint, ...] = ()
        if "turns" not in body:
            members = self._members(members_body, members_place, place)
            every, handoff = self._rhythm(inherited, place)
        if start is None:
            return None
        return Version(
            place=place,
            order_place=place.at("turns") if "turns" in body else members_place.at("members"),
            start=start,
            timezone=self._inherited_zone(inherited),
            when_away=inherited["when-away"][0] if "when-away" in inherited else "cover",
            every=every,
            handoff=handoff,
            during=self._during(inherited),
            members=members,
            turns=turns,
        )

    def _start(self, body: Body, place: Place, turns: Sequence[ExplicitTurn]) -> date | None:
        if "from" in body:
            return self._resolver.date(body, "from", place)
        if turns:
            return turns[0].start.day
        if "turns" not in body:
            self._resolver.report(
                "missing-key",
                place,
                "nothing says from when this rotation holds",
                "add `from`, such as `from: 2026-01-05`",
            )
        return None

    def _rhythm(self, inherited: _Inherited, place: Place) -> tuple[Period | None, tuple[HandoffPoint, ...]]:
        for key, how in (("every", "every: 1 week"), ("handoff", "handoff: monday 09:00")):
            if key not in inherited:
                self._resolver.report(
                    "missing-key", place, f"this rotation lacks the key `{key}`", f"add `{key}`, such as `{how}`"
                )
        if "every" not in inherited:
            return None, ()
        text, where = inherited["every"]
        every = self._resolver.value(parse_period, text, where, "every")
        if every is None or "handoff" not in inherited:
            return every, ()
        texts, where = inherited["handoff"]
        result = parse_handoffs(tuple(texts) if isinstance(texts, list) else (texts,), every.unit)
        if isinstance(result, WrongPoint):
            self._resolver.wrong(result.problem, where, "handoff", *([result.index] if isinstance(texts, list) else []))
            return every, ()
        return every, result

    def _during(self, inherited: _Inherited) -> Window | None:
        if "during" not in inherited:
            return None
        body, place = inherited["during"]
        return self._windows.read(body, place, "during")

    def _members(self, body: Any, where: Place, place: Place) -> tuple[Member, ...]:
        if body is None:
            self._resolver.report(
                "rotation-without-members",
                place,
                "this rotation has no members",
                "add `members` with at least one person",
            )
            return ()
        try:
            # Nearly always everybody is named alone and known.
            return tuple(map(self._alone.__getitem__, body))
        except (KeyError, TypeError):
            return self._single_members(body, where)

    def _single_members(self, body: Sequence[Any], where: Place) -> tuple[Member, ...]:
        """Return members among whom are people together, or somebody unknown."""
        if NOBODY in body:
            self._resolver.report(
                "wrong-value",
                where.at("members", body.index(NOBODY)),
                "`nobody` cannot be a member of a rotation",
                "list dated `turns` instead, or use an override",
            )
            return ()
        found = [self._member(item, where, "members", index) for index, item in enumerate(body)]
        return tuple(member for member in found if member)

    def _member(self, body: Any, place: Place, *steps: str | int) -> Member:
        if isinstance(body, str):
            return (body,) if self._resolver.reference("person", body, place, *steps) else ()
        return self._resolver.references("person", body["together"], place, *steps, "together")

    def _turns(self, bodies: Sequence[Body], place: Place) -> tuple[ExplicitTurn, ...]:
        turns: list[ExplicitTurn] = []
        for index, body in enumerate(bodies):
            where = place.at(index)
            start = self._resolver.value(parse_moment, body["from"], where, "from")
            member = self._turn_member(body, where)
            if start is None:
                continue
            if turns and not _later(start, turns[-1].start):
                self._resolver.report(
                    "turns-out-of-order",
                    where.at("from"),
                    f"this turn starts at {shown(body['from'])}, not after the one before it",
                    "write the turns in the order of their starts",
                    Label(place=turns[-1].place.at("from"), text="the turn before it"),
                )
            turns.append(ExplicitTurn(place=where, start=start, member=member))
        return tuple(turns)

    def _turn_member(self, body: Body, place: Place) -> Member:
        if ("person" in body) == ("together" in body):
            self._resolver.report(
                "missing-key",
                place,
                "a turn belongs to one `person`, or to people `together`",
                "add `person`, such as `person: ada`",
            )
            return ()
        if "together" in body:
            return self._resolver.references("person", body["together"], place, "together")
        if body["person"] == NOBODY:
            return ()
        return self._member(body["person"], place, "person")


def _ends_before(until: Moment, start: date) -> bool:
    """Say whether a layer ends before the day on which it starts; with a time of day it may end on that day."""
    return until.day < start or (until.day == start and until.seconds is None)


def _later(a: Moment, b: Moment) -> bool:
    return wall(a) - (a.offset or 0) > wall(b) - (b.offset or 0) if same_clock(a, b) else True


def _inherit(inherited: _Inherited, body: Body, place: Place) -> _Inherited:
    """Return what holds in a version: its own keys, else those of the version (or layer) before it."""
    result = inherited.copy()
    for key in _INHERITED:
        if key in body:
            result[key] = (body[key], place)
    if "turns" in body:
        result.pop("members", None)
    return result
