"""The causes of one role's shifts, each kept once, and the segments that refer to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import itemgetter, sub
from typing import NamedTuple

from watchbill.roster.timeline import CauseRow


class Segment(NamedTuple):
    """A stretch of one seat while a role is being computed; ``cause`` is an index into the role's causes.

    The order of the fields makes sorted segments come by start, then seat.
    """

    start: int
    seat: int
    end: int
    person: str
    turn: int
    cause: int


START, _SEAT, END = itemgetter(0), itemgetter(1), itemgetter(2)
"""Columns of segments, as they are read in bulk."""


class CauseTable:
    """Numbers causes in the order in which they are first used."""

    __slots__ = ("_numbers", "rows")

    def __init__(self) -> None:
        self.rows: list[CauseRow] = []
        self._numbers: dict[CauseRow, int] = {}

    def number(self, row: CauseRow) -> int:
        """Return the number of a cause."""
        found = self._numbers.get(row)
        if found is None:
            found = self._numbers[row] = len(self.rows)
            self.rows.append(row)
        return found


def in_bulk(
    starts: Sequence[int], ends: Iterable[int], persons: Iterable[str], turns: Iterable[int], cause: int
) -> list[Segment]:
    """Return segments of the first seat from columns, made without a Python call each; ``starts`` says how many."""
    return list(map(tuple.__new__, repeat(Segment), zip(starts, repeat(0), ends, persons, turns, repeat(cause))))


def touching(segments: Sequence[Segment], start: int, end: int) -> list[Segment]:
    """Return the segments that touch a stretch; they are sorted by start."""
    inside = bisect_left(segments, (start,))
    until = bisect_left(segments, (end,), inside)
    return [segment for segment in segments[:inside] if segment.end > start] + list(segments[inside:until])


class SegmentFinder:
    """Finds which of many sorted segments touch a stretch, without a look at all that come before it."""

    __slots__ = ("_longest", "segments")

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._longest: int | None = None

    def touching(self, start: int, end: int) -> list[int]:
        """Return the positions of the segments that touch a stretch."""
        inside = bisect_left(self.segments, (start,))
        until = bisect_left(self.segments, (end,), inside)
        running = range(self._first_running(start, inside), inside)
        return [i for i in running if self.segments[i].end > start] + list(range(inside, until))

    def _first_running(self, start: int, inside: int) -> int:
        """Return a position before which all segments have ended at ``start``; those from ``inside`` on start later."""
        if self._longest is None:
            several = any(map(_SEAT, self.segments))
            self._longest = max(map(sub, map(END, self.segments), map(START, self.segments))) if several else 0
        # The segments of one seat are disjoint: only the last one can still run. With several seats, nothing runs
        # that starts earlier than the longest segment lasts.
        return bisect_left(self.segments, (start - self._longest,)) if self._longest else max(inside - 1, 0)
