"""The reach: how far around a stretch a schedule is computed, so that all that touches the stretch comes out exact.

Who stands in for a long turn depends on all of it, and on all that depends on it. A turn without end would be followed
to the end of time; but after the last dated thing of a schedule the same rotations go round for ever, and whoever has
not been seen on call in a whole round is never seen. So a reach ends a round after the last dated thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import gcd, lcm

from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule, Version
from watchbill.model.time_values import Period
from watchbill.roster.clock import DAY, END_OF_TIME, wall
from watchbill.roster.layers import LayerExpander
from watchbill.roster.overrides import Replacement
from watchbill.roster.presence import Presence
from watchbill.roster.turns import Turns
from watchbill.roster.windows import WEEK, DaysOff

_MONTH = 31 * DAY


class Reach:
    """Knows the turns, overrides and absences of one schedule; ``steps`` is how often one decision needs another."""

    def __init__(
        self,
        schedule: Schedule,
        layers: Mapping[str, Sequence[LayerExpander]],
        replacements: Iterable[Replacement],
        presences: Iterable[Presence],
        holidays: Iterable[DaysOff],
        steps: int,
    ) -> None:
        self._layers = [(role.id, layer) for role in schedule.roles for layer in layers[role.id]]
        self._followed = {role.follows.role for role in schedule.roles if role.follows is not None}
        self._replacements = list(replacements)
        self._presences, self._holidays = presences, holidays
        self._steps = steps
        self._round: int | None = None
        self._last: int | None = None

    def around(self, start: int, end: int, widest: int = END_OF_TIME) -> tuple[int, int, bool]:
        """Return the stretch on which all roles are computed, so that shifts in ``[start, end)`` come out exact.

        The third value says that a turn or an override was longer than ``widest`` seconds and was not followed to its
        end; then shifts that go beyond the reach are not exact.
        """
        capped = False
        for _ in range(self._steps):
            low, high = start, end
            for bounds in self._touching(start, end):
                low, high = min(low, bounds[0]), max(high, bounds[1])
            if high > end + WEEK:
                high = min(high, self._settled_after(end))
            capped = capped or low < start - widest or end + widest < high
            start, end = max(low, start - widest), min(high, end + widest)
        return start, end, capped

    def _touching(self, start: int, end: int) -> Iterator[Stretch]:
        """Return the bounds of the turns and overrides that touch a stretch; nobody's turn decides nothing."""
        for role, layer in self._layers:
            for turns, order in zip(layer.turns.versions, layer.orders, strict=True):
                touched = turns.touching(start, end)
                for n in touched or ():
                    if role in self._followed or not turns.version.turns or order.member_of(n):
                        yield turns.bounds(n)
        yield from ((r.start, r.end) for r in self._replacements if r.start < end and start < r.end)

    def _settled_after(self, end: int) -> int:
        """Return an instant until which everybody has been seen who is ever on call after ``end``."""
        if self._last is None:
            self._last = max((instant for instant in self._dated() if instant < END_OF_TIME), default=0)
        if self._round is None:
            self._round = _round(turns for _, layer in self._layers for turns in layer.turns.versions)
        return max(end, self._last) + self._round

    def _dated(self) -> Iterator[int]:
        """Return the instants at which something changes that does not come round again."""
        for presence in self._presences:
            for absence in presence.absences:
                yield from (absence.start, absence.end)
        for replacement in self._replacements:
            yield from (replacement.start, replacement.end)
        for days_off in self._holidays:
            yield from (wall(last) + 2 * DAY for _, last in days_off)
        for _, layer in self._layers:
            for turns in layer.turns.versions:
                if turns.start < turns.end:
                    yield from (turns.start, turns.end)
                if turns.version.turns and turns.count():
                    yield turns.bounds(turns.count() - 1)[0]


def _round(versions: Iterable[Turns]) -> int:
    """Return seconds in which the versions without end come round together, with one whole round to spare."""
    weeks, months = WEEK, 0
    for turns in versions:
        version = turns.version
        if version.every is None or version.turns or turns.end < END_OF_TIME:
            continue
        if version.every.unit == "months":
            months += version.every.count * max(len(version.members), 1) * _MONTH
        else:
            weeks = min(lcm(weeks, _round_of(version, version.every)), END_OF_TIME)
    return 2 * (weeks + months)


def _round_of(version: Version, every: Period) -> int:
    """Return the seconds after which the same member has the same point of the period, and of the week with a window.

    Hours are aligned to the day, so their period is a day of several points.
    """
    members = max(len(version.members), 1)
    if every.unit == "hours":
        period, points = DAY, 24 // every.count
    else:
        period, points = every.count * (WEEK if every.unit == "weeks" else DAY), len(version.handoff)
    if version.during is not None:
        return lcm(period, WEEK) * members
    return period * members // gcd(members, points)
