from __future__ import annotations

from site_compilation import AWAY, OWN, cause, place, timeline
from watchbill.insight.coverage import Gap
from watchbill.insight.holdings import Holding, holdings

COVER = cause("cover", instead_of="grace", skipped=(AWAY,))


def _holdings(rows: list[tuple[int, int, str, int]], gaps: tuple[Gap, ...] = (), now: int = 0) -> list[Holding]:
    line = timeline("payments", "primary", [(*row, OWN if row[3] == 0 else COVER) for row in rows])
    return list(holdings(line, gaps, now, 100))


def _gap(start: int, end: int, present: int = 0) -> Gap:
    where = place("schedules/on-call/payments.yaml")
    return Gap(
        schedule="payments", role="primary", stretch=(start, end), required=1, present=present, requirement=where
    )


def _brief(found: list[Holding]) -> list[tuple[int, int | None, str]]:
    return [(holding.start, holding.end, "+".join(holding.people)) for holding in found]


def test_shifts_of_the_same_person_that_meet_are_one_holding() -> None:
    line = timeline("p", "primary", [(-10, 5, "ada", 0, OWN), (5, 20, "ada", 0, COVER), (20, 40, "grace", 0, OWN)])
    assert _brief(list(holdings(line, (), 0, 100))) == [(0, 20, "ada"), (20, 40, "grace"), (40, None, "")]


def test_an_instant_at_a_handoff_belongs_to_the_next_holder() -> None:
    assert _brief(_holdings([(-10, 0, "ada", 0), (0, 10, "grace", 0)]))[0] == (0, 10, "grace")


def test_people_stand_in_the_order_of_their_seats_and_once() -> None:
    rows = [(-5, 10, "grace", 1), (-5, 10, "ada", 0)]
    assert _holdings(rows)[0].people == ("ada", "grace")
    assert _holdings([(-5, 10, "ada", 0), (-5, 10, "ada", 1)])[0].people == ("ada",)


def test_a_long_shift_that_began_before_shorter_ones_is_seen() -> None:
    rows = [(-90, 50, "ada", 0), (-80, -70, "grace", 1), (-70, -60, "grace", 1), (30, 60, "grace", 1)]
    assert _brief(_holdings(rows))[:3] == [(0, 30, "ada"), (30, 50, "ada+grace"), (50, 60, "grace")]


def test_a_gap_and_a_stretch_in_which_nobody_is_needed_are_told_apart() -> None:
    found = _holdings([(10, 20, "ada", 0)], (_gap(5, 10), _gap(20, 30)))
    assert [(holding.start, holding.end, bool(holding.people), holding.gap is not None) for holding in found] == [
        (0, 5, False, False),
        (5, 10, False, True),
        (10, 20, True, False),
        (20, 30, False, True),
        (30, None, False, False),
    ]


def test_a_gap_beside_a_holder_splits_the_holding() -> None:
    found = _holdings([(-5, 30, "ada", 0)], (_gap(10, 20, present=1),))
    assert [(holding.start, holding.end, holding.gap is not None) for holding in found][:3] == [
        (0, 10, False),
        (10, 20, True),
        (20, 30, False),
    ]


def test_a_role_without_shifts_is_one_open_stretch() -> None:
    assert _brief(_holdings([])) == [(0, None, "")]
