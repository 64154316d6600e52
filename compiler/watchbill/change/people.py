"""What a change means for each person whose shifts move: time, nights, weekends and days off gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from watchbill.change.moves import Rename
from watchbill.change.records import Move, PersonChange, Tally
from watchbill.insight.marks import Marks
from watchbill.insight.measures import Measures
from watchbill.intervals import Stretch, clip, subtract, total


def people(moves: Sequence[Move], base: Measures, head: Measures, ahead: Stretch, old_id: Rename) -> list[PersonChange]:
    """Return the people whose shifts move, by id. ``old_id`` gives the id of a person in base."""
    moved: dict[str, list[Move]] = {}
    for move in moves:
        for person in (*move.before, *move.after):
            moved.setdefault(person, []).append(move)
    return [_of_person(person, moved[person], base, head, ahead, old_id) for person in sorted(moved)]


def _of_person(
    person: str, moves: Sequence[Move], base: Measures, head: Measures, ahead: Stretch, old_id: Rename
) -> PersonChange:
    before = _Duty(base, old_id(person), ahead)
    after = _Duty(head, person, ahead)
    return PersonChange(
        person=person,
        gained=after.beyond(before),
        lost=before.beyond(after),
        first=min(move.stretch[0] for move in moves),
        stretches=len(moves),
    )


class _Duty:
    """The time ahead in which somebody is on call on one side, and the nights, weekends and days off it touches."""

    def __init__(self, measures: Measures, person: str, ahead: Stretch) -> None:
        starts, ends = measures.duty(person)
        self.stretches = clip(list(zip(starts, ends, strict=True)), *ahead)
        self.nights = _touched(measures.nights(person), self.stretches)
        self.weekends = _touched(measures.weekends(person), self.stretches)
        self.holidays = _touched(measures.holidays(person), self.stretches)

    def beyond(self, other: _Duty) -> Tally:
        """Return what there is here and not there."""
        return Tally(
            seconds=total(subtract(self.stretches, other.stretches)),
            nights=len(self.nights - other.nights),
            weekends=len(self.weekends - other.weekends),
            holidays=len(self.holidays - other.holidays),
        )


def _touched(marks: Marks, stretches: Iterable[Stretch]) -> set[int]:
    """Return the numbers of the marks that stretches touch: equal numbers are the same night, weekend or day."""
    return set(chain.from_iterable(map(marks.numbers.__getitem__, marks.touched(*each)) for each in stretches))
