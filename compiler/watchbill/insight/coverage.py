"""Coverage against what a role promises: exact unions of stretches, never rounded."""

from __future__ import annotations

from dataclasses import dataclass

from watchbill.findings import Place
from watchbill.intervals import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A maximal stretch in which a role has fewer distinct responders than its coverage requires.

    ``requirement`` is the place of the coverage that is not met, ``present`` the fewest responders in the stretch.
    """

    schedule: str
    role: str
    stretch: Stretch
    required: int
    present: int
    requirement: Place
