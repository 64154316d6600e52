"""Strategies that draw whole models with one schedule, ``ops``: any zone, any form of rotation, any absence.

They lean towards what goes wrong: days of clock changes, times in holes and folds, short rotations, everybody away.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from watchbill import timezones
from watchbill.findings import Place
from watchbill.intervals import Stretch
from watchbill.model.on_call import (
    ExplicitTurn,
    Follows,
    HolidayDay,
    Holidays,
    Layer,
    Member,
    Override,
    Requirement,
    Role,
    Schedule,
    Swap,
    SwapSide,
    TimeOff,
    Version,
)
from watchbill.model.people import Person
from watchbill.model.repository import Model
from watchbill.model.services import CheckSettings, Organization
from watchbill.model.time_values import ALWAYS, DatedStretch, HandoffPoint, Moment, Period, Span, Window, WindowPart
from watchbill.roster.schedule_input import InputBuilder, ScheduleInput

PEOPLE = ("ada", "grace", "linus", "margaret", "alan")
DAY = timedelta(days=1)
AWKWARD = (
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Atlantic/Azores",
    "America/Nuuk",
    "Asia/Gaza",
    "Pacific/Chatham",
)
FILE = Place(file="schedules/on-call/ops.yaml")

zones = st.one_of(st.sampled_from(AWKWARD), st.sampled_from(sorted(timezones.names())))
seconds = st.one_of(
    st.sampled_from([0, 1800, 3600, 5400, 6300, 7200, 9000, 10800, 32_400, 61_200, 82_800, 84_600]),
    st.integers(0, 1439).map(lambda minute: minute * 60),
)


def _changes(zone: str, year: int) -> list[date]:
    return [datetime.fromtimestamp(at, UTC).date() for at, _ in timezones.offsets(zone, year)[1:]]


@st.composite
def days(draw: st.DrawFn, zone: str) -> date:
    """Draw a day from 2024 to 2027, often one on which the clocks change."""
    year = draw(st.integers(2024, 2027))
    changes = _changes(zone, year)
    if changes and draw(st.integers(0, 3)):
        return draw(st.sampled_from(changes)) + draw(st.integers(-1, 1)) * DAY
    return date(year, 1, 1) + draw(st.integers(0, 360)) * DAY


@st.composite
def moments(draw: st.DrawFn, around: date, spread: int = 12) -> Moment:
    """Draw a moment within ``spread`` days of a day: a bare date, a local time, or an instant."""
    day = around + draw(st.integers(-spread, spread)) * DAY
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return Moment(day=day)
    return Moment(day=day, seconds=draw(seconds), offset=3600 if kind == 1 else None)


@st.composite
def stretches(draw: st.DrawFn, around: date, place: Place) -> DatedStretch:
    """Draw a dated stretch of up to nine days."""
    start = draw(moments(around))
    length = draw(st.integers(0, 9))
    if start.seconds is None or draw(st.booleans()):
        return DatedStretch(place=place, start=start, through=start.day + length * DAY)
    until = Moment(day=start.day + (length + 1) * DAY, seconds=draw(seconds), offset=start.offset)
    return DatedStretch(place=place, start=start, until=until)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw a weekly span: within a day, overnight, or over several days."""
    weekday, start, end = draw(st.integers(0, 6)), draw(seconds), draw(st.one_of(seconds, st.just(86_400)))
    length = draw(st.sampled_from([0, 0, 0, 1, 1, 3]))
    if length == 0 and end <= start:
        length = 1
    return Span(weekday=weekday, start=start, days=length, end=end)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Draw a window: office hours, nights, or random spans, some of them with holidays."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        week = tuple(Span(weekday=d, start=32_400, days=0, end=61_200) for d in range(5))
    elif kind == 1:
        week = tuple(Span(weekday=d, start=79_200, days=1, end=21_600) for d in range(7))
    else:
        week = tuple(draw(st.lists(spans(), min_size=1, max_size=4)))
    rest = draw(st.sampled_from([None, None, "company"]))
    only = draw(st.integers(0, 9)) == 0
    part = WindowPart(spans=week, except_days=None if only else rest, only_days="company" if only else None)
    return Window(text="drawn", parts=(part,))


@st.composite
def points(draw: st.DrawFn, unit: str) -> tuple[HandoffPoint, ...]:
    """Draw the handoff points of a period."""
    if unit == "hours":
        return (HandoffPoint(seconds=draw(st.sampled_from([0, 1800, 36_000, 900]))),)
    drawn: dict[Any, HandoffPoint] = {}
    for _ in range(draw(st.integers(1, 3))):
        at = draw(seconds)
        if unit == "days":
            point = HandoffPoint(seconds=at)
        elif unit == "weeks":
            point = HandoffPoint(seconds=at, weekday=draw(st.integers(0, 6)))
        elif draw(st.booleans()):
            point = HandoffPoint(seconds=at, day=draw(st.sampled_from([1, 5, 15, 28, 29, 30, 31])))
        else:
            point = HandoffPoint(
                seconds=at, weekday=draw(st.integers(0, 6)), nth=draw(st.sampled_from([1, 2, 3, 4, -1]))
            )
        drawn[(point.weekday, point.day, point.nth, point.seconds)] = point
    return tuple(drawn.values())


@st.composite
def members(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[Member, ...]:
    """Draw an order of people and groups; sometimes somebody is in it twice."""
    if draw(st.integers(0, 6)) == 0:
        order: list[str] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=5))
    else:
        order = draw(st.permutations(names))[: draw(st.integers(1, 4))]
    result: list[Member] = []
    while order:
        size = draw(st.sampled_from([1, 1, 1, 2, 3]))
        group = tuple(dict.fromkeys(order[:size]))
        result.append(group)
        order = order[size:]
    return tuple(result)


@st.composite
def versions(draw: st.DrawFn, zone: str, start: date, names: tuple[str, ...], place: Place) -> Version:
    """Draw one version that starts on a day."""
    unit = draw(st.sampled_from(["hours", "days", "days", "weeks", "weeks", "weeks", "months"]))
    count = draw(st.sampled_from([2, 3, 4, 6, 8, 12, 24])) if unit == "hours" else draw(st.integers(1, 3))
    mode = draw(st.sampled_from(["cover", "advance", "swap", "leave-gap"]))
    during = draw(st.one_of(st.none(), st.none(), windows())) if unit != "hours" else None
    return Version(
        place=place,
        order_place=place.at("members"),
        start=start,
        timezone=draw(st.one_of(st.just(zone), st.just(zone), zones)),
        when_away=mode,  # type: ignore[arg-type]
        every=Period(count=count, unit=unit),  # type: ignore[arg-type]
        handoff=draw(points(unit)),
        during=during,
        members=draw(members(names)),
    )


@st.composite
def explicit_versions(draw: st.DrawFn, zone: str, start: date, names: tuple[str, ...], place: Place) -> Version:
    """Draw a version that lists its turns; the last one has no end, be it somebody's or nobody's."""
    turns: list[ExplicitTurn] = []
    day = start
    for n in range(draw(st.integers(1, 5))):
        at = Moment(day=day, seconds=draw(st.one_of(st.none(), seconds)))
        people = draw(st.one_of(st.sampled_from(names).map(lambda name: (name,)), st.just(())))
        turns.append(ExplicitTurn(place=place.at("turns", n), start=at, member=people))
        day += draw(st.integers(1, 6)) * DAY
    last = draw(st.one_of(st.just(()), st.sampled_from(names).map(lambda name: (name,))))
    turns.append(ExplicitTurn(place=place.at("turns", len(turns)), start=Moment(day=day), member=last))
    mode = draw(st.sampled_from(["cover", "leave-gap"]))
    return Version(
        place=place,
        order_place=place.at("turns"),
        start=start,
        timezone=zone,
        when_away=mode,  # type: ignore[arg-type]
        turns=tuple(turns),
    )


@st.composite
def layers(draw: st.DrawFn, zone: str, around: date, names: tuple[str, ...], name: str, place: Place) -> Layer:
    """Draw a layer of one to three versions."""
    zone = draw(st.one_of(st.just(zone), st.just(zone), zones))
    starts = sorted(draw(st.sets(st.integers(-40, 8), min_size=1, max_size=3)))
    listed: list[Version] = []
    for index, offset in enumerate(starts):
        form = explicit_versions if draw(st.integers(0, 9)) == 0 else versions
        listed.append(draw(form(zone, around + offset * DAY, names, place.at("versions", index))))
    until = draw(st.one_of(st.none(), st.none(), moments(around, spread=20)))
    return Layer(id=name, place=place, timezone=zone, versions=tuple(listed), until=until)


@st.composite
def roles(draw: st.DrawFn, zone: str, around: date, names: tuple[str, ...]) -> tuple[Role, ...]:
    """Draw primary with one or two layers, and up to two further roles that follow it or stand alone."""

    def layered(role: str, most: int) -> Role:
        place = FILE.at("roles", role)
        count = draw(st.integers(1, most))
        drawn = [draw(layers(zone, around, names, f"layer-{n}", place.at("layers", n))) for n in range(count)]
        coverage = Requirement(
            place=place.at("coverage"),
            window=draw(st.one_of(st.just(ALWAYS), windows())),
            responders=draw(st.integers(1, 2)),
        )
        return Role(id=role, place=place, coverage=(coverage,), layers=tuple(drawn))

    result = [layered("primary", 2)]
    for role in ("secondary", "third")[: draw(st.integers(0, 2))]:
        if draw(st.booleans()):
            place = FILE.at("roles", role)
            pinned = draw(st.sampled_from([None, *(layer.id for layer in result[0].layers)]))
            ahead = draw(st.sampled_from([1, 1, 1, 2, 3]))
            follows = Follows(place=place, role="primary", layer=pinned, turns_ahead=ahead)
            result.append(Role(id=role, place=place, follows=follows))
        else:
            result.append(layered(role, 1))
    return tuple(result)


@st.composite
def time_off(draw: st.DrawFn, around: date, names: tuple[str, ...]) -> tuple[TimeOff, ...]:
    """Draw up to eight absences."""
    result: list[TimeOff] = []
    for n in range(draw(st.integers(0, 8))):
        person = draw(st.sampled_from(names))
        place = Place(file=f"schedules/time-off/{person}.yaml", path=(n,))
        kind, unplanned = draw(
            st.sampled_from([("vacation", False)] * 4 + [("sick", True), ("sick", True), ("prefer-not", False)])
        )
        stretch = draw(stretches(around, place))
        result.append(TimeOff(place=place, person=person, stretch=stretch, kind=kind, unplanned=unplanned))
    return tuple(result)


@st.composite
def overrides(draw: st.DrawFn, around: date, role_ids: tuple[str, ...], names: tuple[str, ...]) -> tuple[Override, ...]:
    """Draw up to three overrides."""
    result: list[Override] = []
    for n in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        place = Place(file="schedules/overrides/all.yaml", path=(n,))
        result.append(
            Override(
                place=place,
                schedule="ops",
                role=draw(st.sampled_from(role_ids)),
                stretch=draw(stretches(around, place)),
                person=draw(st.one_of(st.none(), st.sampled_from(names), st.sampled_from(names))),
                instead_of=draw(st.one_of(st.none(), st.sampled_from(names))),
            )
        )
    return tuple(result)


@st.composite
def people(draw: st.DrawFn, around: date) -> dict[str, Person]:
    """Draw the people: mostly in the organisation's zone, some elsewhere, some joining or leaving."""
    result: dict[str, Person] = {}
    for name in sorted(PEOPLE):
        joined = draw(st.sampled_from([None, None, None, None, -3, 4]))
        left = draw(st.sampled_from([None, None, None, None, None, 2]))
        result[name] = Person(
            id=name,
            place=Place(file="schedules/people.yaml", path=(name,)),
            name=name.title(),
            timezone=draw(st.one_of(st.none(), st.none(), zones)),
            joined=None if joined is None else around + joined * DAY,
            left=None if left is None else around + left * DAY,
        )
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A model, and a stretch of about two weeks to ask for."""

    model: Model
    stretch: Stretch
    instants: list[int] = field(default_factory=list)

    @property
    def schedule(self) -> Schedule:
        """The one schedule."""
        return self.model.schedules["ops"]


def model_of(schedule: Schedule, **fields: Any) -> Model:
    """Return a model with one schedule, and whatever else is given."""
    given: dict[str, Any] = {
        "organization": Organization(place=Place(file="policies/organization.yaml")),
        "people": {},
        "teams": {},
        "overrides": (),
        "swaps": (),
        "time_off": (),
        "holidays": {},
        "windows": {},
        "services": {},
        "escalation": {},
        "checks": CheckSettings(),
    }
    return Model(schedules={schedule.id: schedule}, **{**given, **fields})


@st.composite
def drawn_models(draw: st.DrawFn, swaps: bool = True) -> Drawn:
    """Draw a model and a stretch around one day."""
    zone = draw(zones)
    around = draw(days(zone))
    names = PEOPLE[: draw(st.integers(2, 5))]
    drawn_roles = draw(roles(zone, around, names))
    role_ids = tuple(role.id for role in drawn_roles)
    distinct = draw(st.sampled_from([(("primary", "secondary"),), (), (("primary", "third"), ("secondary", "third"))]))
    schedule = Schedule(
        id="ops", place=FILE, name="Ops", team="ops", timezone=zone, roles=drawn_roles, distinct=distinct
    )
    holiday = around + draw(st.integers(-3, 3)) * DAY
    day_off = HolidayDay(place=Place(file="schedules/holidays/company.yaml", path=(0,)), start=holiday, through=holiday)
    organization = Organization(
        place=Place(file="policies/organization.yaml"), timezone=draw(st.one_of(st.none(), st.just(zone), zones))
    )
    exchanged: tuple[Swap, ...] = ()
    if swaps and draw(st.integers(0, 4)) == 0:
        place = Place(file="schedules/swaps/one.yaml")
        first, second = (
            SwapSide(place=place, person=person, day=around + draw(st.integers(-5, 5)) * DAY)
            for person in draw(st.permutations(names))[:2]
        )
        exchanged = (Swap(place=place, schedule="ops", role="primary", between=(first, second)),)
    noon = int(datetime(around.year, around.month, around.day, 12, tzinfo=UTC).timestamp())
    start = noon + draw(st.integers(-7 * 86_400, 0))
    return Drawn(
        model=model_of(
            schedule,
            organization=organization,
            people=draw(people(around)),
            time_off=draw(time_off(around, names)),
            overrides=draw(overrides(around, role_ids, names)),
            swaps=exchanged,
            holidays={"company": Holidays(id="company", place=day_off.place, days=(day_off,))},
        ),
        stretch=(start, start + draw(st.integers(1, 12)) * 86_400),
        instants=draw(st.lists(st.integers(0, 10_000), max_size=8)),
    )


@st.composite
def usual_inputs(draw: st.DrawFn) -> ScheduleInput:
    """Draw what most schedules are: one rotation in up to three versions, a follower, a shadow, some absences."""
    zone = draw(zones)
    around = draw(days(zone))
    names = (*PEOPLE, "emmy", "karen")[: draw(st.integers(1, 7))]
    listed: list[Version] = []
    place = FILE.at("roles", "primary", "layers", 0)
    for index, offset in enumerate(sorted(draw(st.sets(st.integers(-200, 200), min_size=1, max_size=3)))):
        version = draw(versions(zone, around + offset * DAY, names, place.at("versions", index)))
        order = tuple((name,) for name in draw(st.permutations(names))[: draw(st.integers(1, 7))])
        during = draw(st.sampled_from([None, None, None, version.during]))
        listed.append(replace(version, members=order, during=during, timezone=zone))
    until = draw(st.one_of(st.none(), st.none(), st.none(), moments(around, spread=200)))
    layer = Layer(id="weekly", place=place, timezone=zone, versions=tuple(listed), until=until)
    follows = Follows(place=FILE.at("roles", "secondary"), role="primary", turns_ahead=draw(st.sampled_from([1, 1, 2])))
    drawn_roles = [
        Role(id="primary", place=FILE.at("roles", "primary"), layers=(layer,)),
        Role(id="secondary", place=FILE.at("roles", "secondary"), follows=follows),
    ]
    schedule = Schedule(id="ops", place=FILE, name="Ops", team="ops", timezone=zone, roles=tuple(drawn_roles))
    absences = draw(time_off(around, names))
    staff = {name: Person(id=name, place=Place(file=f"schedules/people/{name}.yaml"), name=name) for name in names}
    model = model_of(schedule, people=staff, time_off=absences)
    return InputBuilder(model).input_of(schedule)
