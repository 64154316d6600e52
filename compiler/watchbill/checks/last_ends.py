"""When rosters end, for the rules about what lies before and behind it."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.roster.timeline import Roster


class LastEnds:
    """When timelines end: the end of the last shift of each, looked up once."""

    def __init__(self, rosters: Mapping[str, Roster]) -> None:
        self._rosters = rosters
        self._known: dict[tuple[str, str], int | None] = {}

    def of(self, schedule: str, role: str) -> int | None:
        """Return the end of the last shift of a role in UTC seconds, ``None`` if it has no shifts."""
        key = schedule, role
        if key not in self._known:
            self._known[key] = max(self._rosters[schedule].timelines[role].end, default=None)
        return self._known[key]
