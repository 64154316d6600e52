"""Turns of the versions of a layer: when each version runs, and the bounds and active time of its turns.

Version v+1 begins at its own first handoff at or after its date; version v ends exactly there, its last turn cut.
"""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.intervals import Stretch, clip
from watchbill.model.on_call import Layer, Version
from watchbill.model.time_values import Moment
from watchbill.roster.clock import END_OF_TIME, zone
from watchbill.roster.handoffs import Handoffs, ListedHandoffs, handoffs_of
from watchbill.roster.windows import DaysOff, stretches

ENDLESS = 1 << 40
"""The number of turns of a version that never ends."""

_FAR = 21 * 86_400
"""Seconds in which a weekly window is closed at some time, if it ever is."""

_AHEAD = 400 * 86_400
"""How far the open window is computed beyond what was asked, in seconds, so that it is not computed for each turn."""


class Turns:
    """The turns of one version. ``start`` and ``end`` are UTC seconds; the version is empty if they meet."""

    __slots__ = ("_count", "_holidays", "_open", "_open_bounds", "end", "handoffs", "index", "start", "version")

    def __init__(self, version: Version, index: int, handoffs: Handoffs, holidays: Mapping[str, DaysOff]) -> None:
        self.version, self.index, self.handoffs = version, index, handoffs
        listed_nothing = isinstance(handoffs, ListedHandoffs) and not len(handoffs)
        self.start = END_OF_TIME if listed_nothing else handoffs.instant(0)
        self.end = END_OF_TIME
        self._count: int | None = None
        self._holidays = holidays
        self._open: list[Stretch] = []
        self._open_bounds = (0, 0)

    def end_at(self, instant: int) -> None:
        """Cut the version at an instant, if it is earlier than its end so far."""
        self.end = max(min(self.end, instant), self.start)
        self._count = None

    def count(self) -> int:
        """Return the number of turns; ``ENDLESS`` if the version has no end."""
        if self._count is None:
            endless = self.end >= END_OF_TIME and not isinstance(self.handoffs, ListedHandoffs)
            self._count = ENDLESS if endless else self.handoffs.first_at_or_after(self.end)
        return self._count

    def number_at(self, instant: int) -> int:
        """Return the number of the turn that runs at an instant inside the version."""
        return self.handoffs.first_at_or_after(instant + 1) - 1

    def edges(self, first: int, last: int) -> list[int]:
        """Return the handoffs ``first`` to ``last + 1``, cut at the end of the version."""
        edges = self.handoffs.between(first, last + 1)
        if len(edges) == last - first + 1:
            edges.append(self.end)
        if edges[-1] > self.end:
            edges[-1] = self.end
        return edges

    def edges_around(self, first: int, last: int, start: int, end: int) -> list[int]:
        """Return edges as ``edges`` does; a long listed turn with a window is cut where it is closed, around a stretch.

        What touches ``[start, end)`` stays whole, and a turn without end does not open its window to the end of time.
        """
        edges = self.edges(first, last)
        if self.version.during is None or not self.version.turns:
            return edges
        if edges[0] < start - _FAR:
            before = self.active(start - _FAR, start)
            opened = before[-1][0] if before and before[-1][1] == start else start
            edges[0] = opened if opened > start - _FAR else edges[0]
        if edges[-1] > end + _FAR:
            after = self.active(end, end + _FAR)
            closed = after[0][1] if after and after[0][0] == end else end
            edges[-1] = closed if closed < end + _FAR else edges[-1]
        return edges

    def bounds(self, n: int) -> Stretch:
        """Return start and end of turn n."""
        start, end = self.edges(n, n)
        return start, end

    def touching(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last number of the turns that touch ``[start, end)``, or ``None``."""
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return None
        return self.number_at(start), self.handoffs.first_at_or_after(end) - 1

    def active(self, start: int, end: int) -> list[Stretch]:
        """Return the parts of a stretch in which the version's window is open."""
        during = self.version.during
        if during is None:
            return [(start, end)] if start < end else []
        low, high = self._open_bounds
        if start < low or end > high:
            known = low < high
            low = min(start, low) if known else start
            high = max(end + _AHEAD, high)
            self._open = stretches(during, self.version.timezone, self._holidays, low, high)
            self._open_bounds = (low, high)
        return clip(self._open, start, end)

    def member_order(self) -> tuple[tuple[str, ...], ...]:
        """Return the members in the order of their turns; for listed turns, one member a turn."""
        if self.version.turns:
            skipped = len(self.version.turns) - len(self.handoffs)  # type: ignore[arg-type]
            place = zone(self.version.timezone)
            listed = sorted(self.version.turns, key=lambda turn: place.instant(turn.start))
            return tuple(turn.member for turn in listed[skipped:])
        return self.version.members


class LayerTurns:
    """All versions of a layer, with their ends settled."""

    __slots__ = ("layer", "versions")

    def __init__(self, layer: Layer, holidays: Mapping[str, DaysOff]) -> None:
        self.layer = layer
        self.versions = [
            Turns(version, index, handoffs_of(version), holidays) for index, version in enumerate(layer.versions)
        ]
        later_start = END_OF_TIME
        for turns in reversed(self.versions):
            turns.end_at(later_start)
            later_start = min(later_start, turns.start)
        if layer.until is not None:
            end = self._end_of(layer.until)
            for turns in self.versions:
                turns.end_at(end)

    def _end_of(self, until: Moment) -> int:
        """Return the instant at which the layer ends; a bare date means the first handoff at or after that day."""
        place = zone(self.layer.timezone)
        instant = place.instant(until)
        if until.seconds is not None:
            return instant
        ends = [END_OF_TIME]
        for turns in self.versions:
            if turns.start >= turns.end:
                continue
            n = turns.handoffs.first_at_or_after(instant)
            listed_out = isinstance(turns.handoffs, ListedHandoffs) and n >= len(turns.handoffs)
            # After the last listed turn, the next handoff is that to the next version, if there is one.
            handoff = turns.end if listed_out else turns.handoffs.instant(n)
            if turns.start <= handoff and instant < turns.end:
                ends.append(min(handoff, turns.end))
            elif turns.start >= instant:
                ends.append(turns.start)
        end = min(ends)
        return end if end < END_OF_TIME else instant

    def successor(self, version: int, turn: int, ahead: int) -> tuple[Turns, int] | None:
        """Return the turn that comes ``ahead`` turns after one, in whatever version it falls; ``None`` at the end."""
        n = turn + ahead
        while version < len(self.versions):
            turns = self.versions[version]
            count = turns.count()
            if n < count:
                return turns, n
            n -= count
            version += 1
        return None
