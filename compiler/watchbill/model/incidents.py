"""Records of incidents and of pages. Instants are UTC seconds."""

from __future__ import annotations

from datetime import date
from typing import Literal

from watchbill.findings import Place
from watchbill.model.services import Target
from watchbill.records import dataclass

Event = Literal[
    "detected",
    "paged",
    "acknowledged",
    "escalated",
    "declared",
    "severity",
    "role",
    "update",
    "decision",
    "note",
    "transferred",
    "mitigated",
    "resolved",
    "reopened",
    "closed",
]
ReviewStatus = Literal["draft", "in-review", "reviewed", "closed", "not-needed"]
Outcome = Literal["handled", "noise", "escalated", "incident", "missed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did something: a person by id, or a system by name."""

    person: str | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of an incident's log.

    ``to`` belongs to escalated and transferred, ``severity`` to declared and severity, ``role`` and ``person`` to role
    (an incident role is taken), ``audience`` to update.
    """

    place: Place
    at: int
    event: Event
    by: Actor | None = None
    to: Target | None = None
    severity: str | None = None
    role: str | None = None
    person: str | None = None
    audience: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What an incident did to users, and for how long."""

    place: Place
    summary: str = ""
    customers: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What woke somebody."""

    place: Place
    source: str = ""
    at: int | None = None
    name: str = ""
    actionable: bool | None = None
    findings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review of an incident. ``held`` is the local day on which it took place."""

    place: Place
    status: ReviewStatus = "draft"
    owner: str | None = None
    held: date | None = None
    contributing_factors: tuple[str, ...] = ()
    went_well: tuple[str, ...] = ()
    went_badly: tuple[str, ...] = ()
    lucky: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """What follows from an incident. Open until it is ``done`` or ``dropped``."""

    place: Place
    id: str
    text: str
    kind: str = ""
    owner: str | None = None
    due: date | None = None
    done: date | None = None
    dropped: date | None = None
    ticket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A record of one event, from detection to closed review. ``log`` is in written order; ``year`` is its folder."""

    id: str
    place: Place
    year: int
    title: str
    severity: str
    services: tuple[str, ...] = ()
    impact: Impact | None = None
    alert: Alert | None = None
    log: tuple[LogEntry, ...] = ()
    review: Review | None = None
    actions: tuple[ActionItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Somebody was paged. ``minutes`` of work; ``incident`` is the id of what came of it."""

    place: Place
    at: int
    service: str
    person: str
    alert: str = ""
    outcome: Outcome = "unknown"
    actionable: bool | None = None
    minutes: int | None = None
    incident: str | None = None
