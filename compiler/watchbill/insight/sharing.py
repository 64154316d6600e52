"""How the people who share a rotation share its hours, nights, weekends and holidays.

Works on the columns of timelines and looks closer only where a quick look finds something uneven: nearly all rotations
are even, because they take turns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, compress, pairwise
from typing import Literal

from watchbill.insight.marks import Marks
from watchbill.insight.pools import Belonging, Pool, ZoneOf, due, names_somebody_gone, pools_of
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.timeline import Roster, Timeline

Burden = Literal["hours", "nights", "weekends", "holidays"]
MarksOf = Callable[[str], Marks]
"""Returns the nights, weekends or days off of a person."""


class _Known(dict[str, Marks]):
    """The marks of people, asked for once: most people are in several pools."""

    def __init__(self, find: MarksOf) -> None:
        self._find = find

    def __missing__(self, person: str) -> Marks:
        marks = self[person] = self._find(person)
        return marks


FEW_TURNS = 2
"""To whom fewer turns than these are due is not compared: whole turns cannot be that even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How a pool shares a burden: seconds or marks by person, what would be even, and how even it is, 0 to 1.

    ``evenness`` is the mean over pairs of the smaller by the larger, of what was carried by what was due, after
    ``unit`` (a turn in seconds or marks) has been taken off the larger.
    """

    pool: Pool
    burden: Burden
    carried: Mapping[str, int]
    even: Mapping[str, float]
    unit: int
    evenness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The shifts of a pool in the horizon, by start, and where they stand in the timeline.

    ``holder`` counts in ``people`` of the timeline; ``order`` is where the people of the pool stand there, -1 for those
    who hold nothing.
    """

    timeline: Timeline
    start: list[int]
    end: list[int]
    holder: list[int]
    place: Sequence[int]
    order: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """A pool with its shifts and what is due to each of its people, together 1; ``alike`` if all have the same due."""

    pool: Pool
    rows: _Rows
    dues: tuple[float, ...]
    alike: bool


class SharedRotations:
    """The pools of some rosters and what their people carry. Nothing is computed before it is asked for."""

    def __init__(self, model: Model, rosters: Mapping[str, Roster], horizon: Stretch, zone_of: ZoneOf) -> None:
        self._model, self._rosters, self._horizon = model, rosters, horizon
        self._belonging = Belonging(model, horizon, zone_of)

    @cached_property
    def _shared(self) -> list[_Shared]:
        found: list[_Shared] = []
        for schedule in self._model.schedules.values():
            roster = self._rosters.get(schedule.id)
            for pool in pools_of(self._belonging, schedule) if roster else ():
                timeline = roster.timelines.get(pool.role.id) if roster else None
                if timeline is None or not self._is_compared(pool, timeline):
                    continue
                rows = _rows(timeline, pool, self._horizon)
                if rows.start:
                    dues = due(self._belonging, pool, _listed(pool, rows))
                    found.append(_Shared(pool=pool, rows=rows, dues=dues, alike=len(set(dues)) == 1))
        return found

    def _is_compared(self, pool: Pool, timeline: Timeline) -> bool:
        """Say whether a comparison tells anything that no other rule tells better."""
        return not (_is_as_followed(pool, timeline) or names_somebody_gone(self._belonging, pool))

    def uneven(
        self, burden: Burden, below: float, now: int, marks_of: MarksOf | None = None, *, turns: int = 1
    ) -> Iterator[Sharing]:
        """Yield the pools that share a burden less evenly than ``below``, of those with turns after now.

        ``marks_of`` returns what counts; without it seconds count. A difference of so many ``turns`` makes none.
        """
        known = _Known(marks_of) if marks_of else None
        for shared in self._shared:
            pool, rows, dues, alike = shared.pool, shared.rows, shared.dues, shared.alike
            carried = _carried(rows, known)
            if burden == "holidays" and known:
                dues = _by_holidays(dues, [len(known[person].starts) for person in pool.people])
                alike = alike and dues is shared.dues
            if _is_even(carried, None if alike else dues, below) or rows.end[-1] <= now:
                continue
            taken = _turns(rows)
            few = FEW_TURNS / len(taken)
            if max(dues) < few:
                continue
            unit = turns * _longest_turn(rows, taken, known)
            evenness = evenness_but_for_a_turn(carried, dues, unit, few)
            if evenness < below:
                whole = sum(carried)
                yield Sharing(
                    pool=pool,
                    burden=burden,
                    carried=dict(zip(pool.people, carried, strict=True)),
                    even={person: whole * part for person, part in zip(pool.people, dues, strict=True)},
                    unit=unit,
                    evenness=evenness,
                )


def _is_as_followed(pool: Pool, timeline: Timeline) -> bool:
    """Say whether a role that follows is as even as the one it follows: nothing but its own overrides changes that."""
    return pool.role.follows is not None and all(cause.kind != "override" for cause in timeline.causes)


def _rows(timeline: Timeline, pool: Pool, horizon: Stretch) -> _Rows:
    """Return the shifts of a pool's layers, and of overrides, cut at the horizon."""
    low, high = horizon
    first, past = bisect_left(timeline.start, low), bisect_left(timeline.start, high)
    while first and timeline.end[first - 1] > low:
        first -= 1
    place: Sequence[int] = range(first, past)
    columns = [column[first:past] for column in (timeline.start, timeline.end, timeline.person)]
    if not pool.whole:
        ours = [cause.layer is None or cause.layer in pool.layers for cause in timeline.causes]
        chosen = list(map(ours.__getitem__, timeline.cause[first:past]))
        place = list(compress(place, chosen))
        columns = [list(compress(column, chosen)) for column in columns]
    start, end, holder = columns
    for at in range(bisect_left(start, low)):
        start[at] = low
    for at in [at for at, instant in enumerate(end) if instant > high]:
        end[at] = high
    known = {person: at for at, person in enumerate(timeline.people)}
    order = [known.get(person, -1) for person in pool.people]
    return _Rows(timeline=timeline, start=start, end=end, holder=holder, place=place, order=order)


def _listed(pool: Pool, rows: _Rows) -> Mapping[str, Stretch]:
    """Return from when until when each person has turns, where turns are listed."""
    found: dict[str, Stretch] = {}
    if pool.listed:
        for start, end, holder in zip(rows.start, rows.end, rows.holder, strict=True):
            person = rows.timeline.people[holder]
            found[person] = found.get(person, (start, end))[0], end
    return found


def _carried(rows: _Rows, known: _Known | None) -> list[int]:
    """Return what each person of a pool carries of a burden."""
    if known is None:
        sums = [0] * (len(rows.timeline.people) + 1)
        for start, end, holder in zip(rows.start, rows.end, rows.holder, strict=True):
            sums[holder] += end - start
    else:
        sums = [*_touched(rows, [known[person] for person in rows.timeline.people]), 0]
    return [sums[at] for at in rows.order]


def _touched(rows: _Rows, marks: Sequence[Marks]) -> list[int]:
    """Return how many marks each person touches."""
    sums = [0] * len(marks)
    kinds = {id(own): own for own in marks}
    for each in kinds.values():
        if len(kinds) == 1:
            _add_touched(sums, each, rows.start, rows.end, rows.holder)
        elif each.starts:
            theirs = [own is each for own in marks]
            chosen = [theirs[holder] for holder in rows.holder]
            start, end, holder = (list(compress(column, chosen)) for column in (rows.start, rows.end, rows.holder))
            _add_touched(sums, each, start, end, holder)
    return sums


def _add_touched(sums: list[int], marks: Marks, start: list[int], end: list[int], holders: list[int]) -> None:
    """Add the marks touched by shifts, which come by start, to the sums of their holders; each mark once."""
    if not marks.starts:
        return
    seen = [0] * len(sums)
    for first, past, holder in zip(marks.firsts(start), marks.pasts(end), holders, strict=True):
        before = seen[holder]
        if past > before:
            sums[holder] += past - (first if first > before else before)
            seen[holder] = past


def _by_holidays(dues: tuple[float, ...], holidays: Sequence[int]) -> tuple[float, ...]:
    """Return what is due of the holidays: more to those whose country has more of them."""
    if len(set(holidays)) == 1:
        return dues
    weighed = [part * number for part, number in zip(dues, holidays, strict=True)]
    whole = sum(weighed)
    return tuple(part / whole if whole else 0.0 for part in weighed)


def _is_even(carried: Sequence[int], dues: Sequence[float] | None, below: float) -> bool:
    """Say at a glance whether figures are even enough, as most are. ``dues`` are given where they differ."""
    figures: list[float] = (
        sorted(carried)
        if dues is None
        else sorted(amount / part for amount, part in zip(carried, dues, strict=True) if part)
    )
    if len(figures) < 2 or figures[0] >= below * figures[-1]:
        return True
    # Each figure is the larger one of as many pairs as stand before it.
    before, ratios = 0.0, 0.0
    for pairs, (smaller, larger) in enumerate(pairwise(figures), start=1):
        before += smaller
        ratios += before / larger if larger else pairs
    return ratios >= below * len(figures) * (len(figures) - 1) / 2


def _turns(rows: _Rows) -> Mapping[object, list[int]]:
    """Return the turns, and overrides, that the shifts belong to, each with the numbers of its shifts."""
    timeline = rows.timeline
    of_cause = [(cause.layer, cause.version) for cause in timeline.causes]
    found: dict[object, list[int]] = {}
    for index, at in enumerate(rows.place):
        turn = timeline.turn[at]
        found.setdefault((of_cause[timeline.cause[at]], turn) if turn >= 0 else at, []).append(index)
    return found


def _longest_turn(rows: _Rows, turns: Mapping[object, list[int]], known: _Known | None) -> int:
    """Return the most seconds or marks of any one turn."""
    if known is None:
        return max(sum(rows.end[index] - rows.start[index] for index in turn) for turn in turns.values())
    marks = [known[person] for person in rows.timeline.people]

    def weight(turn: Sequence[int]) -> int:
        own = marks[rows.holder[turn[0]]]
        return own.count([rows.start[index] for index in turn], [rows.end[index] for index in turn])

    return max(map(weight, turns.values()))


def evenness_but_for_a_turn(carried: Sequence[int], dues: Sequence[float], unit: int, few: float = 0.0) -> float:
    """Return the mean over pairs of the smaller by the larger, of what was carried by what was due.

    ``unit``, the size of a turn, makes no difference: it is taken off the larger. Nobody is compared to whom less than
    ``few`` of all is due, because whole turns cannot be that even.
    """
    people = sorted(
        (amount / part, amount, part) for amount, part in zip(carried, dues, strict=True) if part and part >= few
    )
    if len(people) < 2:
        return 1.0
    figures = [figure for figure, _, _ in people]
    before = list(accumulate(figures, initial=0.0))
    ratios = 0.0
    for smaller, (_, amount, part) in enumerate(people):
        without = (amount - unit) / part
        less = bisect_left(figures, without, 0, smaller)
        ratios += smaller - less + (before[less] / without if less else 0.0)
    return ratios * 2 / (len(people) * (len(people) - 1))
