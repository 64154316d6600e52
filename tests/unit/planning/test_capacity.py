"""Capacity: the need agrees with what the check of a real roster of that many people says; people count by presence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from planned import DAY, END, NOW, PEOPLE, judging, layer, repository, schedule, weekly
from watchbill.insight.prospects import Capacity, Outcome
from watchbill.model.on_call import TimeOff
from watchbill.model.time_values import DatedStretch, Moment
from watchbill.planning.capacity import Change, capacity
from watchbill.planning.leaving import without

LOAD = {"share-too-high", "too-many-consecutive-days", "rest-too-short", "too-many-nights", "too-many-weekends"}
DAYS = "        during: [mon-sun 09:00-21:00]\n"
NIGHTS = "        during: [mon-sun 21:00-09:00]\n"
OFFICE = "        during: [mon-fri 09:00-17:00]\n"


def capacity_of(files: dict[str, str], change: Change | None = None) -> Capacity:
    return capacity(judging(files), "harbour", change or Change())


def needs(files: dict[str, str]) -> list[tuple[int | None, int | None]]:
    return [(pool.need.needed, pool.need.least) for pool in capacity_of(files, Change(leaving=("noether",))).pools]


def outcome(found: Capacity, words: str) -> Outcome:
    return next(each for each in found.outcomes if each.change == words)


def parted(*layers: tuple[str, str, tuple[str, ...]]) -> str:
    text = "".join(layer(people, name=name) + during for name, during, people in layers)
    return schedule(text)


@pytest.mark.parametrize(
    ("on_call", "expected"),
    [
        pytest.param(weekly(PEOPLE[:4]), [(4, 3)], id="weekly"),
        pytest.param(weekly(PEOPLE[:4], follower=True), [(4, 3)], id="weekly with a follower"),
        pytest.param(schedule(layer(PEOPLE[:3], every="1 day", handoff="09:00")), [(6, 3)], id="daily"),
        pytest.param(
            schedule(layer(PEOPLE[:3]) + OFFICE, coverage="[mon-fri 09:00-17:00]"), [(2, 1)], id="office hours"
        ),
        pytest.param(
            parted(("days", DAYS, PEOPLE[:2]), ("nights", NIGHTS, PEOPLE[2:4])), [(2, 2), (3, 2)], id="two groups"
        ),
    ],
)
def test_the_need_of_a_pattern(on_call: str, expected: list[tuple[int, int]]) -> None:
    assert needs(repository(on_call)) == expected


@pytest.mark.parametrize("follower", [False, True])
def test_a_real_roster_of_as_many_people_is_clean_and_of_one_less_is_not(follower: bool) -> None:
    ((needed, least),) = needs(repository(weekly(PEOPLE[:6], follower=follower)))
    assert needed is not None
    assert least is not None
    for number, clean in ((needed, True), (needed - 1, False)):
        judged = judging(repository(weekly(PEOPLE[:number], follower=follower))).base
        assert (not any(finding.rule in LOAD for finding in judged.findings)) is clean, number
    for number, passes in ((least, True), (least - 1, False)):
        judged = judging(repository(weekly(PEOPLE[:number], follower=follower))).base
        errors = [each for each in judged.findings if each.rule in LOAD and each.level.value == "error"]
        assert (not errors) is passes, number


def test_the_need_follows_the_policy() -> None:
    limits = "profile: medium\nlimits:\n  share:\n    primary:\n      warning: 13%\n      error: 26%\n"
    files = repository(weekly(PEOPLE[:4])) | {"policies/workload.yaml": limits}
    # With eight people, twelve weeks can hold two of somebody's turns, which is 16.7 %.
    assert needs(files) == [(12, 4)]


def test_a_rule_that_is_off_asks_for_nobody() -> None:
    off = "".join(f"  {rule}: off\n" for rule in sorted(LOAD))
    files = repository(weekly(PEOPLE[:4])) | {"policies/checks.yaml": f"rules:\n{off}"}
    assert needs(files) == [(2, 1)]


def test_what_no_number_of_people_mends_is_said() -> None:
    files = repository(weekly(PEOPLE[:4])) | {
        "policies/workload.yaml": "profile: medium\nlimits:\n  consecutive-days:\n    primary:\n      warning: 3\n"
    }
    (pool,) = capacity_of(files, Change(leaving=("noether",))).pools
    assert (pool.need.needed, pool.need.least) == (None, 3)
    assert [finding.rule for finding in pool.need.because] == ["too-many-consecutive-days"]


def test_rotations_that_share_people_are_one_pool_whose_orders_are_shifted() -> None:
    # Both layers start with ada: by day and by night at once, unless the nights come later in the order.
    files = repository(parted(("days", DAYS, PEOPLE[:4]), ("nights", NIGHTS, PEOPLE[:4])))
    (pool,) = capacity_of(files, Change(leaving=("noether",))).pools
    assert pool.need.rotations == ("primary/days", "primary/nights")
    assert pool.need.needed == 4


def test_people_count_by_the_time_they_are_there_and_by_their_own_share() -> None:
    files = repository(
        weekly(PEOPLE[:4]),
        people={
            "ada": "  joined: 2027-05-26\n",
            "alan": "  left: 2027-05-25\n",
            "grace": "  limits: {share: {primary: 13.5%}}\n",
        },
    ) | {"schedules/time-off/katherine.yaml": "- from: 2027-01-01\n  through: 2027-03-31\n"}
    (pool,) = capacity_of(files, Change(leaving=("noether",))).pools
    counts = {each.person: (each.present, each.part) for each in pool.people}
    assert counts["grace"] == (1, Fraction(1, 2))
    assert counts["katherine"][0] == 1 - Fraction(90 * DAY - 3600, END - NOW), "the clocks go forward in March"
    assert counts["ada"][0] + counts["alan"][0] == 1
    assert pool.now == 3
    assert pool.there == 1 + Fraction(1, 2) + counts["katherine"][0]


def test_each_person_leaves_once_and_findings_that_were_there_are_not_told_again() -> None:
    found = capacity_of(repository(weekly(PEOPLE[:3])))
    assert [each.change for each in found.outcomes] == ["as it is", "without ada", "without alan", "without grace"]
    assert found.outcomes[0].appeared == ()
    gone = outcome(found, "without ada")
    assert (gone.people, gone.gap_seconds) == (2, 0)
    assert {(each.rule, each.level.value) for each in gone.appeared} >= {("share-too-high", "error")}
    assert {each.subject for each in gone.appeared if each.rule == "share-too-high"} == {"person/alan", "person/grace"}
    assert gone.busiest["primary"].share > Fraction(1, 2)


def test_the_order_goes_on_without_whoever_leaves() -> None:
    before = judging(repository(weekly(PEOPLE[:4])))
    after = before.judged(without(before.base.model, frozenset({"grace"}), NOW, "Europe/Berlin"))
    shifts = [shift for shift in after.rosters["harbour"].timelines["primary"] if shift.start >= NOW]
    order = [shift.person for shift in shifts][:7]
    first = next(each for each in before.base.rosters["harbour"].timelines["primary"] if each.start >= NOW)
    turned = [*PEOPLE[PEOPLE.index(first.person) : 4], *PEOPLE[: PEOPLE.index(first.person)]] * 3
    assert order == [person for person in turned if person != "grace"][:7]
    assert all(shift.cause.kind == "turn" for shift in shifts)
    running = next(each for each in before.base.rosters["harbour"].timelines["primary"] if each.start <= NOW < each.end)
    kept = next(each for each in after.rosters["harbour"].timelines["primary"] if each.start <= NOW < each.end)
    assert (running.person, running.end) == (kept.person, kept.end)


def test_an_order_that_was_continued_by_a_later_version_still_is() -> None:
    start = "      - id: weekly\n        every: 1 week\n        handoff: monday 09:00\n        versions:\n"
    # Three weeks of turns lie between the versions: 2027-01-04 would be linus's turn of both.
    files = repository(
        schedule(
            f"{start}          - from: 2026-01-05\n            members: [ada, alan, grace, linus]\n"
            "          - from: 2027-01-04\n            members: [ada, alan, grace, linus, margaret]\n"
        )
    )
    before = judging(files)
    for leaver in ("ada", "alan", "grace", "linus"):
        after = before.judged(without(before.base.model, frozenset({leaver}), NOW, "Europe/Berlin"))
        people = [each.person for each in after.rosters["harbour"].timelines["primary"] if each.start >= NOW]
        assert leaver not in people
        assert all(one != other for one, other in pairwise(people)), (leaver, people[:8])


def test_one_more_gap_is_seen_among_others_like_it() -> None:
    files = repository(weekly(PEOPLE[:2]))
    for person in PEOPLE[:2]:
        files[f"schedules/time-off/{person}.yaml"] = (
            "- from: 2027-01-12\n  through: 2027-01-12\n- from: 2027-09-12\n  through: 2027-09-12\n"
        )
    place = judging(files).base.model.people["ada"].place
    day = DatedStretch(place=place, start=Moment(day=date(2027, 5, 12)), through=date(2027, 5, 12))
    season = tuple(TimeOff(place=place, person=person, stretch=day) for person in PEOPLE[:2])
    gap = capacity_of(files, Change(time_off=season)).outcomes[-1]
    assert (gap.gap_seconds, capacity_of(files, Change(time_off=season)).outcomes[0].gap_seconds) == (3 * DAY, 2 * DAY)
    (found,) = (each for each in gap.appeared if each.rule == "coverage-gap")
    assert "Wed 12 May 2027" in found.message


def test_what_is_found_already_is_told_beside_the_verdict() -> None:
    # Seven people and seven days: the same three get every weekend, although six people would be enough.
    found = capacity_of(
        repository(schedule(layer(PEOPLE[:7], every="1 day", handoff="09:00"))), Change(leaving=("ada",))
    )
    assert {(each.rule, each.subject) for each in found.standing} >= {
        ("too-many-weekends", f"person/{person}") for person in ("linus", "margaret", "noether")
    }


def test_where_nobody_is_left_there_is_a_gap() -> None:
    found = capacity_of(repository(weekly(PEOPLE[:2])), Change(leaving=("ada", "alan")))
    both = found.outcomes[-1]
    assert both.change == "without ada, alan"
    assert both.people == 0
    assert both.gap_seconds > 350 * DAY
    assert "coverage-gap" in {each.rule for each in both.appeared}


def test_a_season_of_vacations_is_compiled() -> None:
    files = repository(weekly(PEOPLE[:2]))
    model = judging(files).base.model
    place = model.people["ada"].place

    def off(person: str, first: int, last: int) -> TimeOff:
        start = Moment(day=date(2027, 7, first))
        stretch = DatedStretch(place=place, start=start, through=date(2027, 7, last))
        return TimeOff(place=place, person=person, stretch=stretch)

    season = (off("ada", 5, 9), off("alan", 8, 14))
    found = capacity_of(files, Change(time_off=season, source="summer.yaml"))
    gap = found.outcomes[-1]
    assert gap.change == "with the time off of summer.yaml"
    assert gap.gap_seconds == 2 * DAY, "both are away on 8 and 9 July"
    assert [each.rule for each in gap.appeared if each.subject == "schedule/harbour"] == ["coverage-gap"]


def test_listed_turns_have_no_need() -> None:
    on_call = schedule(
        "      - id: listed\n        turns:\n          - from: 2026-11-01 09:00\n            person: ada\n"
        "          - from: 2026-12-01 09:00\n            person: alan\n"
    )
    found = capacity_of(repository(on_call), Change(leaving=("alan",)))
    assert (found.pools, found.unrotated) == ((), ("primary",))
