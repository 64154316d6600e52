"""A compilation built by hand, for tests of outputs: small, without the reader or the engine, all holders known.

``payments`` (Europe/Berlin): a weekly primary from Monday 5 October 2026, 09:00, over the clock change of 25 October;
ada, grace, then alan and katherine together; a cover, an override and a gap. A secondary that follows. ``search``
(America/New_York) has no shifts at all. Nobody but ``barbara`` lacks shifts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from watchbill.compilation import Clock, Compilation, Tools
from watchbill.findings import Place
from watchbill.insight.coverage import Gap
from watchbill.insight.measures import Measures
from watchbill.model.on_call import Role, Schedule
from watchbill.model.people import Person, Team
from watchbill.model.repository import Model
from watchbill.model.services import CheckSettings, Organization
from watchbill.roster.timeline import CauseKind, CauseRow, Roster, Timeline

PLACE = Place(file="schedules/on-call/payments.yaml")

NAMES = {
    "ada": "Ada Lovelace",
    "alan": "Alan Turing",
    "barbara": "Barbara Liskov",
    "grace": "Grace Hopper, Rear Admiral",
    "katherine": "Katherine Johnson",
}

Row = tuple[str, str, str, int, CauseKind]
"""Start, end, person, seat, kind of cause."""

PRIMARY: tuple[Row, ...] = (
    ("2026-10-05T07:00Z", "2026-10-12T07:00Z", "ada", 0, "turn"),
    ("2026-10-12T07:00Z", "2026-10-14T10:00Z", "grace", 0, "turn"),
    ("2026-10-14T10:00Z", "2026-10-15T10:00Z", "ada", 0, "cover"),
    ("2026-10-15T10:00Z", "2026-10-19T07:00Z", "grace", 0, "turn"),
    ("2026-10-19T07:00Z", "2026-10-26T08:00Z", "alan", 0, "turn"),
    ("2026-10-19T07:00Z", "2026-10-26T08:00Z", "katherine", 1, "turn"),
    ("2026-10-26T08:00Z", "2026-11-02T08:00Z", "ada", 0, "turn"),
    ("2026-11-02T08:00Z", "2026-11-05T08:00Z", "katherine", 0, "override"),
    ("2026-11-06T08:00Z", "2026-11-09T08:00Z", "grace", 0, "turn"),
    ("2026-11-09T08:00Z", "2026-11-16T08:00Z", "alan", 0, "turn"),
    ("2026-11-09T08:00Z", "2026-11-16T08:00Z", "katherine", 1, "turn"),
)
SECONDARY: tuple[Row, ...] = (
    ("2026-10-05T07:00Z", "2026-10-12T07:00Z", "grace", 0, "follower"),
    ("2026-10-12T07:00Z", "2026-10-19T07:00Z", "alan", 0, "follower"),
    ("2026-10-26T08:00Z", "2026-11-02T08:00Z", "grace", 0, "follower"),
    ("2026-11-02T08:00Z", "2026-11-09T08:00Z", "alan", 0, "follower"),
)

HORIZON = ("2026-10-01T22:00Z", "2026-11-15T23:00Z")
GAP = ("2026-11-05T08:00Z", "2026-11-06T08:00Z")


def seconds(text: str) -> int:
    """Return the UTC seconds of ``2026-10-05T07:00Z``."""
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC).timestamp())


def timeline(schedule: str, role: str, rows: Sequence[Row]) -> Timeline:
    """Return the timeline of a role with these shifts."""
    people = tuple(sorted({row[2] for row in rows}))
    kinds = tuple(dict.fromkeys(row[4] for row in rows))
    causes = tuple(
        CauseRow(kind=kind, place=PLACE, layer="weekly", version=0, instead_of=None, skipped=()) for kind in kinds
    )
    ordered = sorted(rows, key=lambda row: (row[0], row[3]))
    return Timeline(
        schedule=schedule,
        role=role,
        demanded=((seconds(HORIZON[0]), seconds(HORIZON[1])),),
        people=people,
        causes=causes,
        start=[seconds(row[0]) for row in ordered],
        end=[seconds(row[1]) for row in ordered],
        person=[people.index(row[2]) for row in ordered],
        seat=[row[3] for row in ordered],
        turn=[0 for _ in ordered],
        cause=[kinds.index(row[4]) for row in ordered],
    )


def model(names: Mapping[str, str], handles: Mapping[str, str], payments: str) -> Model:
    """Return the model of the two schedules."""
    people = {
        person: Person(
            id=person,
            place=Place(file="schedules/people.yaml", path=(person,)),
            name=name,
            timezone="Asia/Kolkata" if person == "ada" else None,
            handles={"pagerduty": handles[person]} if person in handles else {},
            contact={"email": "private-marker@example.org", "phone": "+15550100"},
        )
        for person, name in sorted(names.items())
    }
    roles = tuple(Role(id=role, place=PLACE.at("roles", role)) for role in ("primary", "secondary"))
    return Model(
        organization=Organization(
            place=Place(file="policies/organization.yaml"), name="Meridian", timezone="Europe/Berlin"
        ),
        people=people,
        teams={"payments": Team(id="payments", place=PLACE, name="Payments", members=tuple(people))},
        schedules={
            "payments": Schedule(
                id="payments", place=PLACE, name=payments, team="payments", timezone="Europe/Berlin", roles=roles
            ),
            "search": Schedule(
                id="search", place=PLACE, name="Search", team="payments", timezone="America/New_York", roles=roles[:1]
            ),
        },
        overrides=(),
        swaps=(),
        time_off=(),
        holidays={},
        windows={},
        services={},
        escalation={},
        checks=CheckSettings(),
    )


def compilation(
    *,
    now: str = "2026-10-20T12:00Z",
    names: Mapping[str, str] = NAMES,
    handles: Mapping[str, str] | None = None,
    payments: str = "Payments",
    primary: Sequence[Row] = PRIMARY,
    secondary: Sequence[Row] = SECONDARY,
) -> Compilation:
    """Return the compilation. ``handles`` are PagerDuty ids by person; by default everybody but barbara has one."""
    if handles is None:
        handles = {person: f"P{person.upper()}" for person in names if person != "barbara"}
    gap = Gap(
        schedule="payments",
        role="primary",
        stretch=(seconds(GAP[0]), seconds(GAP[1])),
        required=1,
        present=0,
        requirement=PLACE.at("roles", "primary", "coverage"),
    )
    built = model(names, handles, payments)
    rosters = {
        "payments": Roster(
            schedule="payments",
            timelines={
                "primary": timeline("payments", "primary", primary),
                "secondary": timeline("payments", "secondary", secondary),
            },
        ),
        "search": Roster(schedule="search", timelines={"primary": timeline("search", "primary", ())}),
    }
    horizon = (seconds(HORIZON[0]), seconds(HORIZON[1]))
    return Compilation(
        model=built,
        rosters=rosters,
        gaps=(gap,),
        measures=Measures(built, rosters, horizon, seconds(now), "Europe/Berlin"),
        findings=(),
        clock=Clock(now=seconds(now), timezone="Europe/Berlin"),
        horizon=horizon,
        tools=Tools(watchbill="0.1.0", tzdata="2026f"),
    )
