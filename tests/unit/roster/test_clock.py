"""The clock against the zone files, recorded clock changes, and arithmetic by definition."""

from __future__ import annotations

import json
import struct
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.wall_clock import face, offset_of, written
from random_schedules import AWKWARD, days, zones
from watchbill import timezones
from watchbill.roster.clock import spell, wall, zone

DAY = 86_400
RECORDED = Path(__file__).parents[3].parent / "shared" / "cases" / "time" / "transitions.json"
YEARS = range(1970, 2101)


def recorded_changes() -> list[dict[str, Any]]:
    if not RECORDED.is_file():
        pytest.skip("the recorded clock changes are not beside the repository")
    return list(json.loads(RECORDED.read_text(encoding="utf-8"))["transitions"])


def test_recorded_clock_changes_are_found_to_the_second() -> None:
    for change in recorded_changes():
        at = int(datetime.fromisoformat(change["utc"]).timestamp())
        name = change["zone"]
        assert (at, change["after_s"]) in timezones.offsets(name, datetime.fromtimestamp(at, UTC).year), change
        clock = zone(name)
        assert (clock.offset_at(at - 1), clock.offset_at(at)) == (change["before_s"], change["after_s"]), change


def test_a_time_in_a_recorded_hole_or_fold() -> None:
    for change in recorded_changes():
        at = int(datetime.fromisoformat(change["utc"]).timestamp())
        before, after = at + change["before_s"], at + change["after_s"]
        low, high = sorted((before, after))
        clock = zone(change["zone"])
        for wall_time in (low, (low + high) // 2, high - 1):
            if change["kind"] == "gap":
                assert clock.utc_of(wall_time) == at, change
            else:
                assert clock.utc_of(wall_time) == wall_time - change["before_s"], change
        assert clock.utc_of(low - 1) == low - 1 - change["before_s"]
        assert clock.utc_of(high) == high - change["after_s"]


def probes(name: str, year: int) -> list[int]:
    """Return wall-clock times around each clock change of a year, and one in each month."""
    found = [wall(date(year, month, 15), 9 * 3600) for month in range(1, 13)]
    for at, after in timezones.offsets(name, year)[1:]:
        shown = at + after
        found += [shown + quarter * 900 for quarter in range(-14, 15)]
        found += [shown - 1, shown + 1, shown + DAY, shown - DAY]
    return sorted(found)


def compare_with_definition(name: str, year: int) -> None:
    clock = zone(name)
    walls = probes(name, year)
    expected = []
    for wall_time in walls:
        day, seconds = divmod(wall_time, DAY)
        expected.append(written(name, date(1970, 1, 1) + timedelta(days=day), seconds))
    assert [clock.utc_of(w) for w in walls] == expected, name
    assert clock.utc_of_many(walls) == expected, name
    for instant in expected:
        shown = face(name, instant)
        local = clock.local(instant)
        assert (local.day, local.seconds) == (shown.date(), shown.hour * 3600 + shown.minute * 60 + shown.second), name
        assert local.offset == offset_of(name, instant), name


def test_every_zone_agrees_with_the_definition_in_2026() -> None:
    for name in sorted(timezones.names()):
        compare_with_definition(name, 2026)


@pytest.mark.deep
@pytest.mark.parametrize("name", sorted(timezones.names()))
def test_every_zone_agrees_with_the_definition_in_all_years(name: str) -> None:
    for year in YEARS:
        compare_with_definition(name, year)


@given(st.data())
def test_any_time_of_any_zone_agrees_with_the_definition(data: st.DataObject) -> None:
    name = data.draw(zones)
    day = data.draw(days(name))
    seconds = data.draw(st.integers(0, DAY))
    assert zone(name).utc(day, seconds) == written(name, day, seconds)


@given(st.data())
def test_later_on_the_wall_is_never_earlier(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(AWKWARD))
    day = data.draw(days(name))
    walls = sorted(wall(day) + s for s in data.draw(st.lists(st.integers(-DAY, 2 * DAY), min_size=2)))
    instants = [zone(name).utc_of(w) for w in walls]
    assert instants == sorted(instants)


def file_changes(name: str) -> list[tuple[int, int]]:
    """Return the clock changes that a zone file lists, as (UTC seconds, seconds east after it), read from its bytes."""
    data = resources.files("tzdata").joinpath("zoneinfo")
    for part in name.split("/"):
        data = data.joinpath(part)
    raw = data.read_bytes()

    def counts(at: int) -> tuple[int, ...]:
        assert raw[at : at + 4] == b"TZif"
        return struct.unpack(">6l", raw[at + 20 : at + 44])

    utc, std, leap, times, types, chars = counts(0)
    second = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc
    utc, std, leap, times, types, chars = counts(second)
    at = second + 44
    instants = struct.unpack(f">{times}q", raw[at : at + 8 * times])
    kinds = raw[at + 8 * times : at + 9 * times]
    at += 9 * times
    offsets = [struct.unpack(">l", raw[at + 6 * i : at + 6 * i + 4])[0] for i in range(types)]
    return [(instant, offsets[kind]) for instant, kind in zip(instants, kinds, strict=True)]


def compare_with_file(name: str, years: range) -> None:
    """The offsets of each year must be those of the file: no change is missed, however close to another one."""
    listed = file_changes(name)
    if not listed:
        return
    # After the last listed change a rule in the file's footer takes over; zoneinfo reads it, so only listed ones count.
    changes = [(at, after) for (_, before), (at, after) in pairwise(listed) if before != after]
    for year in years:
        start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
        end = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
        if end > listed[-1][0] or start <= listed[0][0]:
            continue
        expected = [(at, after) for at, after in changes if start < at < end]
        assert list(timezones.offsets(name, year)[1:]) == expected, (name, year)


def test_probing_each_day_misses_no_change_of_the_last_years() -> None:
    for name in sorted(timezones.names()):
        compare_with_file(name, range(2005, 2006))
        compare_with_file(name, range(2018, 2019))


@pytest.mark.deep
@pytest.mark.parametrize("name", sorted(timezones.names()))
def test_probing_each_day_misses_no_listed_change(name: str) -> None:
    compare_with_file(name, YEARS)


def test_a_zone_of_the_system_is_refused() -> None:
    assert "EST" not in timezones.names()
    assert "localtime" not in timezones.names()
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} <= timezones.names()


@pytest.mark.parametrize(
    ("local", "offset", "name", "text"),
    [
        ("2026-03-28 09:00", "+01:00", "Europe/Berlin", "Sat 28 Mar 2026 09:00 Europe/Berlin"),
        ("2026-10-04 02:30", "+11:00", "Australia/Lord_Howe", "Sun 4 Oct 2026 02:30 Australia/Lord_Howe"),
    ],
)
def test_spelled_times(local: str, offset: str, name: str, text: str) -> None:
    assert spell(int(datetime.fromisoformat(local + offset).timestamp()), name) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [("Eire", "Europe/Dublin"), ("PRC", "Asia/Shanghai"), ("W-SU", "Europe/Moscow"), ("Zulu", "UTC"), ("EST", None)],
)
def test_old_names_are_refused_and_known(old: str, new: str | None) -> None:
    assert old not in timezones.names()
    assert timezones.new_name(old) == new


def test_every_new_name_can_be_written() -> None:
    links = {"Eire", "GB", "Portugal", "Turkey", "Navajo", "NZ", "Hongkong", "Universal", "Greenwich"}
    assert {timezones.new_name(link) for link in links} < timezones.names()


def test_links_of_places_are_accepted() -> None:
    assert {"US/Pacific", "Asia/Calcutta", "Europe/Kiev"} < timezones.names()
