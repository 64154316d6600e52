"""The model of a whole repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from watchbill.model.incidents import Incident, Page
from watchbill.model.on_call import Calendar, Holidays, Override, Schedule, Swap, TimeOff
from watchbill.model.people import Person, Team
from watchbill.model.providers import Provider
from watchbill.model.response import Communication, IncidentRole, Severity
from watchbill.model.services import CheckSettings, EscalationPolicy, Organization, Service
from watchbill.model.time_values import Window
from watchbill.model.workload import Compensation, Workload
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything a repository says, by kind and id (in order of id), with all references resolved.

    ``broken`` names what exists but could not be understood, as (kind, id) with the words of ``kinds.KINDS``, such as
    ``("person", "ada")``; references to it are no findings. The id ``*`` means that any id may exist.
    ``calendars`` are the ``.ics`` files among time off and holidays, in order of path.
    """

    organization: Organization
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    schedules: Mapping[str, Schedule]
    overrides: tuple[Override, ...]
    swaps: tuple[Swap, ...]
    time_off: tuple[TimeOff, ...]
    holidays: Mapping[str, Holidays]
    windows: Mapping[str, Window]
    services: Mapping[str, Service]
    escalation: Mapping[str, EscalationPolicy]
    checks: CheckSettings
    broken: frozenset[tuple[str, str]] = field(default=frozenset())
    providers: Mapping[str, Provider] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    incident_roles: Mapping[str, IncidentRole] = field(default_factory=dict)
    communication: Communication = field(default_factory=Communication)
    workload: Workload = field(default_factory=Workload)
    compensation: Compensation = field(default_factory=Compensation)
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    calendars: tuple[Calendar, ...] = ()
