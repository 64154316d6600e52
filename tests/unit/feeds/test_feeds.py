"""Feeds hold the shifts of the timeline, in a form that every calendar program takes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

import calendar_bytes
import hand_built
from watchbill.feeds.render import render
from watchbill.text import HIDDEN

CASES = Path(__file__).parents[4] / "shared" / "cases" / "text" / "ical_text.json"

DASH = " \N{EN DASH} "

UNSEEN = re.compile(rf"[{HIDDEN}\s\ufffd]")

HOSTILE = (
    "x\r\nATTENDEE:mailto:evil@example.org",
    "x\rATTENDEE:mailto:evil@example.org",
    "x\nBEGIN:VALARM\nACTION:AUDIO\nEND:VALARM",
    "END:VEVENT",
    "back\\slash\\",
    'comma, semicolon; colon: quote"',
    "\u2028\u2029\x85\x0b\x0c\x1c",
    "nul\x00 bell\x07 delete\x7f",
    "\u202egnp.exe",
    "\ufeffmark",
    "^n^'^^",
    "\\n is no line break",
    "é" * 300,
    "\U0001f469\u200d\U0001f4bb" * 60,
    "x" * 1000,
    " ",
    "",
)


def instants(rows: tuple[hand_built.Row, ...]) -> set[tuple[str, str, str]]:
    return {(_compact(row[0]), _compact(row[1]), row[2]) for row in rows}


def _compact(text: str) -> str:
    return re.sub("[-:]", "", text).replace("Z", "00Z")


def feeds(**changes: object) -> dict[str, calendar_bytes.Calendar]:
    compilation = hand_built.compilation(**changes)  # type: ignore[arg-type]
    return {path: calendar_bytes.read(data) for path, data in render(compilation).items()}


def test_there_is_one_feed_per_schedule_and_person() -> None:
    people = {f"feeds/people/{person}.ics" for person in hand_built.NAMES}
    assert set(feeds()) == {"feeds/schedules/payments.ics", "feeds/schedules/search.ics"} | people


def test_a_schedule_feed_holds_every_shift_to_the_second() -> None:
    events = feeds()["feeds/schedules/payments.ics"].events
    names = {name: person for person, name in hand_built.NAMES.items()}
    found = {
        (event["SUMMARY"].split(DASH)[0], event["DTSTART"], event["DTEND"], names[event["SUMMARY"].split(DASH)[2]])
        for event in events
    }
    expected = {("primary", *shift) for shift in instants(hand_built.PRIMARY)}
    expected |= {("secondary", *shift) for shift in instants(hand_built.SECONDARY)}
    assert found == expected
    assert len(events) == len(hand_built.PRIMARY) + len(hand_built.SECONDARY)


def test_a_person_feed_holds_the_shifts_of_one_person_on_all_roles() -> None:
    events = feeds()["feeds/people/grace.ics"].events
    rows = [row for row in (*hand_built.PRIMARY, *hand_built.SECONDARY) if row[2] == "grace"]
    assert {(event["DTSTART"], event["DTEND"], "grace") for event in events} == instants(tuple(rows))
    assert all("Grace Hopper, Rear Admiral" in event["SUMMARY"] for event in events)


def test_an_event_is_the_same_in_both_feeds() -> None:
    rendered = render(hand_built.compilation())
    of_schedule = rendered["feeds/schedules/payments.ics"]
    body = rendered["feeds/people/ada.ics"]
    for event in body[body.index(b"BEGIN:VEVENT") : body.index(b"END:VCALENDAR")].split(b"END:VEVENT\r\n")[:-1]:
        assert event in of_schedule


def test_the_description_gives_the_handoffs_in_local_time_over_a_clock_change() -> None:
    event = next(e for e in feeds()["feeds/schedules/payments.ics"].events if e["DTSTART"] == "20261019T070000Z")
    assert event["DESCRIPTION"] == (
        "From Mon 19 Oct 2026 09:00 Europe/Berlin\nuntil Mon 26 Oct 2026 09:00 Europe/Berlin"
    )


def test_a_stand_in_is_called_one_without_a_word_on_who_is_away_or_why() -> None:
    event = next(e for e in feeds()["feeds/schedules/payments.ics"].events if e["DTSTART"] == "20261014T100000Z")
    assert event["DESCRIPTION"].endswith("\nStand-in.")
    assert "Grace" not in event["SUMMARY"] + event["DESCRIPTION"]


def test_a_feed_without_shifts_has_one_event_far_in_the_past() -> None:
    for path in ("feeds/schedules/search.ics", "feeds/people/barbara.ics"):
        (event,) = feeds()[path].events
        assert event["DTSTART"] == "20200101T000000Z"
        assert event["TRANSP"] == "TRANSPARENT"


def test_shifts_outside_the_horizon_stay_out_and_those_across_its_edge_stay_whole() -> None:
    early = ("2026-09-01T07:00Z", "2026-10-01T22:00Z", "ada", 0, "turn")
    across = ("2026-10-01T22:00Z", "2026-10-05T07:00Z", "grace", 0, "turn")
    late = ("2026-11-15T23:00Z", "2026-11-20T07:00Z", "ada", 0, "turn")
    last = ("2026-11-15T22:00Z", "2026-12-24T07:00Z", "ada", 0, "turn")
    events = feeds(primary=(early, across), secondary=(last, late))["feeds/schedules/payments.ics"].events
    assert {(event["DTSTART"], event["DTEND"]) for event in events} == {
        ("20261001T220000Z", "20261005T070000Z"),
        ("20261115T220000Z", "20261224T070000Z"),
    }


def test_uids_are_unique_and_name_nobody() -> None:
    events = feeds()["feeds/schedules/payments.ics"].events
    assert len({event["UID"] for event in events}) == len(events)
    for event in events:
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["UID"])


def test_uids_outlive_a_swap_a_rename_and_another_day() -> None:
    def by_start(**changes: object) -> dict[str, str]:
        events = feeds(**changes)["feeds/schedules/payments.ics"].events
        return {event["DTSTART"] + event["SUMMARY"].split(DASH)[0]: event["UID"] for event in events}

    lone = tuple(row for row in hand_built.PRIMARY if row[3] == 0)
    swapped = tuple((row[0], row[1], "barbara", row[3], "override") for row in lone)
    plain = by_start(primary=lone)
    assert by_start(primary=swapped) == plain
    assert by_start(primary=lone, names=dict.fromkeys(hand_built.NAMES, "Somebody")) == plain
    assert by_start(primary=lone, payments="Money", now="2026-11-14T03:00Z") == plain


def test_one_uid_is_known_for_ever() -> None:
    """A change of the namespace or of the key would make every subscribed calendar drop and add all events."""
    event = next(e for e in feeds()["feeds/schedules/payments.ics"].events if e["DTSTART"] == "20261014T100000Z")
    assert event["UID"] == "aee24475-8a1e-5e6a-bf09-9eab708c33e4"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_adds_no_line(name: str) -> None:
    names = dict.fromkeys(hand_built.NAMES, name)
    for calendar in feeds(names=names, payments=name).values():
        for event in calendar.events:
            assert len(event["SUMMARY"]) <= 255
            assert (
                event["SUMMARY"].startswith((f"primary{DASH}", f"secondary{DASH}")) or "no shifts" in event["SUMMARY"]
            )


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside the repository")
def test_the_shared_hostile_texts_add_no_line() -> None:
    for name in json.loads(CASES.read_text()):
        feeds(names=dict.fromkeys(hand_built.NAMES, name), payments=name)


def test_a_hostile_name_adds_no_line_without_assertions() -> None:
    """The library guards some texts with an assertion, which ``python -O`` removes."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import hand_built\n"
        "from watchbill.feeds.render import render\n"
        "bad = 'x\\r\\nATTENDEE:mailto:evil@example.org'\n"
        "files = render(hand_built.compilation(names=dict.fromkeys(hand_built.NAMES, bad), payments=bad))\n"
        "print(sum(data.count(b'\\nATTENDEE') + data.count(b'\\rATTENDEE') for data in files.values()), len(files))\n"
    )
    tests = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-O", "-c", code, tests], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "7"]


@given(st.text(max_size=60))
def test_any_name_reads_back_as_it_was_less_what_is_hidden(name: str) -> None:
    data = render(hand_built.compilation(names={**hand_built.NAMES, "ada": _encodable(name)}))["feeds/people/ada.ics"]
    calendar_bytes.read(data)
    parsed = icalendar.Calendar.from_ical(data)
    for event in parsed.events:
        shown = str(event["SUMMARY"]).split(DASH, 2)[2]
        assert UNSEEN.sub("", shown) == UNSEEN.sub("", name)


def _encodable(name: str) -> str:
    return "".join(c for c in name if unicodedata.category(c) != "Cs")


def test_nothing_private_is_in_a_feed() -> None:
    for data in render(hand_built.compilation()).values():
        for private in (b"private-marker", b"+15550100", b"Asia/Kolkata", b"PADA"):
            assert private not in data


def test_the_library_reads_a_feed_back_as_the_same_events() -> None:
    parsed = icalendar.Calendar.from_ical(render(hand_built.compilation())["feeds/schedules/payments.ics"])
    assert not parsed.errors
    shifts = {(int(event.start.timestamp()), int(event.end.timestamp())) for event in parsed.events}
    rows = (*hand_built.PRIMARY, *hand_built.SECONDARY)
    assert shifts == {(hand_built.seconds(row[0]), hand_built.seconds(row[1])) for row in rows}
