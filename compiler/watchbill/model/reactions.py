"""Builds severities, incident roles, communication, workload, compensation and providers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from watchbill.findings import Place
from watchbill.model.notation import Problem, parse_duration, parse_frequency, parse_rate, parse_share
from watchbill.model.notation.problem import shown
from watchbill.model.on_call import Schedule
from watchbill.model.providers import Provider
from watchbill.model.pruning import whole_entries
from watchbill.model.repository import Model
from watchbill.model.resolving import Body, Resolver
from watchbill.model.response import Audience, Communication, IncidentRole, Severity, UpdateRhythm
from watchbill.model.responsibilities import ResponsibilityReader
from watchbill.model.time_values import Window
from watchbill.model.windows import WindowReader
from watchbill.model.workload import (
    NIGHT,
    WEEKEND,
    WORKING_HOURS,
    Compensation,
    Hour,
    Measure,
    PayRule,
    Threshold,
    WorkingTime,
    WorkLimit,
    Workload,
)

_HOURS: tuple[Hour, ...] = ("weekday", "night", "weekend", "holiday")
_MEASURES: tuple[Measure, ...] = ("share", "consecutive-days", "rest", "weekends", "nights", "holidays")
ANY = "any"


def severity(r: Resolver, duties: ResponsibilityReader, name: str, body: Body, place: Place) -> Severity:
    """Return a severity; what is wrong with it has been reported."""
    review, actions, authority = body.get("review", {}), body.get("actions", {}), body.get("authority", {})
    roles = {role: texts for role, texts in authority.items() if role != "executive-after"}
    for role in roles:
        r.reference("incident-role", role, place.key("authority", role))
    return Severity(
        id=name,
        place=place,
        name=str(body["name"]),
        criteria=_texts(body, "criteria"),
        acknowledge_within=r.duration(body, "acknowledge-within", place),
        declare=body.get("declare", False),
        incident_roles=r.references("incident-role", body.get("incident-roles", ()), place, "incident-roles"),
        page=duties.target(body["page"], place.at("page")) if "page" in body else None,
        updates={
            audience: UpdateRhythm(
                place=place.at("updates", audience),
                first=r.duration(rhythm, "first", place.at("updates", audience)),
                every=r.duration(rhythm, "every", place.at("updates", audience)),
            )
            for audience, rhythm in body.get("updates", {}).items()
        },
        authority={role: tuple(str(text) for text in texts) for role, texts in roles.items()},
        executive_after=r.duration(authority, "executive-after", place.at("authority")),
        review_required=review.get("required", False),
        review_within=r.duration(review, "within", place.at("review")),
        actions_within=r.duration(actions, "within", place.at("actions")),
    )


def _texts(body: Body, key: str) -> tuple[str, ...]:
    return tuple(str(text) for text in body.get(key, ()))


def incident_role(r: Resolver, name: str, body: Body, place: Place) -> IncidentRole:
    """Return an incident role; what is wrong with it has been reported."""
    for key in ("exclusive-with", "may-combine"):
        for index, other in enumerate(body.get(key, ())):
            if not r.exists("incident-role", other):
                r.unknown("incident-role", other, place.at(key, index))
    return IncidentRole(
        id=name,
        place=place,
        name=str(body["name"]),
        duties=_texts(body, "duties"),
        schedule=r.optional("schedule", body, "schedule", place),
        exclusive_with=tuple(body.get("exclusive-with", ())),
        may_combine=tuple(body.get("may-combine", ())),
    )


def communication(r: Resolver, body: Body, place: Place) -> Communication:
    """Return how incidents are communicated."""
    return Communication(
        channel=str(body.get("channel", "")),
        bridge=r.url(body, "bridge", place),
        audiences={
            name: Audience(
                id=name,
                place=place.at("audiences", name),
                to=_texts(item, "to"),
                template=str(item.get("template", "")),
            )
            for name, item in body.get("audiences", {}).items()
        },
    )


def workload(windows: WindowReader, r: Resolver, body: Body, place: Place) -> Workload:
    """Return the limits of workload as written, and what counts as a night, a weekend and working hours."""

    def window(key: str, default: Window) -> Window:
        return (windows.read(body[key], place, key) or default) if key in body else default

    return Workload(
        profile=body.get("profile"),
        limits=tuple(_limits(r, body.get("limits", {}), place.at("limits"))),
        weights={hour: Fraction(str(weight)) for hour, weight in body.get("weights", {}).items()},
        night=window("night", NIGHT),
        weekend=window("weekend", WEEKEND),
        working_hours=window("working-hours", WORKING_HOURS),
        working_time=_working_time(r, body["working-time"], place.at("working-time"))
        if "working-time" in body
        else None,
    )


def _working_time(r: Resolver, body: Body, place: Place) -> WorkingTime:
    factor = r.value(parse_share, body["standby-factor"], place, "standby-factor") if "standby-factor" in body else None
    whole = WorkingTime(place=place, preset=body["preset"])
    return whole if factor is None else replace(whole, standby_factor=factor)


def _limits(r: Resolver, body: Body, place: Place) -> Iterator[WorkLimit]:
    for measure in _MEASURES:
        for role, levels in body.get(measure, {}).items():
            where = place.at(measure, role)
            found = {level: _threshold(r, measure, text, where.at(level)) for level, text in levels.items()}
            yield WorkLimit(
                place=where, measure=measure, role=role, warning=found.get("warning"), error=found.get("error")
            )


def _threshold(r: Resolver, measure: Measure, value: Any, place: Place) -> Threshold | None:
    threshold = _read_threshold(r, measure, value, place)
    if threshold is not None and threshold.value == 0:
        r.report(
            "wrong-value",
            place,
            f"{shown(value)} is no limit: any work at all would be beyond it",
            "write the least that is too much, or take the line out",
        )
        return None
    return threshold


def _read_threshold(r: Resolver, measure: Measure, value: Any, place: Place) -> Threshold | None:
    if isinstance(value, int):
        return Threshold(place=place, value=Fraction(value))
    if measure in ("share", "rest"):
        amount = r.value(parse_share if measure == "share" else _seconds, value, place)
        return None if amount is None else Threshold(place=place, value=amount)
    frequency = r.value(parse_frequency, value, place)
    return None if frequency is None else Threshold(place=place, value=Fraction(frequency[0]), per_weeks=frequency[1])


def _seconds(text: str) -> Fraction | Problem:
    seconds = parse_duration(text)
    return seconds if isinstance(seconds, Problem) else Fraction(seconds)


def compensation(r: Resolver, body: Body, place: Place) -> Compensation:
    """Return what on-call work is paid."""
    rules: list[PayRule] = []
    for index, item in whole_entries(body, "rules"):
        where = place.at("rules", index)
        rates = {
            hour: rate for hour in _HOURS if hour in item and (rate := r.value(parse_rate, item[hour], where, hour))
        }
        rules.append(
            PayRule(
                place=where,
                location=item.get("location"),
                role=item.get("role"),
                rates=rates,
                code=str(item.get("code", "")),
            )
        )
    return Compensation(rules=tuple(rules), parallel=body.get("parallel", "highest"))


def provider(r: Resolver, schedules: Mapping[str, Schedule], name: str, body: Body, place: Place) -> Provider:
    """Return the settings of a pager service; what is wrong with them has been reported."""
    for schedule, roles in body.get("schedules", {}).items():
        if r.reference("schedule", schedule, place.key("schedules", schedule)):
            known = [role.id for role in schedules[schedule].roles]
            for role in roles:
                if role not in known:
                    r.no_role(schedule, role, known, place.key("schedules", schedule, role))
    default = Provider(id=name, place=place)
    return Provider(
        id=name,
        place=place,
        kind=body["kind"],
        mode=body.get("mode", default.mode),
        horizon_days=r.days(body, "horizon", place, default.horizon_days),
        schedules={
            schedule: {role: str(text) for role, text in roles.items()}
            for schedule, roles in sorted(body.get("schedules", {}).items())
        },
        people=body.get("people", default.people),
    )


def check_role_names(r: Resolver, model: Model) -> None:
    """Report roles in limits, pay and wishes that no schedule has."""
    known = sorted({role.id for schedule in model.schedules.values() for role in schedule.roles})
    if not known or any(word == "schedule" for word, _ in model.broken):
        return
    named: list[tuple[str, Place]] = []
    for person in model.people.values():
        named += [(role, person.place.key("limits", "share", role)) for role in person.limits.share]
    named += [
        (limit.role, Place(file=limit.place.file, path=limit.place.path, part="key")) for limit in model.workload.limits
    ]
    named += [(rule.role, rule.place.at("role")) for rule in model.compensation.rules if rule.role]
    for role, place in named:
        if role != ANY and role not in known:
            r.report(
                "unknown-reference", place, f"no schedule has a role {shown(role)}", r.choose(role, known, "roles")
            )
