"""How the people who share a rotation share its hours, nights, weekends and holidays.

Works on the columns of timelines and looks closer only where a quick look finds something uneven: nearly all rotations
are even, because they take turns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Literal

from watchbill.insight.balance import evenness_but_for_a_turn, is_even
from watchbill.insight.crews import Belonging, Crew, ZoneOf, crews_of, due, names_somebody_gone
from watchbill.insight.marks import Marks
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.timeline import Roster, Timeline

Burden = Literal["hours", "nights", "weekends", "holidays"]
MarksOf = Callable[[str], Marks]
"""Returns the nights, weekends or days off of a person."""


class _Known(dict[str, Marks]):
    """The marks of people, asked for once: most people are in several crews."""

    def __init__(self, find: MarksOf) -> None:
        self._find = find

    def __missing__(self, person: str) -> Marks:
        marks = self[person] = self._find(person)
        return marks


FEW_TURNS = 2
"""To whom fewer turns than these are due is not compared: whole turns cannot be that even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How a crew shares a burden: seconds or marks by person, what would be even, and how even it is, 0 to 1.

    ``evenness`` is the mean over pairs of the smaller by the larger, of what was carried by what was due, after
    ``unit`` (a turn in seconds or marks) has been taken off the larger; it is 1 where fewer than two people have turns
    enough due to be compared (``is_comparable``).
    """

    crew: Crew
    burden: Burden
    carried: Mapping[str, int]
    even: Mapping[str, float]
    unit: int
    evenness: float
    is_comparable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The shifts of a crew in the horizon, by start, and where they stand in the timeline.

    ``holder`` counts in ``people`` of the timeline; ``order`` is where the people of the crew stand there, -1 for those
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
    """A crew with its shifts and what is due to each of its people, together 1; ``alike`` if all have the same due."""

    crew: Crew
    rows: _Rows
    dues: tuple[float, ...]
    alike: bool


class SharedRotations:
    """The crews of some rosters and what their people carry. Nothing is computed before it is asked for."""

    def __init__(self, model: Model, rosters: Mapping[str, Roster], horizon: Stretch, zone_of: ZoneOf) -> None:
        self._model, self._rosters, self._horizon = model, rosters, horizon
        self._belonging = Belonging(model, horizon, zone_of)

    @cached_property
    def _crews(self) -> list[tuple[Crew, Timeline]]:
        return [
            (crew, timeline)
            for schedule in self._model.schedules.values()
            if (roster := self._rosters.get(schedule.id)) is not None
            for crew in crews_of(self._belonging, schedule)
            if (timeline := roster.timelines.get(crew.role.id)) is not None
        ]

    @cached_property
    def _compared(self) -> list[_Shared]:
        """Return the crews of which a comparison tells something that no other rule tells better."""
        crews = [
            (crew, timeline)
            for crew, timeline in self._crews
            if not (_is_as_followed(crew, timeline) or names_somebody_gone(self._belonging, crew))
        ]
        return list(self._with_shifts(crews))

    def _with_shifts(self, crews: Iterable[tuple[Crew, Timeline]]) -> Iterator[_Shared]:
        for crew, timeline in crews:
            rows = _rows(timeline, crew, self._horizon)
            if rows.start:
                dues = due(self._belonging, crew, _listed(crew, rows))
                yield _Shared(crew=crew, rows=rows, dues=dues, alike=len(set(dues)) == 1)

    def shares(self, burden: Burden, marks_of: MarksOf | None = None, *, turns: int = 1) -> Iterator[Sharing]:
        """Yield how each crew shares a burden, those too of which no rule speaks.

        ``marks_of`` returns what counts; without it seconds count. A difference of so many ``turns`` makes none.
        """
        known = _Known(marks_of) if marks_of else None
        for shared in self._with_shifts(self._crews):
            dues = _dues(shared, burden, known)
            yield _sharing(shared, burden, _carried(shared.rows, known), dues, known, turns)

    def uneven(
        self, burden: Burden, below: float, now: int, marks_of: MarksOf | None = None, *, turns: int = 1
    ) -> Iterator[Sharing]:
        """Yield the crews that share a burden less evenly than ``below``, of those with turns after now.

        ``marks_of`` and ``turns`` are those of ``shares``.
        """
        known = _Known(marks_of) if marks_of else None
        for shared in self._compared:
            carried = _carried(shared.rows, known)
            dues = _dues(shared, burden, known)
            alike = shared.alike and dues is shared.dues
            if is_even(carried, None if alike else dues, below) or shared.rows.end[-1] <= now:
                continue
            sharing = _sharing(shared, burden, carried, dues, known, turns)
            if sharing.is_comparable and sharing.evenness < below:
                yield sharing


def _is_as_followed(crew: Crew, timeline: Timeline) -> bool:
    """Say whether a role that follows is as even as the one it follows: nothing but its own overrides changes that."""
    return crew.role.follows is not None and all(cause.kind != "override" for cause in timeline.causes)


def _rows(timeline: Timeline, crew: Crew, horizon: Stretch) -> _Rows:
    """Return the shifts of a crew's layers, and of overrides, cut at the horizon."""
    low, high = horizon
    first, past = bisect_left(timeline.start, low), bisect_left(timeline.start, high)
    while first and timeline.end[first - 1] > low:
        first -= 1
    place: Sequence[int] = range(first, past)
    columns = [column[first:past] for column in (timeline.start, timeline.end, timeline.person)]
    if not crew.whole:
        ours = [cause.layer is None or cause.layer in crew.layers for cause in timeline.causes]
        chosen = list(map(ours.__getitem__, timeline.cause[first:past]))
        place = list(compress(place, chosen))
        columns = [list(compress(column, chosen)) for column in columns]
    start, end, holder = columns
    for at in range(bisect_left(start, low)):
        start[at] = low
    for at in [at for at, instant in enumerate(end) if instant > high]:
        end[at] = high
    known = {person: at for at, person in enumerate(timeline.people)}
    order = [known.get(person, -1) for person in crew.people]
    return _Rows(timeline=timeline, start=start, end=end, holder=holder, place=place, order=order)


def _listed(crew: Crew, rows: _Rows) -> Mapping[str, Stretch]:
    """Return from when until when each person has turns, where turns are listed."""
    found: dict[str, Stretch] = {}
    if crew.listed:
        for start, end, holder in zip(rows.start, rows.end, rows.holder, strict=True):
            person = rows.timeline.people[holder]
            found[person] = found.get(person, (start, end))[0], end
    return found


def _carried(rows: _Rows, known: _Known | None) -> list[int]:
    """Return what each person of a crew carries of a burden."""
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


def _dues(shared: _Shared, burden: Burden, known: _Known | None) -> tuple[float, ...]:
    """Return what is due of a burden; of holidays more to those whose country has more of them."""
    if burden != "holidays" or known is None:
        return shared.dues
    holidays = [len(known[person].starts) for person in shared.crew.people]
    if len(set(holidays)) == 1:
        return shared.dues
    weighed = [part * number for part, number in zip(shared.dues, holidays, strict=True)]
    whole = sum(weighed)
    return tuple(part / whole if whole else 0.0 for part in weighed)


def _sharing(
    shared: _Shared, burden: Burden, carried: Sequence[int], dues: Sequence[float], known: _Known | None, turns: int
) -> Sharing:
    taken = _turns(shared.rows)
    few = FEW_TURNS / len(taken)
    unit = turns * _longest_turn(shared.rows, taken, known)
    people, whole = shared.crew.people, sum(carried)
    return Sharing(
        crew=shared.crew,
        burden=burden,
        carried=dict(zip(people, carried, strict=True)),
        even={person: whole * part for person, part in zip(people, dues, strict=True)},
        unit=unit,
        evenness=evenness_but_for_a_turn(carried, dues, unit, few),
        is_comparable=sum(part >= few for part in dues) > 1,
    )


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
