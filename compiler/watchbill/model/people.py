"""Records of people and teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from watchbill.findings import Place
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a person asked for: rules judge it, assignments never change by it. ``share`` is per role, of all hours."""

    no_nights: bool = False
    no_weekends: bool = False
    share: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person. ``timezone`` is ``None`` where the organisation's, else the schedule's zone applies.

    Audience: ``id``, ``name`` and ``handles`` are public; ``contact`` is private and never on a public page.
    ``joined`` is the first day present, ``left`` the last day at work. ``holidays`` is a country code (``GB-ENG``) or
    ``holidays/<id>``; ``location`` is the country code that rates of pay go by. ``trained`` maps ``on-call``, incident
    roles, schedules and services to the day since when.
    """

    id: str
    place: Place
    name: str
    timezone: str | None = None
    holidays: str | None = None
    handles: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    trained: Mapping[str, date] = field(default_factory=dict)
    joined: date | None = None
    left: date | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team: its people, who leads it, who approves changes of its roster, and where it talks."""

    id: str
    place: Place
    name: str
    members: tuple[str, ...] = ()
    lead: str | None = None
    approvers: tuple[str, ...] = ()
    channel: str = ""
