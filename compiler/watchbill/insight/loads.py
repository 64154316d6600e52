"""What each person carries over all schedules, split from the timelines in one pass.

There are two ways to look at it. The columns of a ``Split`` are what figures are computed from: the starts and the ends
of a person's shifts, each sorted by itself. A ``Load`` is the shifts themselves, for whoever must name them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, compress, islice
from operator import lt

from watchbill.findings import Place
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule
from watchbill.records import dataclass
from watchbill.roster.timeline import CauseRow, Roster, Timeline

ANY = "any"
"""Stands for all roles that count together, as in ``policies/workload.yaml``."""

Columns = tuple[list[int], list[int]]
"""The starts and the ends of stretches, in UTC seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One role of one schedule. ``counts``: it promises coverage, so its shifts are on-call work."""

    schedule: str
    role: str
    counts: bool
    place: Place


TurnKey = tuple[int, str | None, int | None, int]
"""A turn: the number of its track, layer, version, and its number in the version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One shift as a message names it: its true start and end in UTC seconds, and whether it was the holder's own.

    ``turn`` is ``None`` for an override.
    """

    track: Track
    start: int
    end: int
    own: bool
    turn: TurnKey | None


def is_own(cause: CauseRow) -> bool:
    """Say whether a shift of this cause is the holder's own; otherwise it was taken over from somebody.

    Own are turns, wherever the order has moved them, and what follows from them. Taken over are covers, overrides, and
    a follower's shift where somebody was passed over.
    """
    return cause.kind in ("turn", "advance", "swap") or (cause.kind == "follower" and not cause.skipped)


def disjoint(starts: list[int], ends: list[int]) -> Columns:
    """Return the union of stretches, given as two columns each sorted by itself: those that meet become one.

    One part of the union ends where as many stretches have ended as have begun.
    """
    apart = list(map(lt, ends, islice(starts, 1, None)))
    if all(apart):
        return starts, ends
    return [starts[0], *compress(islice(starts, 1, None), apart)], [*compress(ends, apart), ends[-1]]


def clipped(starts: list[int], ends: list[int], horizon: Stretch) -> Columns:
    """Return the part of a set of instants that lies inside of a horizon."""
    low, high = horizon
    if not starts or (starts[0] >= low and ends[-1] <= high):
        return starts, ends
    first, last = bisect_right(ends, low), bisect_left(starts, high)
    if first >= last:
        return [], []
    return [max(starts[first], low), *starts[first + 1 : last]], [*ends[first : last - 1], min(ends[last - 1], high)]


_Group = tuple[str, bool]
"""The id of a role, and whether it counts."""


class Split:
    """The shifts of some rosters, by kind of role and person: one pass over all timelines, two columns a person."""

    def __init__(self, schedules: Mapping[str, Schedule], rosters: Mapping[str, Roster]) -> None:
        self.tracks: list[Track] = []
        self.timelines: list[Timeline] = []
        self._columns: dict[_Group, dict[str, Columns]] = {}
        self._taken: dict[_Group, dict[str, list[Stretch]]] = {}
        self._positions: dict[int, list[list[int]]] = {}
        self._likeness: dict[tuple[str, _Group], int] = {}
        self._same: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        for schedule in schedules.values():
            roster = rosters.get(schedule.id)
            for role in schedule.roles:
                timeline = roster.timelines.get(role.id) if roster else None
                if timeline is not None:
                    counts = bool(role.coverage)
                    self.tracks.append(Track(schedule=schedule.id, role=role.id, counts=counts, place=role.place))
                    self.timelines.append(timeline)
                    self._add((role.id, counts), timeline)
        for group in self._columns.values():
            for starts, ends in group.values():
                starts.sort()
                ends.sort()

    def _add(self, group: _Group, timeline: Timeline) -> None:
        columns = self._columns.setdefault(group, {})
        mine = [columns.setdefault(person, ([], [])) for person in timeline.people]
        around = len(mine)
        if timeline.person[around:] == timeline.person[:-around]:
            # The people take turns one after the other, as in most rotations: each has every so many-th shift.
            for first, holder in enumerate(timeline.person[:around]):
                starts, ends = mine[holder]
                starts += timeline.start[first::around]
                ends += timeline.end[first::around]
        else:
            add = [(starts.append, ends.append) for starts, ends in mine]
            for start, end, holder in zip(timeline.start, timeline.end, timeline.person, strict=True):
                add_start, add_end = add[holder]
                add_start(start)
                add_end(end)
        taken_over = [not is_own(cause) for cause in timeline.causes]
        if any(taken_over):
            taken = self._taken.setdefault(group, {})
            for at in compress(range(len(timeline)), map(taken_over.__getitem__, timeline.cause)):
                person = timeline.people[timeline.person[at]]
                taken.setdefault(person, []).append((timeline.start[at], timeline.end[at]))

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Return everybody who holds a shift, in order of id."""
        return tuple(sorted(set(chain.from_iterable(self._columns.values()))))

    def groups(self, person: str, role: str) -> tuple[_Group, ...]:
        """Return the kinds of role that a person holds, of those that belong to a role, or to ``any``."""
        return tuple(
            group
            for group, columns in self._columns.items()
            if person in columns and (group[1] if role == ANY else group[0] == role)
        )

    def likeness(self, person: str, group: _Group) -> int:
        """Return a number that people have in common whose shifts of a kind of role start and end at the same times."""
        if (person, group) not in self._likeness:
            starts, ends = self._columns[group][person]
            alike = (tuple(starts), tuple(ends))
            self._likeness[person, group] = self._same.setdefault(alike, len(self._same))
        return self._likeness[person, group]

    def took_over(self, person: str, role: str) -> bool:
        """Say whether a person took over any shift of a role, or of ``any``."""
        return any(
            person in taken and (group[1] if role == ANY else group[0] == role) for group, taken in self._taken.items()
        )

    def columns(self, person: str, groups: tuple[_Group, ...], *, own: bool = False) -> Columns:
        """Return the starts and the ends of a person's shifts of some kinds of role, each column sorted by itself.

        The same lists may be returned again: they are to be read only.
        """
        found = [self._columns[group][person] for group in groups]
        if own:
            found = [self._own(person, group) for group in groups]
        if len(found) == 1:
            return found[0]
        return sorted(chain.from_iterable(c[0] for c in found)), sorted(chain.from_iterable(c[1] for c in found))

    def all_columns(self) -> Iterator[tuple[str, Columns]]:
        """Yield everybody with the columns of all shifts, those of roles that do not count too."""
        for person in self.people:
            yield person, self.columns(person, tuple(g for g, found in self._columns.items() if person in found))

    def _own(self, person: str, group: _Group) -> Columns:
        starts, ends = self._columns[group][person]
        taken = self._taken.get(group, {}).get(person)
        if taken is None:
            return starts, ends
        starts, ends = list(starts), list(ends)
        for start, end in taken:
            starts.remove(start)
            ends.remove(end)
        return starts, ends

    # -- the shifts themselves -----------------------------------------------------------------------------------

    @cached_property
    def _tracks_of(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {person: [] for person in self.people}
        for track, timeline in enumerate(self.timelines):
            for person in timeline.people:
                if person in found:
                    found[person].append(track)
        return found

    def first_schedule(self, person: str) -> str | None:
        """Return the first schedule, by id, of which a person holds a shift."""
        return min((self.tracks[track].schedule for track in self._tracks_of.get(person, ())), default=None)

    def _positions_of(self, track: int) -> list[list[int]]:
        """Return for each person of a timeline where its shifts stand."""
        if track not in self._positions:
            timeline = self.timelines[track]
            found: list[list[int]] = [[] for _ in timeline.people]
            for at, holder in enumerate(timeline.person):
                found[holder].append(at)
            self._positions[track] = found
        return self._positions[track]

    def load(self, person: str) -> Load:
        """Return all shifts of a person, by start."""
        rows: list[tuple[int, int, int, int]] = []
        for track in self._tracks_of.get(person, ()):
            timeline = self.timelines[track]
            for holder, at in enumerate(timeline.people):
                if at == person:
                    rows += [
                        (timeline.start[place], timeline.end[place], track, place)
                        for place in self._positions_of(track)[holder]
                    ]
        return Load(self, sorted(rows))


class Load:
    """All shifts of one person over all schedules, sorted by start: parallel columns with true starts and ends."""

    __slots__ = ("_split", "at", "end", "start", "track")

    def __init__(self, split: Split, rows: list[tuple[int, int, int, int]]) -> None:
        self._split = split
        self.start = [row[0] for row in rows]
        self.end = [row[1] for row in rows]
        self.track = [row[2] for row in rows]
        self.at = [row[3] for row in rows]

    def held(self, index: int) -> Held:
        """Return one shift."""
        track, at = self.track[index], self.at[index]
        timeline = self._split.timelines[track]
        cause, turn = timeline.causes[timeline.cause[at]], timeline.turn[at]
        return Held(
            track=self._split.tracks[track],
            start=self.start[index],
            end=self.end[index],
            own=is_own(cause),
            turn=None if turn < 0 else (track, cause.layer, cause.version, turn),
        )

    def shifts(self, role: str, stretch: Stretch, *, own: bool = False) -> Iterator[Held]:
        """Yield the shifts of a role, or of ``any``, that touch a stretch, by start."""
        start, end = stretch
        for index in range(bisect_left(self.start, end)):
            if self.end[index] > start:
                track = self._split.tracks[self.track[index]]
                if track.counts if role == ANY else track.role == role:
                    held = self.held(index)
                    if held.own or not own:
                        yield held

    def touching(self, stretch: Stretch) -> Iterator[Held]:
        """Yield all shifts that touch a stretch, by start, those of roles that do not count too."""
        start, end = stretch
        return (self.held(index) for index in range(bisect_left(self.start, end)) if self.end[index] > start)

    def is_one_turn(self, role: str, rest: Stretch, *, own: bool = False) -> bool:
        """Say whether a shift of a turn ends where a rest begins, and another of that turn starts where it ends."""
        end, start = rest
        before = {shift.turn for shift in self.shifts(role, (end - 1, end), own=own) if shift.end == end}
        after = {shift.turn for shift in self.shifts(role, (start, start + 1), own=own) if shift.start == start}
        return any(turn in before for turn in after if turn is not None)
