"""The notations: what they accept, what they refuse, and that no text makes them fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchbill import timezones
from watchbill.model.notation import (
    Problem,
    Rate,
    WrongPoint,
    parse_country,
    parse_date,
    parse_days,
    parse_duration,
    parse_frequency,
    parse_handoff,
    parse_handoffs,
    parse_id,
    parse_incident_id,
    parse_instant,
    parse_moment,
    parse_period,
    parse_rate,
    parse_share,
    parse_spans,
    parse_time,
    parse_url,
)
from watchbill.model.notation.names import RESERVED
from watchbill.model.time_values import HandoffPoint, Moment, Period, Span

SHARED = Path(__file__).parents[3].parent / "shared" / "cases" / "text"
HOUR = 3600

ACCEPTED: list[tuple[Callable[[str], object], str, object]] = [
    (parse_date, "1970-01-01", date(1970, 1, 1)),
    (parse_date, "2100-12-31", date(2100, 12, 31)),
    (parse_date, "2028-02-29", date(2028, 2, 29)),
    (parse_time, "00:00", 0),
    (parse_time, "23:59", 86_340),
    (parse_moment, "2026-12-24", Moment(day=date(2026, 12, 24))),
    (parse_moment, "2026-12-24 09:00", Moment(day=date(2026, 12, 24), seconds=9 * HOUR)),
    (parse_moment, "2026-12-24T09:00:30", Moment(day=date(2026, 12, 24), seconds=9 * HOUR + 30)),
    (parse_moment, "2026-12-24T09:00-03:30", Moment(day=date(2026, 12, 24), seconds=9 * HOUR, offset=-12_600)),
    (parse_moment, "2026-12-24 09:00Z", Moment(day=date(2026, 12, 24), seconds=9 * HOUR, offset=0)),
    (parse_instant, "1970-01-02T00:00:00+01:00", 86_400 - HOUR),
    (parse_instant, "2026-01-01T00:00Z", 1_767_225_600),
    (parse_duration, "5 minutes", 300),
    (parse_duration, "1 week", 604_800),
    (parse_duration, "12 hours", 12 * HOUR),
    (parse_days, "0 days", 0),
    (parse_days, "2 weeks", 14),
    (parse_period, "52 weeks", Period(count=52, unit="weeks")),
    (parse_period, "1 week", Period(count=1, unit="weeks")),
    (parse_period, "366 days", Period(count=366, unit="days")),
    (parse_period, "8 hours", Period(count=8, unit="hours")),
    (parse_period, "12 months", Period(count=12, unit="months")),
    (parse_share, "30%", Fraction(3, 10)),
    (parse_share, "12.5%", Fraction(1, 8)),
    (parse_share, "0%", Fraction(0)),
    (parse_frequency, "5 per 12 weeks", (5, 12)),
    (parse_rate, "6.50 EUR per hour", Rate(amount=Fraction(13, 2), currency="EUR", per="hour")),
    (parse_country, "GB-ENG", "GB-ENG"),
    (parse_country, "DE", "DE"),
    (parse_incident_id, "2026-11-03-checkout-latency", "2026-11-03-checkout-latency"),
    (
        parse_spans,
        "mon,wed 10:00-12:00",
        (Span(weekday=0, start=36_000, days=0, end=43_200), Span(weekday=2, start=36_000, days=0, end=43_200)),
    ),
    (parse_spans, "monday 22:00-06:00", (Span(weekday=0, start=79_200, days=1, end=21_600),)),
    (parse_spans, "sat 00:00-24:00", (Span(weekday=5, start=0, days=0, end=86_400),)),
    (parse_spans, "friday 17:00 - monday 09:00", (Span(weekday=4, start=61_200, days=3, end=32_400),)),
    (parse_spans, "mon 09:00 - mon 09:00", (Span(weekday=0, start=32_400, days=7, end=32_400),)),
    (parse_spans, "mon 09:00 - mon 10:00", (Span(weekday=0, start=32_400, days=0, end=36_000),)),
    (parse_url, "https://good.example/wiki/Foo_(bar)?x=1#y", "https://good.example/wiki/Foo_(bar)?x=1#y"),
]

REFUSED: list[tuple[Callable[[str], object], str, str]] = [
    (parse_date, "2026-02-30", "check the month and the day"),
    (parse_date, "1969-12-31", "check the year"),
    (parse_date, "2101-01-01", "check the year"),
    (parse_date, "2026-1-5", "2026-01-31"),
    (parse_date, "2026-01-05\n", "2026-01-31"),
    (parse_date, "\u0662\u0660\u0662\u0666-01-05", "2026-01-31"),
    (parse_time, "9:00", "write `09:00`"),
    (parse_time, "9", "write `09:00`"),
    (parse_time, "9.30", "write `09:30`"),
    (parse_time, "24:00", "23:59"),
    (parse_time, "09:60", "23:59"),
    (parse_time, "09:00\n", "write `09:00`"),
    (parse_moment, "2026-12-24 9:00", "2026-12-24 09:00"),
    (parse_moment, "2026-12-24T09:00+15:00", "offset"),
    (parse_moment, "2026-12-24T09:00:60", "2026-12-24"),
    (parse_instant, "2026-12-24", "offset"),
    (parse_instant, "2026-12-24T09:00:00", "offset"),
    (parse_duration, "5m", "write `5 minutes`"),
    (parse_duration, "1h", "write `1 hour`"),
    (parse_duration, "3 months", "90 days"),
    (parse_duration, "0 minutes", "5 minutes"),
    (parse_duration, "9999 weeks", "5 minutes"),
    (parse_days, "36 hours", "90 days"),
    (parse_period, "0 days", "1 week"),
    (parse_period, "5 hours", "1, 2, 3, 4, 6, 8, 12 or 24 hours"),
    (parse_period, "48 hours", "use days"),
    (parse_period, "53 weeks", "at most 52 weeks"),
    (parse_period, "13 months", "at most 12 months"),
    (parse_period, "weekly", "1 week"),
    (parse_share, "30", "30%"),
    (parse_share, "100.5%", "100%"),
    (parse_frequency, "5 per 0 weeks", "5 per 12 weeks"),
    (parse_frequency, "5 per 600 weeks", "at most 104 weeks"),
    (parse_rate, "4 euros", "4 EUR per hour"),
    (parse_country, "England", "GB-ENG"),
    (parse_country, "gb", "write `GB`"),
    (parse_country, "de-be", "write `DE-BE`"),
    (parse_spans, "mon-fri", "mon-fri 00:00-24:00"),
    (parse_spans, "mon-fri 9:00-17:00", "write `09:00`"),
    (parse_spans, "mon-fri 24:00-06:00", "23:59"),
    (parse_spans, "weekdays 09:00-17:00", "mon-fri 09:00-17:00"),
    (parse_id, "Payments", "write `payments`"),
    (parse_id, "a_b", "write `a-b`"),
    (parse_id, "\u0440\u0430\u0443", "a to z"),
    (parse_id, "a" * 64, "shorter"),
    (parse_incident_id, "2026_11", "a to z"),
]

HANDOFFS = [
    ("monday 09:00", "weeks", HandoffPoint(seconds=9 * HOUR, weekday=0)),
    ("mon 09:00", "weeks", HandoffPoint(seconds=9 * HOUR, weekday=0)),
    ("09:00", "days", HandoffPoint(seconds=9 * HOUR)),
    ("10:00", "hours", HandoffPoint(seconds=10 * HOUR)),
    ("first monday 09:00", "months", HandoffPoint(seconds=9 * HOUR, weekday=0, nth=1)),
    ("fourth sun 00:00", "months", HandoffPoint(seconds=0, weekday=6, nth=4)),
    ("last friday 17:00", "months", HandoffPoint(seconds=17 * HOUR, weekday=4, nth=-1)),
    ("day 31 09:00", "months", HandoffPoint(seconds=9 * HOUR, day=31)),
]

PARSERS = [*{parser for parser, _, _ in ACCEPTED}, parse_id]


@pytest.mark.parametrize(("parse", "text", "value"), ACCEPTED, ids=[text for _, text, _ in ACCEPTED])
def test_accepted(parse: Callable[[str], object], text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(("parse", "text", "hint"), REFUSED, ids=[ascii(text) for _, text, _ in REFUSED])
def test_refused_with_help(parse: Callable[[str], object], text: str, hint: str) -> None:
    problem = parse(text)
    assert isinstance(problem, Problem)
    assert hint in problem.help
    assert "\n" not in problem.text + problem.help


@pytest.mark.parametrize(("text", "unit", "point"), HANDOFFS)
def test_handoff_has_the_form_of_its_unit(text: str, unit: str, point: HandoffPoint) -> None:
    assert parse_handoff(text, unit) == point


@pytest.mark.parametrize(
    ("texts", "unit", "index", "hint"),
    [
        (("09:00",), "weeks", 0, "monday 09:00"),
        (("monday 09:00",), "days", 0, "09:00"),
        (("monday 09:00", "mon 09:00"), "weeks", 1, "leave one"),
        (("06:00", "18:00"), "hours", 1, "one time of day"),
        (("day 32 09:00",), "months", 0, "day 31"),
        (("fifth monday 09:00",), "months", 0, "first monday"),
        (("monday 9:00",), "weeks", 0, "write `09:00`"),
    ],
)
def test_wrong_handoff_says_the_right_form(texts: tuple[str, ...], unit: str, index: int, hint: str) -> None:
    wrong = parse_handoffs(texts, unit)
    assert isinstance(wrong, WrongPoint)
    assert wrong.index == index
    assert hint in wrong.problem.help


def test_handoffs_come_in_the_order_of_the_period() -> None:
    assert parse_handoffs(("friday 17:00", "monday 09:00"), "weeks") == parse_handoffs(
        ("monday 09:00", "friday 17:00"), "weeks"
    )


def test_midnight_at_the_end_of_a_window_only() -> None:
    assert parse_time("24:00", end=True) == 86_400


@given(st.text(max_size=40))
def test_no_text_makes_a_parser_fail(text: str) -> None:
    for parse in PARSERS:
        parse(text)
    for unit in ("hours", "days", "weeks", "months"):
        parse_handoff(text, unit)


@given(
    st.from_regex(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?", fullmatch=True
    )
)
def test_no_near_moment_makes_a_parser_fail(text: str) -> None:
    moment = parse_moment(text)
    assert isinstance(moment, Problem) or 1970 <= moment.day.year <= 2100
    parse_instant(text)


def _shared(name: str) -> list[dict[str, object]]:
    path = SHARED / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the shared cases of {name} are not beside this repository")
    cases: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return cases


@pytest.mark.parametrize("name", ["ids", "url", "timezones"])
def test_shared_texts(name: str) -> None:
    judges: dict[str, Callable[[str], bool]] = {
        "ids": lambda text: not isinstance(parse_id(text), Problem) and text not in RESERVED,
        "url": lambda text: not isinstance(parse_url(text), Problem),
        "timezones": lambda text: text in timezones.names(),
    }
    for case in _shared(name):
        expected = case.get("ok", case.get("safe"))
        if isinstance(expected, bool):
            assert judges[name](str(case["v"])) == expected, case


def test_shared_durations_and_dates() -> None:
    judges: dict[str, Callable[[str], object]] = {
        "handoff": lambda text: parse_handoff(text, "days"),
        "date": parse_date,
        "datetime": parse_moment,
        "length": parse_duration,
        "count": parse_period,
    }
    for case in _shared("durations_dates"):
        result = judges[str(case["field"])](str(case["v"]))
        assert isinstance(result, Problem) != case["ok"], case
