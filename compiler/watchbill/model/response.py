"""Records of how incidents are handled: severities, incident roles, communication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from watchbill.findings import Place
from watchbill.model.services import Target
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRhythm:
    """How often an audience hears of an incident: seconds to the first update, and between updates."""

    place: Place
    first: int | None = None
    every: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """A class of incident with its obligations. All lengths of time are seconds; ``None`` obliges to nothing.

    ``updates`` is by audience, ``authority`` by incident role. ``review_within`` counts from the end of the incident,
    ``actions_within`` from the review. Severities have no order but that of their ids.
    """

    id: str
    place: Place
    name: str
    criteria: tuple[str, ...] = ()
    acknowledge_within: int | None = None
    declare: bool = False
    incident_roles: tuple[str, ...] = ()
    page: Target | None = None
    updates: Mapping[str, UpdateRhythm] = field(default_factory=dict)
    authority: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    executive_after: int | None = None
    review_required: bool = False
    review_within: int | None = None
    actions_within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRole:
    """A part that somebody takes in an incident: its duties, who is on call for it, what goes with it."""

    id: str
    place: Place
    name: str
    duties: tuple[str, ...] = ()
    schedule: str | None = None
    exclusive_with: tuple[str, ...] = ()
    may_combine: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets updates of one kind, and the text of them, with ``{severity}``, ``{title}``, ``{next}`` and so on."""

    id: str
    place: Place
    to: tuple[str, ...] = ()
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication:
    """``policies/communication.yaml``: the channel and the bridge of an incident, and the audiences of updates."""

    channel: str = ""
    bridge: str = ""
    audiences: Mapping[str, Audience] = field(default_factory=dict)
