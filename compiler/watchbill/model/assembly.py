"""Assembles the model in the order in which kinds refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from watchbill.findings import Place
from watchbill.model import incident_records, reactions, responsibilities, staff
from watchbill.model.gathering import Parts
from watchbill.model.kinds import BY_NAME
from watchbill.model.on_call import Calendar, Holidays, Schedule, TimeOff
from watchbill.model.repository import Model
from watchbill.model.resolving import Body, Resolver
from watchbill.model.response import Communication
from watchbill.model.responsibilities import ResponsibilityReader
from watchbill.model.schedules import ChangeReader, ScheduleReader
from watchbill.model.services import CheckSettings
from watchbill.model.windows import WindowReader
from watchbill.model.workload import Compensation, Workload

T = TypeVar("T")


class Assembly:
    """Builds all records, each kind after those it refers to."""

    def __init__(self, resolver: Resolver, parts: Parts) -> None:
        self._resolver, self._parts = resolver, parts
        named = {part.id: (part.body, part.place) for part in parts.of("windows")}
        self._windows = WindowReader(resolver, named)

    def model(self) -> Model:
        """Return the model."""
        r = self._resolver
        holidays = self._holidays()
        windows = self._windows.all_named()
        people = self._each("people", partial(staff.person, r))
        teams = self._each("teams", partial(staff.team, r))
        body, place = self._single("organization")
        timezone = r.timezone(body, place)
        schedules = self._schedules(timezone)
        changes = ChangeReader(r, schedules)
        duties = ResponsibilityReader(r, self._windows, schedules)
        incident_roles = self._each("incident-roles", partial(reactions.incident_role, r))
        severities = self._each("severities", partial(reactions.severity, r, duties))
        tiers = duties.tiers(body.get("tiers", {}), place.at("tiers"))
        model = Model(
            organization=responsibilities.organization(r, body, place, timezone, tiers),
            people=people,
            teams=teams,
            schedules=schedules,
            overrides=self._items("overrides", changes.override),
            swaps=self._items("swaps", changes.swap),
            time_off=self._time_off(),
            holidays=holidays,
            windows=windows,
            escalation=self._each("escalation", duties.escalation),
            services=self._each("services", partial(duties.service, tiers=tiers)),
            checks=self._settings("checks", responsibilities.checks, CheckSettings()),
            providers=self._each("providers", partial(reactions.provider, r, schedules)),
            severities=severities,
            incident_roles=incident_roles,
            communication=self._settings("communication", reactions.communication, Communication()),
            workload=self._settings("workload", partial(reactions.workload, self._windows), Workload()),
            compensation=self._settings("compensation", reactions.compensation, Compensation()),
            incidents=self._each("incidents", partial(incident_records.incident, r, duties)),
            pages=self._items("pages", partial(incident_records.page, r)),
            calendars=self._calendars(),
            broken=frozenset(r.broken),
        )
        reactions.check_role_names(r, model)
        return model

    def _schedules(self, timezone: str | None) -> dict[str, Schedule]:
        organization = self._single("organization")[0]
        unsure = ("organization", "organization") in self._resolver.broken or "timezone" in organization
        return self._each("on-call", ScheduleReader(self._resolver, self._windows, timezone, unsure).read)

    def _calendars(self) -> tuple[Calendar, ...]:
        return tuple(
            calendar
            for calendar in self._parts.calendars
            if calendar.purpose == "holidays" or self._resolver.reference("person", calendar.id, calendar.place)
        )

    def _each(self, kind: str, make: Callable[[str, Body, Place], T]) -> dict[str, T]:
        """Return the records of a kind by id; those in which something was wrong are left out as broken."""
        r, word = self._resolver, BY_NAME[kind].word
        found: dict[str, T] = {}
        for part in self._parts.of(kind):
            before = r.troubles
            record = make(part.id, part.body, part.place)
            if r.troubles > before:
                r.broken.add((word, part.id))
            else:
                found[part.id] = record
        return found

    def _items(self, kind: str, make: Callable[[Body, Place], T | None]) -> tuple[T, ...]:
        """Return the records of a kind whose files hold one or a list."""
        found: list[T] = []
        for part in self._parts.of(kind):
            bodies = part.body if isinstance(part.body, list) else [part.body]
            for index, body in enumerate(bodies):
                place = part.place.at(index) if isinstance(part.body, list) else part.place
                record = None if body is None else make(body, place)
                if record is not None:
                    found.append(record)
        return tuple(found)

    def _single(self, kind: str) -> tuple[Mapping[str, Any], Place]:
        part = next(iter(self._parts.of(kind)), None)
        return (part.body, part.place) if part else ({}, Place(file=f"policies/{kind}.yaml"))

    def _settings(self, kind: str, make: Callable[[Resolver, Body, Place], T], default: T) -> T:
        body, place = self._single(kind)
        return make(self._resolver, body, place) if body else default

    def _time_off(self) -> tuple[TimeOff, ...]:
        r = self._resolver
        found: list[TimeOff] = []
        for part in self._parts.of("time-off"):
            if not r.reference("person", part.id, part.place):
                continue
            for index, body in enumerate(part.body):
                record = None if body is None else staff.time_off(r, part.id, body, part.place.at(index))
                if record is not None:
                    found.append(record)
        return tuple(found)

    def _holidays(self) -> dict[str, Holidays]:
        r = self._resolver
        found: dict[str, Holidays] = {}
        for part in self._parts.of("holidays"):
            days = [staff.holiday(r, body, part.place.at(i)) for i, body in enumerate(part.body) if body is not None]
            found[part.id] = Holidays(id=part.id, place=part.place, days=tuple(day for day in days if day is not None))
        for calendar in self._parts.calendars:
            if calendar.purpose == "holidays":
                found[calendar.id] = Holidays(id=calendar.id, place=calendar.place)
        return dict(sorted(found.items()))
