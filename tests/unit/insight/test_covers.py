"""Who stood in for whom."""

from __future__ import annotations

from site_compilation import AWAY, OWN, cause, timeline
from watchbill.insight.covers import covers, debts
from watchbill.roster.timeline import Roster

COVER = cause("cover", instead_of="grace", skipped=(AWAY,))
BACK = cause("cover", instead_of="ada")
WHOLE = cause("override")
ONE_SEAT = cause("override", instead_of="grace")


def _rosters() -> dict[str, Roster]:
    rows = [
        (0, 10, "ada", 0, OWN),
        (10, 20, "ada", 0, COVER),
        (20, 24, "grace", 0, BACK),
        (24, 40, "linus", 0, WHOLE),
        (40, 45, "ada", 0, ONE_SEAT),
    ]
    return {"payments": Roster(schedule="payments", timelines={"primary": timeline("payments", "primary", rows)})}


def test_covers_and_overrides_of_a_seat_name_whom_they_replace() -> None:
    told = [(each.person, each.instead_of, each.seconds, each.shifts) for each in covers(_rosters(), (0, 100))]
    assert told == [("ada", "grace", 15, 2), ("grace", "ada", 4, 1)]


def test_only_what_lies_inside_counts() -> None:
    told = [(each.person, each.instead_of, each.seconds) for each in covers(_rosters(), (15, 22))]
    assert told == [("ada", "grace", 5), ("grace", "ada", 2)]


def test_debts_are_netted() -> None:
    assert debts(covers(_rosters(), (0, 100))) == {("grace", "ada"): 11}
    assert debts(()) == {}
