"""The sorted columns of each person, against the shifts themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_compilation import OWN, timeline
from watchbill.findings import Place
from watchbill.insight.loads import Split
from watchbill.insight.times_on_call import TimesOnCall
from watchbill.intervals import total, union
from watchbill.model.on_call import Role, Schedule
from watchbill.roster.timeline import Roster

Rows = list[tuple[int, int, str]]


def _times(*schedules: Rows) -> TimesOnCall:
    named = {f"s{number}": rows for number, rows in enumerate(schedules)}
    rosters = {
        name: Roster(
            schedule=name,
            timelines={"primary": timeline(name, "primary", [(s, e, who, 0, OWN) for s, e, who in rows])},
        )
        for name, rows in named.items()
    }
    place = Place(file="schedules/on-call/s.yaml")
    written = {
        name: Schedule(
            id=name, place=place, name=name, team="t", timezone="UTC", roles=(Role(id="primary", place=place),)
        )
        for name in named
    }
    return TimesOnCall(Split(written, rosters))


def test_shifts_of_all_schedules_come_together_in_order() -> None:
    times = _times([(0, 10, "ada"), (10, 20, "grace"), (40, 50, "ada")], [(20, 40, "ada")])
    assert (times.by_person["ada"].start, times.by_person["ada"].end) == ([0, 20, 40], [10, 40, 50])
    assert times.by_person["ada"].seconds() == 40
    assert times.doubled == frozenset()


def test_two_shifts_at_a_time_are_seen_across_schedules_and_inside_one() -> None:
    assert _times([(0, 10, "ada")], [(9, 12, "ada"), (9, 12, "grace")]).doubled == {"ada"}
    assert _times([(0, 10, "ada"), (0, 10, "ada")]).doubled == {"ada"}


SHIFTS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1])), max_size=6)


@given(SHIFTS, st.integers(0, 30), st.integers(1, 12))
def test_columns_answer_as_the_shifts_do(shifts: list[tuple[int, int]], low: int, length: int) -> None:
    times = _times([(start, end, "ada") for start, end in sorted(shifts)])
    assert ("ada" in times.doubled) == (total(union(shifts)) < total(shifts))
    if shifts:
        touching = sum(1 for start, end in shifts if start < low + length and low < end)
        assert times.by_person["ada"].touching((low, low + length)) == touching
