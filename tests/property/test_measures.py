"""The measures of load against a count of every minute, over random organisations in all zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from oracle.load import WEEK, LoadOracle
from random_schedules import FILE, PEOPLE, drawn_models, roles, zones
from watchbill.insight.loads import ANY
from watchbill.insight.measures import Measures
from watchbill.insight.peaks import Peak
from watchbill.intervals import Stretch
from watchbill.model.on_call import HolidayDay, Holidays, Requirement, Role, Schedule
from watchbill.model.repository import Model
from watchbill.model.time_values import ALWAYS, Span, Window, WindowPart
from watchbill.model.workload import NIGHT, WEEKEND, Workload
from watchbill.roster.expand import expand_all
from watchbill.roster.timeline import Roster

HOUR = 3600
SHORT_NIGHTS = Window(
    text="short", parts=(WindowPart(spans=tuple(Span(weekday=d, start=5400, days=0, end=9000) for d in (0, 1, 3, 5))),)
)
LONG_WEEKEND = Window(text="long", parts=(WindowPart(spans=(Span(weekday=4, start=17 * HOUR, days=3, end=9 * HOUR),)),))


class Drawn(NamedTuple):
    """A model with two schedules, its rosters, the horizon and now, all on whole minutes."""

    model: Model
    rosters: dict[str, Roster]
    horizon: Stretch
    now: int


def _covered(role: Role) -> Role:
    coverage = (Requirement(place=role.place.at("coverage"), window=ALWAYS),)
    return replace(role, coverage=role.coverage or coverage)


@st.composite
def organisations(draw: st.DrawFn) -> Drawn:
    """Draw a model, and beside its schedule a second one that shares some of its people."""
    drawn = draw(drawn_models())
    start = drawn.stretch[0] // 60 * 60
    horizon = (start, start + draw(st.integers(1, 20)) * 43_200)
    around = datetime.fromtimestamp(start, UTC).date()
    zone = draw(zones)
    more = draw(roles(zone, around, PEOPLE[: draw(st.integers(1, 4))]))
    listed = tuple(_covered(role) if draw(st.booleans()) else role for role in more)
    second = Schedule(id="web", place=FILE, name="Web", team="web", timezone=zone, roles=listed)
    off = tuple(HolidayDay(place=FILE, start=day, through=day) for day in draw(_days_off(around)))
    holidays = Holidays(id="company", place=FILE, days=off)
    people = {
        name: replace(person, holidays=draw(st.sampled_from([None, "holidays/company"])))
        for name, person in drawn.model.people.items()
    }
    night, weekend = draw(st.sampled_from([NIGHT, SHORT_NIGHTS])), draw(st.sampled_from([WEEKEND, LONG_WEEKEND]))
    model = replace(
        drawn.model,
        schedules={**drawn.model.schedules, "web": second},
        people=people,
        holidays={"company": holidays},
        workload=Workload(night=night, weekend=weekend),
    )
    rosters, _ = expand_all(model, [horizon])
    now = start + draw(st.integers(0, (horizon[1] - start) // 60)) * 60
    return Drawn(model, rosters, horizon, draw(st.sampled_from([start - 60, start, now])))


@st.composite
def _days_off(draw: st.DrawFn, around: date) -> list[date]:
    return sorted(around + timedelta(days=step) for step in draw(st.sets(st.integers(-2, 14), max_size=6)))


def _value(peak: Peak | None) -> int:
    return 0 if peak is None else peak.value


def _zone_of(drawn: Drawn, person: str) -> str:
    """Return the zone of a person: the own one, else the organisation's, else that of the first schedule held."""
    model = drawn.model
    for name in sorted(model.schedules):
        timelines = drawn.rosters[name].timelines.values()
        if any(shift.person == person for timeline in timelines for shift in timeline):
            return model.people[person].timezone or model.organization.timezone or model.schedules[name].timezone
    return "UTC"


@given(organisations())
def test_measures_are_what_counting_every_minute_gives(drawn: Drawn) -> None:
    model, rosters, horizon, now = drawn
    timezone = model.organization.timezone
    measures = Measures(model, rosters, horizon, now, timezone or "Europe/Berlin")
    for person in PEOPLE:
        zone = _zone_of(drawn, person)
        oracle = LoadOracle(model, rosters, horizon, now, person, zone)
        days_off = [(day.start, day.through) for day in model.holidays["company"].days]
        nights, weekends = oracle.marks(model.workload.night, 1), oracle.marks(model.workload.weekend, 7)
        holidays = oracle.days_off(days_off if model.people[person].holidays else ())
        for role in ("primary", "secondary", ANY):
            for own in (False, True):
                asked = (person, role, own, zone)
                minutes = oracle.minutes(role, own)
                if not minutes:
                    assert not any(measures.duty(person, role, own=own)), asked
                    continue
                found = measures.most_seconds(person, role, weeks=1, own=own)
                assert _value(found) == oracle.most_seconds(minutes, WEEK), asked
                found = measures.most_nights(person, role, weeks=1, own=own)
                assert _value(found) == oracle.most_touched(minutes, nights, 7), asked
                found = measures.most_weekends(person, role, weeks=1, own=own)
                assert _value(found) == oracle.most_touched(minutes, weekends, 1), asked
                found = measures.most_weekends(person, role, weeks=2, own=own)
                assert _value(found) == oracle.most_touched(minutes, weekends, 2), asked
                found = measures.most_holidays(person, role, weeks=1, own=own)
                assert _value(found) == oracle.most_touched(minutes, holidays, 7), asked
                assert _value(measures.longest_run(person, role, own=own)) == oracle.longest_run(minutes), asked
                rest = measures.shortest_rest(person, role, own=own)
                assert (rest and rest.value) == oracle.shortest_rest(minutes), asked


WEIGHTS = {"night": Fraction(2), "weekend": Fraction(3, 2), "holiday": Fraction(5, 2)}


@given(organisations())
def test_figures_are_what_counting_every_minute_gives(drawn: Drawn) -> None:
    model, rosters, horizon, now = drawn
    timezone = model.organization.timezone or "Europe/Berlin"
    model = replace(model, workload=replace(model.workload, weights=WEIGHTS))
    measures = Measures(model, rosters, horizon, now, timezone)
    for person in PEOPLE:
        zone = _zone_of(drawn, person)
        oracle = LoadOracle(model, rosters, horizon, now, person, zone)
        off = [(day.start, day.through) for day in model.holidays["company"].days if model.people[person].holidays]
        holidays = oracle.days_off(off)
        working = oracle.marks(model.workload.working_hours, 1)
        kinds = {
            "night": oracle.marks(model.workload.night, 1),
            "weekend": oracle.marks(model.workload.weekend, 7),
            "holiday": holidays,
            "working": [mark for mark in working if not oracle.inside(mark[0], holidays)],
        }
        counted = oracle.figures(kinds, WEIGHTS)
        found = measures.figures(person, horizon)
        assert found.total.seconds == counted.seconds
        assert found.total.taken_over == counted.taken_over
        assert found.total.outside_working_hours == counted.outside
        assert found.double_booked == counted.doubled
        assert found.total.turns == counted.turns
        assert found.total.weighted == counted.weighted
        assert found.total.share == Fraction(counted.seconds, horizon[1] - horizon[0])
        assert measures.days(person).count(*measures.duty(person)) == counted.days
