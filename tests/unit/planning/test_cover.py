"""Who could stand in: the order of the choices, what makes one impossible, and overrides that do what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planned import DAY, NOW, PEOPLE, judging, layer, repository, schedule, weekly
from watchbill.insight.prospects import ShiftToCover, StandInChoice
from watchbill.planning.cover import covers, held_by
from watchbill.planning.cover_choices import moment_of, overrides_of
from watchbill.reports import override_text

HOUR = 3600
MONDAY = NOW + 12 * DAY - 4 * HOUR
"""Monday 7 December 2026, 09:00 in Berlin: the turn of linus, of five who take weekly turns."""
WEEK = (MONDAY, MONDAY + 7 * DAY)
FIVE = PEOPLE[:5]


def choices(
    files: dict[str, str], person: str = "grace", asked: tuple[int, int] = WEEK
) -> tuple[ShiftToCover, dict[str, StandInChoice]]:
    (shift,) = covers(judging(files), person, asked)
    return shift, {choice.person: choice for choice in shift.choices}


def holder(files: dict[str, str]) -> str:
    timeline = judging(files).base.rosters["harbour"].timelines["primary"]
    return next(shift.person for shift in timeline if shift.start == MONDAY)


def names(shift: ShiftToCover) -> list[str]:
    return [choice.person for choice in shift.choices if not choice.refused]


def test_the_next_of_the_order_come_first_where_nothing_else_tells_them_apart() -> None:
    files = repository(weekly(FIVE))
    person = holder(files)
    shift, found = choices(files, person)
    at = FIVE.index(person)
    cyclic = [*FIVE[at + 1 :], *FIVE[:at]]
    # The two beside it would have two weeks in a row; all others stand in the order of the roster.
    assert names(shift) == [*cyclic[1:-1], cyclic[0], cyclic[-1]]
    assert found[cyclic[0]].rest_after == 0
    assert found[cyclic[-1]].rest_before == 0
    assert found[cyclic[1]].rest_after == 7 * DAY


def test_who_is_away_stands_at_the_end_with_the_reason() -> None:
    person = holder(repository(weekly(FIVE)))
    away, gone, coming, free = (name for name in FIVE if name != person)
    own = {gone: "  left: 2026-12-08\n", coming: "  joined: 2026-12-09\n"}
    files = repository(weekly(FIVE), people=own)
    files[f"schedules/time-off/{away}.yaml"] = "- from: 2026-12-09\n  through: 2026-12-09\n"
    shift, found = choices(files, person)
    assert found[away].refused == "is away from Wed 9 Dec 2026 00:00 until Thu 10 Dec 2026 00:00 Europe/Berlin"
    assert found[gone].refused == "has left by Wed 9 Dec 2026 00:00 Europe/Berlin"
    assert found[coming].refused == "joins only Wed 9 Dec 2026 00:00 Europe/Berlin"
    assert names(shift) == [free]
    assert all(choice.refused for choice in shift.choices[1:])


def test_a_wish_weighs_and_forbids_nothing() -> None:
    files = repository(weekly(FIVE))
    first = names(choices(files, holder(files))[0])[0]
    files[f"schedules/time-off/{first}.yaml"] = "- from: 2026-12-09\n  through: 2026-12-09\n  kind: prefer-not\n"
    shift, found = choices(files, holder(files))
    assert found[first].prefers_not
    assert names(shift)[-1] == first


def test_a_rule_that_would_be_broken_comes_before_everything_else() -> None:
    files = repository(weekly(PEOPLE[:3]))
    shift, found = choices(files, holder(files))
    assert [finding.rule for finding in found[names(shift)[0]].breaks] == []
    strict = "profile: medium\nlimits:\n  share:\n    primary:\n      error: 34%\n"
    shift, found = choices({**files, "policies/workload.yaml": strict}, holder(files))
    for name in set(PEOPLE[:3]) - {holder(files)}:
        assert [(each.rule, each.subject) for each in found[name].breaks] == [("share-too-high", f"person/{name}")]
    # Katherine is of the team and takes no turns, which matters less than a rule.
    assert names(shift)[0] == "katherine"
    assert found["katherine"].takes_turns is False


def test_whoever_sleeps_then_comes_later() -> None:
    on_call = schedule(layer(FIVE) + "        during: [mon-fri 09:00-17:00]\n", coverage="[mon-fri 09:00-17:00]")
    person = holder(repository(on_call))
    far = names(choices(repository(on_call), person)[0])[0]
    files = repository(on_call, people={far: "  timezone: America/Los_Angeles\n"})
    shift, found = choices(files, person)
    assert len(shift.pieces) == 5, "a turn of office hours has one piece a day"
    assert found[far].night_seconds == 5 * 6 * HOUR, "from 00:00 to 08:00 there, of which 06:00 to 08:00 is no night"
    assert names(shift)[-1] == far


def test_who_owes_comes_first() -> None:
    person = holder(repository(weekly(FIVE)))
    last = names(choices(repository(weekly(FIVE)), person)[0])[1]
    files = repository(weekly(FIVE))
    files["schedules/overrides/autumn.yaml"] = (
        "schedule: harbour\nrole: primary\nfrom: 2026-09-21 09:00\nuntil: 2026-11-23 09:00\n"
        f"person: {person}\ninstead-of: {last}\n"
    )
    shift, found = choices(files, person)
    assert found[last].owes >= 7 * DAY
    assert {choice.owes for choice in found.values() if choice.person != last} == {0}
    assert names(shift)[0] == last


def test_who_is_on_call_elsewhere_is_not_proposed() -> None:
    files = repository(weekly(FIVE))
    person = holder(files)
    busy = next(name for name in FIVE if name != person)
    other = weekly([busy]).replace("name: Harbour", "name: Lock")
    files["schedules/on-call/lock.yaml"] = other
    _, found = choices(files, person)
    assert found[busy].refused.startswith("is on call for lock as primary from ")


def test_a_follower_may_take_the_turn_and_is_followed_by_the_next() -> None:
    files = repository(weekly(FIVE, follower=True))
    person = holder(files)
    shift, found = choices(files, person)
    following = next(name for name in found if found[name].rest_after == 0)
    assert following in names(shift), "who follows is free to be first, because another one follows then"


def test_fewer_findings_of_a_kind_are_none_that_appear() -> None:
    files = repository(weekly(FIVE))
    person = holder(files)
    files["schedules/on-call/lock.yaml"] = weekly(FIVE).replace("name: Harbour", "name: Lock")
    shift = next(iter(covers(judging(files), person, WEEK, "harbour")))
    # The person is double booked all year, less this week: that is no news about the choice.
    assert {finding.subject for choice in shift.choices for finding in choice.breaks} <= {
        f"person/{choice.person}" for choice in shift.choices
    }


def test_seats_of_one_turn_are_not_taken_twice() -> None:
    members = "        members:\n          - together: [ada, alan]\n          - together: [grace, linus]\n"
    text = schedule(layer(["x"]).replace("        members: [x]\n", members))
    files = repository(text)
    person = holder(files)
    partner = {"ada": "alan", "grace": "linus"}[person]
    _, found = choices(files, person)
    assert found[partner].refused == "takes this turn already"


def test_a_shift_of_an_override_is_changed_where_it_is_written() -> None:
    files = repository(weekly(FIVE))
    person = holder(files)
    taker = next(name for name in FIVE if name != person)
    files["schedules/overrides/xmas.yaml"] = (
        "schedule: harbour\nrole: primary\nfrom: 2026-12-07 09:00\nuntil: 2026-12-14 09:00\n"
        f"person: {taker}\ninstead-of: {person}\n"
    )
    (shift,) = covers(judging(files), taker, WEEK)
    assert (shift.written, shift.choices, shift.best) == ("schedules/overrides/xmas.yaml", (), None)


def test_several_shifts_are_not_all_given_to_one() -> None:
    files = repository(weekly(FIVE))
    person = holder(files)
    shifts = covers(judging(files), person, (NOW, NOW + 150 * DAY))
    best = [shift.best.person for shift in shifts if shift.best]
    assert len(best) == len(shifts) > 3
    assert len(set(best)) > 1


def test_only_a_schedule_or_a_role_can_be_asked_for_and_trainees_need_nobody() -> None:
    text = weekly(FIVE, follower=True) + "  shadow:\n    layers:\n" + layer(["ritchie"], name="training")
    base = judging(repository(text)).base
    asked = (NOW, NOW + 100 * DAY)
    assert {shift.role for shift in held_by(base, "ada", asked)} == {"primary", "secondary"}
    assert {shift.role for shift in held_by(base, "ada", asked, "harbour", "primary")} == {"primary"}
    assert held_by(base, "ada", asked, "lock") == []
    assert held_by(base, "ritchie", asked) == []
    assert held_by(base, "ritchie", asked, role="shadow") != []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_override_that_is_written_gives_the_shift_to_the_choice(number: int) -> None:
    files = repository(weekly(FIVE, follower=True))
    person = holder(files)
    shift, _ = choices(files, person, (MONDAY + DAY, MONDAY + 3 * DAY))
    name = names(shift)[number]
    files["schedules/overrides/cover.yaml"] = override_text.written(overrides_of(shift, person, name))
    base = judging(files).base
    timeline = base.rosters["harbour"].timelines["primary"]
    assert {held.person for held in timeline if shift.stretch[0] <= held.start < shift.stretch[1]} == {name}
    assert not [each for each in base.findings if each.place.file == "schedules/overrides/cover.yaml"]
    assert not [each for each in base.findings if each.rule == "same-person-twice"]


def test_a_time_that_comes_twice_is_written_with_its_offset() -> None:
    # Clocks in Berlin go back at 01:00 UTC on 31 October 2027.
    first, second = 1_824_940_800 + 1800, 1_824_944_400 + 1800
    written = [override_text.spelled(moment_of(instant, "Europe/Berlin")) for instant in (first, second, second + 3600)]
    assert written == ["2027-10-31 02:30", "2027-10-31T02:30+01:00", "2027-10-31 03:30"]


def test_the_file_is_a_new_one() -> None:
    shift = ShiftToCover(schedule="harbour", role="primary", pieces=(WEEK,), timezone="Europe/Berlin")
    overrides = overrides_of(shift, "ada", "alan")
    path = "schedules/overrides/2026-12-harbour-ada-cover"
    assert override_text.file_name(overrides, "ada", []) == f"{path}.yaml"
    assert override_text.file_name(overrides, "ada", [f"{path}.yaml", f"{path}-2.yaml"]) == f"{path}-3.yaml"
    both = [*overrides, replace(overrides[0], schedule="lock")]
    assert override_text.file_name(both, "ada", []) == "schedules/overrides/2026-12-several-ada-cover.yaml"
