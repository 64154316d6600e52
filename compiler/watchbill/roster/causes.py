"""The causes of one role's shifts, each kept once, and the segments that refer to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import repeat
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


def touching(segments: Sequence[Segment], start: int, end: int, longest: int | None = None) -> list[Segment]:
    """Return the segments that touch a stretch; they are sorted by start.

    ``longest`` is the length of the longest segment, if the caller knows it: it bounds how far back to look.
    """
    inside = bisect_left(segments, (start,))
    until = bisect_left(segments, (end,), inside)
    first = 0 if longest is None else bisect_left(segments, (start - longest,))
    return [segment for segment in segments[first:inside] if segment.end > start] + list(segments[inside:until])


def longest_of(segments: Sequence[Segment]) -> int:
    """Return the length of the longest segment in seconds."""
    return max((end - start for start, _, end, _, _, _ in segments), default=0)
