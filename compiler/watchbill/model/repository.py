"""The model of a whole repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchbill.model.on_call import Holidays, Override, Schedule, Swap, TimeOff
from watchbill.model.people import Person, Team
from watchbill.model.providers import Provider
from watchbill.model.services import CheckSettings, EscalationPolicy, Organization, Service
from watchbill.model.time_values import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything a repository says, by kind and id (in order of id), with all references resolved.

    ``broken`` names what exists but could not be understood, as (kind, id): references to it are no findings.
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
