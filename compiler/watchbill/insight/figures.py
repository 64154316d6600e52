"""The figures of one person in one stretch, per role and in total: what tables, pages and fairness show.

All seconds are exact. Two shifts at a time count once, in a role as in total; where they are shifts of two roles or two
schedules, the seconds are told as double booked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from watchbill.insight.loads import Held
from watchbill.insight.marks import Marks
from watchbill.insight.peaks import longest_run
from watchbill.intervals import Stretch, intersect, subtract, total, union
from watchbill.records import dataclass

ALL_TIME = -(1 << 62)
"""Before every instant: for figures that count the past too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a person carries of one role, or of all that count, in one stretch.

    ``seconds``, of which ``taken_over`` from others; ``share`` of the stretch; local nights, weekends and days off
    touched; the longest run of local days; the shortest rest in seconds, if there are two stretches of duty; own turns
    touched; seconds outside the person's working hours; ``weighted`` seconds, each as heavy as the heaviest of the
    weights of ``policies/workload.yaml`` that apply, else 1.
    """

    seconds: int
    taken_over: int
    share: Fraction
    nights: int
    weekends: int
    holidays: int
    longest_run: int
    shortest_rest: int | None
    turns: int
    outside_working_hours: int
    weighted: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFigures:
    """The figures of a person in a stretch: in total, by role, and the seconds of two roles or schedules at a time."""

    person: str
    stretch: Stretch
    total: Figures
    roles: Mapping[str, Figures]
    double_booked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTime:
    """The marks of a person: what an instant counts as in the person's zone."""

    nights: Marks
    weekends: Marks
    holidays: Marks
    days: Marks
    working_hours: Marks


def figures(
    shifts: Sequence[Held], inside: list[Stretch], stretch: Stretch, local: LocalTime, weights: Mapping[str, Fraction]
) -> Figures:
    """Return the figures of some shifts of one person in a stretch, of which only ``inside`` counts."""
    duty = intersect(union((shift.start, shift.end) for shift in shifts), inside)
    own = intersect(union((shift.start, shift.end) for shift in shifts if shift.own), inside)
    starts, ends = [start for start, _ in duty], [end for _, end in duty]
    run = longest_run(starts, ends, local.days, after=ALL_TIME)
    seconds = total(duty)
    return Figures(
        seconds=seconds,
        taken_over=seconds - total(own),
        share=Fraction(seconds, max(stretch[1] - stretch[0], 1)),
        nights=local.nights.count(starts, ends),
        weekends=local.weekends.count(starts, ends),
        holidays=local.holidays.count(starts, ends),
        longest_run=run.value if run else 0,
        shortest_rest=_shortest_rest(shifts, duty),
        turns=len({shift.turn for shift in shifts if shift.own and shift.turn}),
        outside_working_hours=seconds - total(intersect(duty, local.working_hours.stretches())),
        weighted=weighted(duty, local, weights),
    )


def _shortest_rest(shifts: Sequence[Held], duty: list[Stretch]) -> int | None:
    """Return the shortest rest in seconds; a break inside of one turn is none."""
    rests = [(start, end) for (_, start), (end, _) in pairwise(duty)]
    lengths = [
        end - start
        for start, end in rests
        if not {s.turn for s in shifts if s.turn and s.end == start} & {s.turn for s in shifts if s.start == end}
    ]
    return min(lengths, default=None)


def weighted(duty: list[Stretch], local: LocalTime, weights: Mapping[str, Fraction]) -> Fraction:
    """Return how heavy a duty is, in seconds of a plain weekday."""
    kinds = {"night": local.nights, "weekend": local.weekends, "holiday": local.holidays}
    left, heavy = duty, Fraction(0)
    for weight, kind in sorted(((weight, kind) for kind, weight in weights.items()), reverse=True):
        marked = union(kinds[kind].stretches())
        heavy += weight * total(intersect(left, marked))
        left = subtract(left, marked)
    return heavy + total(left)


def doubled(shifts: Iterable[Held]) -> list[Stretch]:
    """Return the set of instants at which shifts of two roles or two schedules run at a time."""
    tracks: dict[tuple[str, str], list[Stretch]] = {}
    for shift in shifts:
        tracks.setdefault((shift.track.schedule, shift.track.role), []).append((shift.start, shift.end))
    once: list[Stretch] = []
    twice: list[Stretch] = []
    for found in map(union, tracks.values()):
        twice = union([*twice, *intersect(once, found)])
        once = union([*once, *found])
    return twice
