"""Builds incidents and pages."""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.findings import Label, Place
from watchbill.model.incidents import ActionItem, Actor, Alert, Impact, Incident, LogEntry, Page, Review
from watchbill.model.resolving import Body, Resolver
from watchbill.model.responsibilities import ResponsibilityReader

_NEEDED = {
    "role": ("role", "person"),
    "update": ("audience",),
    "severity": ("severity",),
    "escalated": ("to",),
    "transferred": ("to",),
}


def incident(r: Resolver, duties: ResponsibilityReader, name: str, body: Body, place: Place) -> Incident:
    """Return an incident; what is wrong with it has been reported."""
    r.reference("severity", body["severity"], place, "severity")
    return Incident(
        id=name,
        place=place,
        year=int(place.file.split("/")[1]),
        title=str(body["title"]),
        severity=body["severity"],
        services=r.references("service", body.get("services", ()), place, "services"),
        impact=_impact(r, body["impact"], place.at("impact")) if "impact" in body else None,
        alert=_alert(r, body["alert"], place.at("alert")) if "alert" in body else None,
        log=tuple(
            entry
            for index, item in enumerate(body.get("log", ()))
            if (entry := _entry(r, duties, item, place.at("log", index)))
        ),
        review=_review(r, body["review"], place.at("review")) if "review" in body else None,
        actions=_actions(r, body.get("actions", ()), place.at("actions")),
    )


def _impact(r: Resolver, body: Body, place: Place) -> Impact:
    start, end = r.instant(body, "from", place), r.instant(body, "until", place)
    if start is not None and end is not None and end <= start:
        r.report(
            "ends-before-it-starts",
            place.at("until"),
            "the impact ends before it starts",
            "exchange `from` and `until`, or correct one",
        )
    return Impact(
        place=place, summary=str(body.get("summary", "")), customers=body.get("customers"), start=start, end=end
    )


def _alert(r: Resolver, body: Body, place: Place) -> Alert:
    return Alert(
        place=place,
        source=str(body.get("source", "")),
        at=r.instant(body, "at", place),
        name=str(body.get("name", "")),
        actionable=body.get("actionable"),
        findings=str(body.get("findings", "")),
    )


def _entry(r: Resolver, duties: ResponsibilityReader, body: Body, place: Place) -> LogEntry | None:
    event = body["event"]
    for key in _NEEDED.get(event, ()):
        if key not in body:
            r.report("missing-key", place, f"a log entry `{event}` lacks the key `{key}`", f"add `{key}`")
    at = r.instant(body, "at", place)
    if at is None:
        return None
    return LogEntry(
        place=place,
        at=at,
        event=event,
        by=_actor(r, body, place),
        to=duties.target(body["to"], place.at("to")) if "to" in body else None,
        severity=r.optional("severity", body, "severity", place),
        role=r.optional("incident-role", body, "role", place),
        person=r.optional("person", body, "person", place),
        audience=body.get("audience"),
        text=str(body.get("text", "")),
    )


def _actor(r: Resolver, body: Body, place: Place) -> Actor | None:
    by = body.get("by")
    if isinstance(by, dict):
        return Actor(system=str(by["system"]))
    return Actor(person=by) if by is not None and r.reference("person", by, place, "by") else None


def _review(r: Resolver, body: Body, place: Place) -> Review:
    texts = {
        key: tuple(str(text) for text in body.get(key, ()))
        for key in ("contributing-factors", "went-well", "went-badly", "lucky")
    }
    return Review(
        place=place,
        status=body.get("status", "draft"),
        owner=r.optional("person", body, "owner", place),
        held=r.date(body, "held", place),
        contributing_factors=texts["contributing-factors"],
        went_well=texts["went-well"],
        went_badly=texts["went-badly"],
        lucky=texts["lucky"],
    )


def _actions(r: Resolver, bodies: Sequence[Body], place: Place) -> tuple[ActionItem, ...]:
    seen: dict[str, Place] = {}
    found: list[ActionItem] = []
    for index, body in enumerate(bodies):
        where = place.at(index)
        if body["id"] in seen:
            label = Label(place=seen[body["id"]], text="the other action")
            r.report(
                "duplicate-id", where.at("id"), f"two actions are called `{body['id']}`", "rename one of them", label
            )
        seen[body["id"]] = where.at("id")
        found.append(
            ActionItem(
                place=where,
                id=body["id"],
                text=str(body["text"]),
                kind=body.get("kind", ""),
                owner=r.optional("person", body, "owner", where),
                due=r.date(body, "due", where),
                done=r.date(body, "done", where),
                dropped=r.date(body, "dropped", where),
                ticket=r.url(body, "ticket", where),
            )
        )
    return tuple(found)


def page(r: Resolver, body: Body, place: Place) -> Page | None:
    """Return a page, or ``None`` if it cannot be understood."""
    before = r.troubles
    at = r.instant(body, "at", place)
    r.reference("service", body["service"], place, "service")
    r.reference("person", body["person"], place, "person")
    incident_id = r.optional("incident", body, "incident", place)
    if at is None or r.troubles > before:
        return None
    return Page(
        place=place,
        at=at,
        service=body["service"],
        person=body["person"],
        alert=str(body.get("alert", "")),
        outcome=body.get("outcome", "unknown"),
        actionable=body.get("actionable"),
        minutes=body.get("minutes"),
        incident=incident_id,
    )
