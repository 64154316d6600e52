"""How far a schedule is computed around what is asked: a turn without end must cost no more than it can decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from random_schedules import FILE, model_of
from watchbill.model.on_call import ExplicitTurn, Layer, Role, Schedule, TimeOff, Version
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.model.time_values import DatedStretch, HandoffPoint, Moment, Period
from watchbill.roster.budget import estimated_shifts
from watchbill.roster.expand import expand_all
from watchbill.roster.timeline import Shift

START = date(2026, 1, 5)
WEEK = timedelta(weeks=1)


def instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def hourly() -> Role:
    version = Version(
        place=FILE,
        order_place=FILE,
        start=START,
        timezone="UTC",
        every=Period(count=1, unit="hours"),
        handoff=(HandoffPoint(seconds=0),),
        members=(("grace",), ("linus",), ("mary",)),
    )
    return Role(id="primary", place=FILE, layers=(Layer(id="hourly", place=FILE, timezone="UTC", versions=(version,)),))


def listed(last: str) -> Role:
    names = [("grace",), ("linus",), (last,) if last else ()]
    turns = tuple(
        ExplicitTurn(place=FILE, start=Moment(day=START + i * WEEK), member=name) for i, name in enumerate(names)
    )
    version = Version(place=FILE, order_place=FILE, start=START, timezone="UTC", turns=turns)
    layer = Layer(id="dated", place=FILE, timezone="UTC", versions=(version,))
    return Role(id="secondary", place=FILE, layers=(layer,))


def model(last: str, away: date, left: date | None = None) -> Model:
    """Return a primary of hourly turns and a secondary whose last turn has no end; ada is away for a week."""
    schedule = Schedule(id="ops", place=FILE, name="Ops", team="ops", timezone="UTC", roles=(hourly(), listed(last)))
    schedule = replace(schedule, distinct=(("primary", "secondary"),))
    stretch = DatedStretch(place=FILE, start=Moment(day=away), through=away + timedelta(days=6))
    people = {name: Person(id=name, place=FILE, name=name, timezone="UTC") for name in ("ada", "grace", "linus")}
    people["ada"] = replace(people["ada"], left=left)
    return model_of(schedule, people=people, time_off=(TimeOff(place=FILE, person="ada", stretch=stretch),))


def secondary(of: Model, start: date, end: date) -> list[Shift]:
    return list(expand_all(of, [(instant(start), instant(end))])[0]["ops"].timelines["secondary"])


ASKED = (date(2026, 11, 1), date(2026, 12, 1))


@pytest.mark.parametrize("left", [None, date(2026, 11, 20)], ids=["comes back", "leaves"])
def test_a_turn_without_end_is_followed_to_the_last_dated_thing(left: date | None) -> None:
    soon = model("ada", date(2026, 12, 1), left)
    # A year of hours has 8,760 turns, and the last turn began in January; to the end of time there are 650,000.
    assert estimated_shifts(soon, (instant(ASKED[0]), instant(ASKED[1]))) < 10_000
    found = secondary(soon, *ASKED)
    far = secondary(soon, ASKED[0], date(2027, 12, 1))
    assert found == [shift for shift in far if shift.start < instant(ASKED[1])]


def test_what_is_computed_far_ahead_counts() -> None:
    late = model("ada", date(2096, 12, 1))
    assert estimated_shifts(late, (instant(ASKED[0]), instant(ASKED[1]))) > 500_000


def test_a_turn_of_nobody_needs_no_looking_ahead() -> None:
    late = model("", date(2096, 12, 1))
    assert estimated_shifts(late, (instant(ASKED[0]), instant(ASKED[1]))) < 1_000
