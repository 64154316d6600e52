"""Builds people, teams, time off and holidays."""

from __future__ import annotations

from watchbill.findings import Place
from watchbill.model.notation import parse_country, parse_date, parse_share
from watchbill.model.notation.problem import shown
from watchbill.model.on_call import HolidayDay, TimeOff
from watchbill.model.people import Limits, Person, Team
from watchbill.model.resolving import Body, Resolver

_NO_LIMITS = Limits()


def person(r: Resolver, name: str, body: Body, place: Place) -> Person:
    """Return a person; what is wrong has been reported."""
    joined, left = r.date(body, "joined", place), r.date(body, "left", place)
    if joined and left and left < joined:
        r.report(
            "ends-before-it-starts",
            place.at("left"),
            f"`{name}` left on {left}, before joining on {joined}",
            "correct one of the dates",
        )
    return Person(
        id=name,
        place=place,
        name=str(body["name"]),
        timezone=r.timezone(body, place),
        holidays=_holidays(r, body, place),
        handles={system: str(handle) for system, handle in body.get("handles", {}).items()},
        contact=dict(body.get("contact", {})),
        limits=_limits(r, body["limits"], place.at("limits")) if "limits" in body else _NO_LIMITS,
        trained={
            skill: day
            for skill, text in body.get("trained", {}).items()
            if (day := r.value(parse_date, text, place, "trained", skill))
        },
        joined=joined,
        left=left,
        location=body.get("location"),
    )


def _holidays(r: Resolver, body: Body, place: Place) -> str | None:
    if "holidays" not in body:
        return None
    text: str = body["holidays"]
    if text.startswith("holidays/"):
        return text if r.reference("holidays", text.removeprefix("holidays/"), place, "holidays") else None
    return r.value(parse_country, text, place, "holidays")


def _limits(r: Resolver, body: Body, place: Place) -> Limits:
    shares = {role: r.value(parse_share, text, place, "share", role) for role, text in body.get("share", {}).items()}
    return Limits(
        no_nights=body.get("no-nights", False),
        no_weekends=body.get("no-weekends", False),
        share={role: share for role, share in shares.items() if share is not None},
    )


def team(r: Resolver, name: str, body: Body, place: Place) -> Team:
    """Return a team; people who do not exist have been reported and are left out."""
    return Team(
        id=name,
        place=place,
        name=str(body["name"]),
        members=r.references("person", body.get("members", ()), place, "members"),
        lead=r.optional("person", body, "lead", place),
        approvers=r.references("person", body.get("approvers", ()), place, "approvers"),
        channel=str(body.get("channel", "")),
    )


def time_off(r: Resolver, name: str, body: Body, place: Place) -> TimeOff | None:
    """Return one entry of a person's time off, or ``None`` if it cannot be understood."""
    before = r.troubles
    stretch = r.stretch(body, place, days=True)
    if stretch is None or r.troubles > before:
        return None
    return TimeOff(
        place=place,
        person=name,
        stretch=stretch,
        kind=body.get("kind", "vacation"),
        unplanned=body.get("unplanned", False),
    )


def holiday(r: Resolver, body: Body, place: Place) -> HolidayDay | None:
    """Return one entry of a holidays file, or ``None`` if it cannot be understood."""
    start = r.date(body, "from", place)
    through = r.date(body, "through", place) if "through" in body else start
    if start is None or through is None:
        return None
    if through < start:
        r.report(
            "ends-before-it-starts",
            place.at("through"),
            f"{shown(body['through'])} is before {shown(body['from'])}",
            "exchange them, or correct one",
        )
        return None
    return HolidayDay(place=place, start=start, through=through, name=str(body.get("name", "")))
