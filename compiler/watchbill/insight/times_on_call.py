"""When people are on call, over all schedules and roles: two sorted columns a person, computed once for all rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from operator import gt

from watchbill.insight.loads import Split
from watchbill.intervals import Stretch
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The starts and the ends of all shifts of one person in UTC seconds, each column sorted by itself.

    Where the person never has two shifts at a time, ``start[i]`` and ``end[i]`` are the bounds of one shift.
    """

    start: list[int]
    end: list[int]

    def touching(self, stretch: Stretch) -> int:
        """Return how many shifts touch a stretch: those that start before its end, less those that end before it."""
        return bisect_left(self.start, stretch[1]) - bisect_right(self.end, stretch[0])

    def seconds(self) -> int:
        """Return the seconds of all shifts; two shifts at a time count twice."""
        return sum(self.end) - sum(self.start)

    def are_doubled(self) -> bool:
        """Say whether two shifts ever run at a time: whether the next one starts before the earliest open one ends."""
        return any(map(gt, self.end, islice(self.start, 1, None)))


class TimesOnCall:
    """The times of all people of some rosters, whatever the role. Nothing is computed before it is asked for."""

    def __init__(self, split: Split) -> None:
        self._split = split

    @cached_property
    def by_person(self) -> Mapping[str, Times]:
        """Return the times of everybody who holds a shift, by id."""
        return {person: Times(start=starts, end=ends) for person, (starts, ends) in self._split.all_columns()}

    @cached_property
    def doubled(self) -> frozenset[str]:
        """Return everybody who ever has two shifts at a time, of one schedule or of several."""
        return frozenset(person for person, times in self.by_person.items() if times.are_doubled())
