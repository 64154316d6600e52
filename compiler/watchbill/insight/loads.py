"""What each person carries over all schedules: columns of shifts, split from the timelines in one pass.

All shifts of all timelines stand in one ``ShiftTable``; a ``Load`` is the rows of one person. Nothing is made for a
person before somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import itemgetter

from watchbill.findings import Place
from watchbill.insight.peaks import Columns, merged
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.timeline import CauseRow, Roster, Timeline

ANY = "any"
"""Stands for all roles that count together, as in ``policies/workload.yaml``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One role of one schedule. ``counts``: it promises coverage, so its shifts are on-call work."""

    schedule: str
    role: str
    counts: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One shift as a message names it: its true start and end in UTC seconds, and whether it was the holder's own."""

    track: Track
    start: int
    end: int
    own: bool


TurnKey = tuple[int, str | None, int | None, int]
"""A turn: the number of its track, layer, version, and its number in the version."""


def is_own(cause: CauseRow) -> bool:
    """Say whether a shift of this cause is the holder's own; otherwise it was taken over from somebody.

    Own are turns, wherever the order has moved them, and what follows from them. Taken over are covers, overrides, and
    a follower's shift where somebody was passed over.
    """
    return cause.kind in ("turn", "advance", "swap") or (cause.kind == "follower" and not cause.skipped)


class ShiftTable:
    """All shifts of some rosters that touch a horizon, one row each, timeline by timeline.

    Columns: ``start``, ``end`` (UTC seconds, as in the timelines) and ``code``: twice the number of the track, and 1
    more for shifts taken over.
    """

    def __init__(self, model: Model, rosters: Mapping[str, Roster], horizon: Stretch) -> None:
        self.horizon = horizon
        self.start: list[int] = []
        self.end: list[int] = []
        self.code: list[int] = []
        self.tracks: list[Track] = []
        self.by_person: dict[str, list[int]] = {}
        self._timelines: list[Timeline] = []
        self._bases: list[int] = []
        for schedule in model.schedules.values():
            roster = rosters.get(schedule.id)
            for role in schedule.roles:
                timeline = roster.timelines.get(role.id) if roster else None
                if timeline is not None:
                    counts = bool(role.coverage)
                    self._add(Track(schedule=schedule.id, role=role.id, counts=counts, place=role.place), timeline)

    def _add(self, track: Track, timeline: Timeline) -> None:
        base, code = len(self.start), 2 * len(self.tracks)
        self.tracks.append(track)
        self._timelines.append(timeline)
        self._bases.append(base)
        self.start += timeline.start
        self.end += timeline.end
        taken_over = [not is_own(cause) for cause in timeline.causes]
        self.code += (
            [code + taken_over[cause] for cause in timeline.cause] if any(taken_over) else [code] * len(timeline)
        )
        known = self.by_person
        add = [
            (known[person] if person in known else known.setdefault(person, [])).append for person in timeline.people
        ]
        rows = range(base, base + len(timeline))
        if timeline.demanded == (self.horizon,):
            for holder, row in zip(timeline.person, rows, strict=True):
                add[holder](row)
        else:
            low, high = self.horizon
            for holder, row in zip(timeline.person, rows, strict=True):
                if self.start[row] < high and self.end[row] > low:
                    add[holder](row)

    def cause(self, row: int) -> tuple[CauseRow, int]:
        """Return the cause of a row and the number of its turn (-1 for an override)."""
        at = bisect_right(self._bases, row) - 1
        timeline, index = self._timelines[at], row - self._bases[at]
        return timeline.causes[timeline.cause[index]], timeline.turn[index]

    def turn_key(self, row: int) -> TurnKey | None:
        """Return which turn a row belongs to; ``None`` for an override."""
        cause, turn = self.cause(row)
        return None if turn < 0 else (self.code[row] // 2, cause.layer, cause.version, turn)

    def held(self, row: int) -> Held:
        """Return a row as a shift."""
        track, taken_over = divmod(self.code[row], 2)
        return Held(track=self.tracks[track], start=self.start[row], end=self.end[row], own=not taken_over)

    def wanted(self, role: str, own: bool) -> list[bool]:
        """Return for each code whether it belongs to a role (``any``: to all that count); with ``own``, own shifts alone."""
        by_track = [track.counts if role == ANY else track.role == role for track in self.tracks]
        return [flag for track in by_track for flag in (track, track and not own)]


def _picked(column: Sequence[int], rows: Sequence[int]) -> Sequence[int]:
    return itemgetter(*rows)(column) if len(rows) > 1 else [column[row] for row in rows]


class Load:
    """All shifts of one person, sorted by start: parallel columns, cut at the horizon.

    ``row`` is the row in the table; ``start``, ``end`` are UTC seconds; ``code`` says track and own or taken over.
    """

    def __init__(self, table: ShiftTable, rows: Sequence[int]) -> None:
        low, high = table.horizon
        self.table = table
        self.row = sorted(rows, key=table.start.__getitem__)
        self.start: Sequence[int] = _picked(table.start, self.row)
        self.end: Sequence[int] = _picked(table.end, self.row)
        self.code: Sequence[int] = _picked(table.code, self.row)
        if self.start and self.start[0] < low:
            before = bisect_left(self.start, low)
            self.start = [low] * before + list(self.start[before:])
        if self.end and max(self.end) > high:
            self.end = [min(end, high) for end in self.end]

    @cached_property
    def track(self) -> list[int]:
        """Return the number of the track of each shift."""
        return [code // 2 for code in self.code]

    @cached_property
    def own(self) -> list[bool]:
        """Return for each shift whether it was the person's own."""
        return [not code % 2 for code in self.code]

    @cached_property
    def turn(self) -> list[TurnKey | None]:
        """Return the turn of each shift; ``None`` for an override."""
        return [self.table.turn_key(row) for row in self.row]

    def duty(self, wanted: Sequence[bool]) -> Columns:
        """Return the set of instants of the shifts with a wanted code, as columns."""
        flags = list(map(wanted.__getitem__, self.code))
        if all(flags):
            return merged(self.start, self.end)
        return merged(list(compress(self.start, flags)), list(compress(self.end, flags)))

    def shifts(self, wanted: Sequence[bool], stretch: Stretch) -> Iterator[Held]:
        """Yield the shifts with a wanted code that touch a stretch, by start."""
        start, end = stretch
        for at in range(bisect_left(self.start, end)):
            if self.end[at] > start and wanted[self.code[at]]:
                yield self.table.held(self.row[at])

    def is_one_turn(self, wanted: Sequence[bool], rest: Stretch) -> bool:
        """Say whether a shift of a turn ends where a rest begins, and another of that turn starts where it ends."""
        end, start = rest
        before = {
            self.turn[at] for at in range(bisect_left(self.start, end)) if self.end[at] == end and wanted[self.code[at]]
        }
        after = range(bisect_left(self.start, start), bisect_right(self.start, start))
        return any(self.turn[at] in before for at in after if self.turn[at] is not None and wanted[self.code[at]])
