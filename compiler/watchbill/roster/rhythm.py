"""What of a version decides when it hands off; versions that are written alike share it, whatever their members."""

from __future__ import annotations

from datetime import date

from watchbill.model.time_values import HandoffPoint, Period, Window
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What of a version decides its handoffs."""

    start: date
    timezone: str
    every: Period
    points: tuple[HandoffPoint, ...]
    during: Window | None
