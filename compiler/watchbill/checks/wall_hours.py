"""Weekly windows as seen on a clock on the wall: whether a person is at work, or asleep, at an instant."""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.intervals import Stretch
from watchbill.model.time_values import Window
from watchbill.roster.clock import DAY, zone
from watchbill.roster.windows import WEEK, monday_before, pattern


class WallHours:
    """A weekly window, asked in seconds from Monday 00:00 of the clock face. Both ends belong to it."""

    def __init__(self, window: Window) -> None:
        found = pattern(window)
        self._stretches: Sequence[Stretch] = [(-WEEK, 2 * WEEK)] if found is None else found
        self._known: dict[tuple[int, int], bool] = {}

    def holds(self, second: int, margin: int = 0) -> bool:
        """Say whether a second of the week lies in the window, or at most ``margin`` seconds beside it."""
        key = second, margin
        if key not in self._known:
            self._known[key] = any(start - margin <= second <= end + margin for start, end in self._stretches)
        return self._known[key]

    def holds_inside(self, second: int) -> bool:
        """Say whether a second of the week lies in the window and not on an edge."""
        return self.holds(second, margin=-1)

    def holds_on_any_day(self, second: int, margin: int = 0) -> bool:
        """Say whether the time of day lies in the window, on whatever weekday."""
        return any(self.holds(second % DAY + day * DAY, margin) for day in range(7))


def second_of_week(instant: int, zone_name: str) -> int:
    """Return what the clock of a zone shows at an instant, in seconds from Monday 00:00."""
    shown = zone(zone_name).wall_at(instant)
    return shown - monday_before(shown)
