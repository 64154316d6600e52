"""Calendars from outside: holidays, limits, zones, order, horizon, random bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_cases import CASES, compiled, outcome, repository
from watchbill.findings import Finding, Place
from watchbill.model.on_call import Calendar
from watchbill.roster import calendar_process
from watchbill.roster.calendar_child import MOST_OCCURRENCES, read_calendar
from watchbill.roster.calendar_process import ask
from watchbill.roster.calendars import expand_calendars
from watchbill.roster.clock import DAY, wall

ADA = "schedules/time-off/ada.ics"
YEAR = wall(date(2026, 7, 1)), wall(date(2027, 7, 1))
FRIDAYS = (CASES / "friday-afternoons.ics").read_bytes()


def calendar(*events: str) -> bytes:
    """Return a calendar with events of the given lines."""
    inside = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{inside}END:VCALENDAR\n".encode()


def record(content: bytes, person: str = "ada") -> Calendar:
    """Return the record of a person's calendar."""
    place = Place(file=f"schedules/time-off/{person}.ics")
    return Calendar(place=place, purpose="time-off", id=person, content=content)


def test_holidays_are_whole_days_and_count_when_shown_as_free(tmp_path: Path) -> None:
    content = calendar(
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nTRANSP:TRANSPARENT",
        "DTSTART:20270101T000000\nDTEND:20270102T000000",
        "DTSTART;VALUE=DATE:19000501\nRRULE:FREQ=YEARLY",
    )
    model = compiled(repository(tmp_path, {"schedules/holidays/company.ics": content})).model
    days = {(day.start, day.through) for day in model.holidays["company"].days}
    assert {(date(2026, 12, 24), date(2026, 12, 26)), (date(2027, 1, 1), date(2027, 1, 1))} < days
    assert (date(2027, 5, 1), date(2027, 5, 1)) in days


def test_holidays_close_a_window(tmp_path: Path) -> None:
    files = {
        "schedules/holidays/company.ics": calendar("DTSTART;VALUE=DATE:20260803"),
        "policies/windows.yaml": b"office: {days: mon-fri 09:00-17:00, except: holidays/company}\n",
        "schedules/on-call/payments.yaml": b"name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n"
        b"  primary:\n    coverage: office\n    layers:\n      - {id: a, during: office, from: 2026-01-05, "
        b"every: 1 week, handoff: monday 09:00, members: [ada, grace]}\n",
    }
    compilation = compiled(repository(tmp_path, files))
    monday = wall(date(2026, 8, 3)) + 10 * 3600
    timeline = compilation.rosters["payments"].timelines["primary"]
    assert timeline.at(monday) == []
    assert timeline.at(monday + DAY) != []
    assert compilation.gaps == ()


def test_a_calendar_moves_the_roster_and_names_its_line(tmp_path: Path) -> None:
    files = {
        ADA: calendar("DTSTART;VALUE=DATE:20260804\nSUMMARY:Very private matter"),
        "schedules/on-call/payments.yaml": b"name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n"
        b"  primary:\n    layers:\n      - {id: a, from: 2026-01-05, every: 1 week, handoff: monday 09:00, "
        b"members: [ada]}\n      - {id: b, from: 2026-01-05, every: 1 week, handoff: monday 09:00, "
        b"members: [ada, grace]}\n",
    }
    compilation = compiled(repository(tmp_path, files))
    tuesday = wall(date(2026, 8, 4)) + 10 * 3600
    timeline = compilation.rosters["payments"].timelines["primary"]
    assert [shift.person for shift in timeline.at(tuesday)] == ["grace"]
    skips = [skip for shift in timeline.at(tuesday) for skip in shift.cause.skipped]
    assert all(
        skip.place is None or (skip.place.file, skip.place.mark and skip.place.mark.line) == (ADA, 2)
        for skip in skips
        if skip.person == "ada"
    )
    assert "private matter" not in repr(compilation.model)


def test_times_without_zone_are_the_persons_own(tmp_path: Path) -> None:
    files = {
        "schedules/people.yaml": b"ada: {name: Ada, timezone: America/New_York}\ngrace: {name: G}\nlinus: {name: L}\n",
        ADA: calendar("DTSTART:20261101T000000\nDURATION:PT8H", "DTSTART;VALUE=DATE:20261201"),
    }
    lines = outcome(compiled(repository(tmp_path, files)), zone="America/New_York")
    assert lines == ["2026-11-01 00:00 - 2026-11-01 07:00", "2026-12-01 00:00 - 2026-12-02 00:00"]


def test_calendars_and_files_of_days_name_the_same_absence(tmp_path: Path) -> None:
    one = repository(tmp_path / "one", {ADA: calendar("DTSTART;VALUE=DATE:20260803\nDTEND;VALUE=DATE:20260822")})
    other = repository(
        tmp_path / "other", {"schedules/time-off/ada.yaml": b"- {from: 2026-08-03, through: 2026-08-21}\n"}
    )
    assert outcome(compiled(one)) == outcome(compiled(other))


def test_results_inside_a_stretch_do_not_depend_on_the_horizon(tmp_path: Path) -> None:
    weekly = calendar("DTSTART;TZID=Europe/Berlin:20200103T130000\nDURATION:PT5H\nRRULE:FREQ=WEEKLY")
    model = replace(compiled(repository(tmp_path, {})).model, calendars=(record(weekly),))
    short, _ = expand_calendars(model, [YEAR])
    long, _ = expand_calendars(model, [(YEAR[0] - 900 * DAY, YEAR[1] + 2000 * DAY)])
    inside = [entry for entry in long.time_off if YEAR[0] <= wall(entry.stretch.start.day) < YEAR[1]]
    assert len(inside) == 52
    assert [entry for entry in short.time_off if YEAR[0] <= wall(entry.stretch.start.day) < YEAR[1]] == inside


def test_order_moved_by_an_absence_long_ago_stays_moved(tmp_path: Path) -> None:
    files = {
        ADA: calendar("DTSTART;VALUE=DATE:20200106\nDURATION:P1W"),
        "schedules/on-call/payments.yaml": b"name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n"
        b"  primary:\n    layers:\n      - {id: a, from: 2020-01-06, every: 1 week, handoff: monday 00:00, "
        b"when-away: advance, members: [ada, grace, linus]}\n",
    }
    by_calendar = compiled(repository(tmp_path / "ics", files))
    days = {key: text for key, text in files.items() if key != ADA}
    days["schedules/time-off/ada.yaml"] = b"- {from: 2020-01-06, through: 2020-01-12}\n"
    by_days = compiled(repository(tmp_path / "yaml", days))
    one, other = (list(c.rosters["payments"].timelines["primary"]) for c in (by_calendar, by_days))
    assert [(s.start, s.end, s.person) for s in one] == [(s.start, s.end, s.person) for s in other]


def test_two_compiles_say_the_same(tmp_path: Path) -> None:
    files = {f"schedules/time-off/{name}.ics": FRIDAYS for name in ("ada", "grace")}
    folder = repository(tmp_path, files)
    assert compiled(folder) == compiled(folder)


def test_a_file_that_gives_too_much_does_not_count() -> None:
    daily = "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY"
    answer = read_calendar(calendar(*[daily] * 60), "time-off", *YEAR)
    assert answer.occurrences == ()
    assert [c.message for c in answer.complaints] == [f"gives more than {MOST_OCCURRENCES:,} stretches"]


@pytest.mark.parametrize("name", ["RDATE", "EXDATE"])
def test_an_event_lists_a_bounded_number_of_dates(name: str) -> None:
    dates = ",".join(["20260801"] * 2001)
    answer = read_calendar(calendar(f"DTSTART;VALUE=DATE:20260801\n{name};VALUE=DATE:{dates}"), "time-off", *YEAR)
    assert [c.message for c in answer.complaints] == ["lists more than 2,000 dates"]


def test_components_are_counted_before_they_are_read() -> None:
    content = b"BEGIN:VCALENDAR\n" + b"BEGIN:V\nEND:V\n" * 20_001 + b"END:VCALENDAR\n"
    (complaint,) = read_calendar(content, "time-off", *YEAR).complaints
    assert complaint.whole
    assert complaint.message == "has more than 20,000 components"


def test_deep_nesting_needs_no_stack() -> None:
    (complaint,) = read_calendar(b"BEGIN:VCALENDAR\n" + b"BEGIN:V\n" * 19_000, "time-off", *YEAR).complaints
    assert complaint.message == "ends before all components are closed"


def test_a_bomb_that_no_rule_of_form_knows_meets_the_limit_of_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = "DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    monkeypatch.setattr(calendar_process, "_CPU_SECONDS", 1)
    good = record(calendar("DTSTART;VALUE=DATE:20260801"), "ada")
    bomb = record(calendar(*[never] * 3000), "grace")
    model = replace(compiled(repository(tmp_path, {})).model, calendars=(good, bomb, record(FRIDAYS, "linus")))
    expanded, (finding,) = expand_calendars(model, [YEAR])
    assert [entry.person for entry in expanded.time_off] == ["ada"]
    assert (finding.rule, finding.place.file) == ("calendar-unreadable", "schedules/time-off/grace.ics")
    assert "takes too long to read" in finding.message
    assert "1 calendar after it" in finding.message


def failed(tmp_path: Path, *calendars: Calendar) -> Finding:
    """Return the one finding of some calendars of which the first is read if the reader starts."""
    model = replace(compiled(repository(tmp_path, {})).model, calendars=calendars)
    _, (finding,) = expand_calendars(model, [YEAR])
    assert finding.rule == "calendar-unreadable"
    return finding


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_calendar_that_takes_too_much_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_process, "_MEMORY_BYTES", 400 * 1024**2)
    large = record(b"BEGIN:VCALENDAR\n" + b"A:\n" * 3_000_000, "grace")
    finding = failed(tmp_path, record(FRIDAYS, "ada"), large)
    assert finding.place.file == "schedules/time-off/grace.ics"
    assert finding.message == "the calendar of grace takes too much memory to read, so it does not count"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit what a process writes")
def test_calendars_whose_answers_are_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_process, "_OUTPUT_BYTES", 20_000)
    daily = record(calendar("DTSTART;VALUE=DATE:20260801\nRRULE:FREQ=DAILY"), "grace")
    finding = failed(tmp_path, record(FRIDAYS, "ada"), daily, record(FRIDAYS, "linus"))
    assert finding.place.file == "schedules/time-off/grace.ics"
    assert "the calendar of grace gives too many stretches, so it does not count; nor does the 1" in finding.message


@pytest.mark.parametrize(
    ("python", "said"),
    [("/nowhere/python", "No such file or directory"), ("/bin/false", "status 1")],
)
def test_a_reader_that_cannot_start_blames_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str, said: str
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    finding = failed(tmp_path, record(FRIDAYS, "ada"), record(FRIDAYS, "linus"))
    assert finding.message.startswith("the process that reads calendars could not be started (")
    assert said in finding.message
    assert finding.message.endswith("so none of the 2 calendars counts")
    assert "nothing is wrong with the files" in finding.help


def test_a_reader_that_ends_at_once_does_not_end_the_command(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"schedules/time-off/ada.ics": FRIDAYS * (200_000 // len(FRIDAYS))})
    program = (
        "import signal, sys; signal.signal(signal.SIGPIPE, signal.SIG_DFL); sys.executable = '/bin/false'; "
        "from pathlib import Path; from watchbill.pipeline import compile_tree; "
        "from watchbill.source.tree import DirectoryTree; "
        f"made = compile_tree(DirectoryTree(Path({str(folder)!r})), now=1800000000); "
        "print(sum('could not be started' in found.finding.message for found in made.findings))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout == "1\n"


def test_without_calendars_nothing_is_started_or_imported(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"schedules/time-off/ada.yaml": b"- {from: 2026-08-03, through: 2026-08-21}\n"})
    program = (
        "import sys, json; from pathlib import Path; from watchbill.pipeline import compile_tree; "
        "from watchbill.source.tree import DirectoryTree; import subprocess; "
        f"compile_tree(DirectoryTree(Path({str(folder)!r})), now=1800000000); "
        "print(json.dumps([n for n in ('icalendar', 'dateutil', 'watchbill.roster.calendar_process') "
        "if n in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == []


_SHAPES = ["BEGIN", "END", "VCALENDAR", "VEVENT", "VALARM", ":", ";", "=", ",", "/", '"', "\n", "\r\n", "\\", "é", "1"]
_NAMES = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS", "METHOD"]
_RULES = ["FREQ=DAILY", "FREQ=YEARLY", "COUNT=3", "COUNT=-1", "INTERVAL=2", "INTERVAL=99999999", "UNTIL=0", "WKST=QQ"]
_RULES += ["BYDAY=MO", "BYDAY=-9XX", "BYMONTHDAY=31", "BYSETPOS=0", "BYWEEKNO=99", "UNTIL=20261231", "BYYEARDAY=-400"]
_VALUES = ["TZID=Europe/Berlin", "TZID=UTC", "VALUE=DATE", "RANGE=THISANDFUTURE", "20261201", "20261201T093000", "P"]
_VALUES += ["20261201T093000Z", "20261301", "99991231", "00010101", "P1D", "PT8H", "P1W", "-P1D", "PT", "P99999999999D"]
_WORDS = st.sampled_from(_SHAPES + _NAMES + _RULES + _VALUES)


@given(st.lists(_WORDS, max_size=40).map("".join) | st.lists(_WORDS, max_size=20).map(":".join))
def test_no_words_of_calendars_make_it_fail(text: str) -> None:
    for inside in (
        text,
        f"DTSTART:20261201T090000\nDURATION:PT1H\n{text}",
        f"DTSTART:20261201\nRRULE:FREQ=DAILY;{text}",
    ):
        read_calendar(calendar(inside), "time-off", *YEAR)
        read_calendar(calendar(inside), "holidays", *YEAR)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    read_calendar(content, "time-off", *YEAR)
    read_calendar(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + content + b"\nEND:VEVENT\nEND:VCALENDAR", "holidays", *YEAR)


@given(st.sampled_from(sorted(CASES.glob("*.ics"))), st.integers(0), st.integers(0, 255))
def test_no_changed_byte_makes_it_fail(case: Path, at: int, byte: int) -> None:
    content = bytearray(case.read_bytes())
    content[at % len(content)] = byte
    read_calendar(bytes(content), "time-off", *YEAR)


def test_the_answer_comes_through_the_process_unchanged() -> None:
    for case in sorted(CASES.glob("*.ics")):
        answers = ask([record(case.read_bytes())], *YEAR)
        assert answers.failure is None
        assert answers.read == (read_calendar(case.read_bytes(), "time-off", *YEAR),)
