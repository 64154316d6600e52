"""Records of the pager providers that receive payloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from watchbill.findings import Place
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A pager provider, from ``policies/providers``.

    ``mode``: ``shifts`` writes every shift as it is (PagerDuty's v3 schedules), ``layers`` writes bounded layers (v2).
    ``horizon_days`` is how far ahead the payloads reach. ``schedules`` is the name of the remote schedule by schedule
    id and role; empty means every schedule whose people have an id there. ``people`` says where the ids of people are.
    """

    id: str
    place: Place
    kind: Literal["pagerduty"] = "pagerduty"
    mode: Literal["shifts", "layers"] = "shifts"
    horizon_days: int = 60
    schedules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: str = "handles.pagerduty"
