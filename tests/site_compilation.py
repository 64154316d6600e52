"""A small compiled organisation made by hand, so that tests of pages need neither the reader nor the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

from watchbill.compilation import Clock, Compilation, LocatedFinding, Tools
from watchbill.findings import Finding, Level, Place, Position
from watchbill.insight.coverage import Gap
from watchbill.insight.measures import Measures
from watchbill.model.on_call import Follows, Layer, Override, Requirement, Role, Schedule, TimeOff, Version
from watchbill.model.people import Person, Team
from watchbill.model.repository import Model
from watchbill.model.response import IncidentRole
from watchbill.model.services import (
    CheckSettings,
    EscalationPolicy,
    Organization,
    Publish,
    Service,
    Step,
    Target,
)
from watchbill.model.time_values import ALWAYS, DatedStretch, Moment, Span, Window, WindowPart
from watchbill.roster.timeline import CauseRow, Roster, Skip, Timeline

HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY
NOW = int(datetime(2026, 11, 23, 9, 0, tzinfo=UTC).timestamp())
MONDAY = NOW - HOUR
"""Monday 23 November 2026, 09:00 in Berlin."""
HORIZON = (NOW - 10 * HOUR - 90 * DAY, NOW - 10 * HOUR + 365 * DAY)

Text = Callable[[str, str], str]
"""Gets the name of a text field and its harmless value, returns what shall stand there."""
Row = tuple[int, int, str, int, CauseRow]
"""Start, end, person, seat, cause."""

BUSINESS_HOURS = Window(
    text="business-hours",
    parts=(WindowPart(spans=tuple(Span(weekday=day, start=9 * HOUR, days=0, end=17 * HOUR) for day in range(5))),),
)


def _plain(field: str, value: str) -> str:
    return value


def place(file: str, *path: str | int) -> Place:
    return Place(file=file, path=path)


def cause(kind: str, *, instead_of: str | None = None, skipped: tuple[Skip, ...] = (), file: str = "") -> CauseRow:
    where = place(file or "schedules/on-call/payments.yaml", "roles")
    layer = None if kind == "override" else "weekly"
    return CauseRow(kind, where, layer, None if layer is None else 0, instead_of, skipped)  # type: ignore[arg-type]


OWN = cause("turn")
AWAY = Skip(person="ada", reason="away", place=place("schedules/time-off/ada.yaml", 0))
COVER = cause("cover", instead_of="ada", skipped=(AWAY, Skip(person="emmy", reason="holds-role")))
FOLLOWS = cause("follower")
OVERRIDE = cause("override", instead_of="noam", file="schedules/overrides/visit.yaml")
SWAP = cause("override", instead_of="grace", file="schedules/swaps/autumn.yaml")


def timeline(schedule: str, role: str, rows: Sequence[Row]) -> Timeline:
    people = tuple(dict.fromkeys(row[2] for row in rows))
    causes = tuple(dict.fromkeys(row[4] for row in rows))
    return Timeline(
        schedule=schedule,
        role=role,
        demanded=(HORIZON,),
        people=people,
        causes=causes,
        start=[row[0] for row in rows],
        end=[row[1] for row in rows],
        person=[people.index(row[2]) for row in rows],
        seat=[row[3] for row in rows],
        turn=[-1 if row[4].kind == "override" else n for n, row in enumerate(rows)],
        cause=[causes.index(row[4]) for row in rows],
    )


def _weekly(order: Sequence[str], first: int, count: int, own: CauseRow) -> list[Row]:
    return [(first + n * WEEK, first + (n + 1) * WEEK, order[n % len(order)], 0, own) for n in range(count)]


def _payments() -> Roster:
    order = ("ada", "grace", "noam", "emmy")
    primary = _weekly(order, MONDAY - 12 * WEEK, 64, OWN)
    this_week = MONDAY
    primary[12:13] = [
        (this_week, this_week + 2 * DAY, "ada", 0, OWN),
        (this_week + 2 * DAY, this_week + 3 * DAY, "grace", 0, COVER),
        (this_week + 3 * DAY, this_week + WEEK, "ada", 0, OWN),
    ]
    primary[16] = (primary[16][0], primary[16][1], "grace", 0, OVERRIDE)
    primary[18] = (primary[18][0], primary[18][1], "noam", 0, SWAP)
    secondary = _weekly((*order[1:], order[0]), MONDAY - 12 * WEEK, 64, FOLLOWS)
    timelines = {"primary": primary, "secondary": secondary}
    return Roster(schedule="payments", timelines={k: timeline("payments", k, v) for k, v in timelines.items()})


def _search() -> Roster:
    order = ("katherine", "linus", "margaret")
    rows: list[Row] = []
    for n in range(-60, 200):
        start = MONDAY + n * DAY // 2
        if n not in (0, 1, 9):
            rows.append((start, start + DAY // 2, order[n % 3], 0, OWN))
            rows.append((start, start + DAY // 2, order[(n + 1) % 3], 1, OWN))
        elif n == 9:
            rows.append((start, start + DAY // 2, order[n % 3], 0, OWN))
    return Roster(schedule="search", timelines={"primary": timeline("search", "primary", rows)})


def _data() -> Roster:
    """Business hours in Kolkata, over for today at ``NOW``; nobody is needed until tomorrow."""
    ten = int(datetime(2026, 11, 23, 3, 30, tzinfo=UTC).timestamp())
    rows: list[Row] = []
    for n in range(-80, 300):
        start = ten - 4 * HOUR + n * DAY
        if (n % 7) < 5:
            rows.append((start, start + 8 * HOUR, ("rahul", "anita")[n % 2], 0, OWN))
    shadow: list[Row] = [(MONDAY + WEEK, MONDAY + 3 * WEEK, "anita", 0, OWN)]
    timelines = {"primary": timeline("data", "primary", rows), "shadow": timeline("data", "shadow", shadow)}
    return Roster(schedule="data", timelines=timelines)


def _gaps() -> tuple[Gap, ...]:
    where = place("schedules/on-call/search.yaml", "roles", "primary", "coverage")
    return (
        Gap(
            schedule="search", role="primary", stretch=(MONDAY, MONDAY + DAY), required=2, present=0, requirement=where
        ),
        Gap(
            schedule="search",
            role="primary",
            stretch=(MONDAY + 9 * DAY // 2, MONDAY + 5 * DAY),
            required=2,
            present=1,
            requirement=where,
        ),
    )


def _people(text: Text) -> dict[str, Person]:
    names = {
        "ada": ("Ada Lovelace", "Europe/London"),
        "anita": ("Anita Borg", "Asia/Kolkata"),
        "emmy": ("Noether, Emmy", "Europe/Berlin"),
        "grace": ("Grace Hopper", "America/New_York"),
        "katherine": ("Katherine Johnson", None),
        "linus": ("José Linus Ångström-Þórðarson", "Australia/Sydney"),
        "margaret": ("Margaret Hamilton", None),
        "noam": ("נועם כהן", "Asia/Jerusalem"),
        "rahul": ("Rāhul Śarmā", "Asia/Kolkata"),
        "unused": ("Mary Jackson", None),
    }
    return {
        key: Person(
            id=key,
            place=place("schedules/people.yaml", key),
            name=text("person.name", name),
            timezone=zone,
            handles={"slack": text("person.handles", "U024")},
            contact={"email": text("person.contact", f"{key}@example.org"), "phone": text("person.contact", "+4420")},
        )
        for key, (name, zone) in names.items()
    }


def _role(schedule: str, role: str, window: Window | None, responders: int = 1, follows: str = "") -> Role:
    where = place(f"schedules/on-call/{schedule}.yaml", "roles", role)
    coverage = () if window is None else (Requirement(place=where, window=window, responders=responders),)
    version = Version(place=where, order_place=where, start=date(2026, 1, 5), timezone="Europe/Berlin")
    layers = (Layer(id="weekly", place=where, timezone="Europe/Berlin", versions=(version,)),)
    if follows:
        return Role(id=role, place=where, coverage=coverage, follows=Follows(place=where, role=follows))
    return Role(id=role, place=where, coverage=coverage, layers=layers)


def _schedules(text: Text) -> dict[str, Schedule]:
    always = replace(ALWAYS, text="24x7")
    roles = {
        "broken": (_role("broken", "primary", always),),
        "data": (_role("data", "primary", BUSINESS_HOURS), _role("data", "shadow", None)),
        "payments": (_role("payments", "primary", always), _role("payments", "secondary", always, follows="primary")),
        "search": (_role("search", "primary", always, responders=2),),
    }
    zones = {"data": "Asia/Kolkata"}
    return {
        key: Schedule(
            id=key,
            place=place(f"schedules/on-call/{key}.yaml"),
            name=text("schedule.name", key.capitalize()),
            team=key if key != "broken" else "payments",
            timezone=zones.get(key, "Europe/Berlin"),
            roles=value,
            description=text("schedule.description", f"Who answers for {key}."),
        )
        for key, value in roles.items()
    }


def _services(text: Text) -> dict[str, Service]:
    return {
        "checkout": Service(
            id="checkout",
            place=place("policies/services/checkout.yaml"),
            name=text("service.name", "Checkout"),
            team="payments",
            tier=1,
            schedule="payments",
            escalation="payments",
            page=text("service.page", "https://pager.example.org/services/checkout/trigger"),
            runbook=text("service.runbook", "https://runbooks.example.org/checkout"),
            description=text("service.description", "Takes the money"),
        )
    }


def _escalation(text: Text) -> dict[str, EscalationPolicy]:
    where = place("policies/escalation/payments.yaml")

    def step(wait: int | None, *targets: Target) -> Step:
        return Step(place=where, notify=targets, wait=wait)

    return {
        "payments": EscalationPolicy(
            id="payments",
            place=where,
            name=text("escalation.name", "Payments"),
            steps=(
                step(300, Target(place=where, kind="schedule", id="payments")),
                step(3600, Target(place=where, kind="schedule", id="payments", role="secondary")),
                step(
                    None,
                    Target(place=where, kind="team", id="payments"),
                    Target(place=where, kind="incident-role", id="commander", severities=("sev1", "sev2")),
                    Target(place=where, kind="escalation", id="payments"),
                ),
            ),
            repeat=2,
            last_resort=Target(place=where, kind="person", id="margaret"),
        )
    }


def _roles_in_incidents(text: Text) -> dict[str, IncidentRole]:
    where = place("policies/incident-roles.yaml", "commander")
    name = text("incident-role.name", "Incident commander")
    return {"commander": IncidentRole(id="commander", place=where, name=name, schedule="search")}


def _findings(text: Text) -> tuple[LocatedFinding, ...]:
    def located(rule: str, level: Level, where: Place, message: str, subject: str) -> LocatedFinding:
        finding = Finding(
            rule=rule,
            level=level,
            place=where,
            message=text("finding.message", message),
            help=text("finding.help", "Add a member, or state that nobody is needed with unstaffed."),
            subject=subject,
        )
        return LocatedFinding(
            finding=finding, position=Position(line=7, column=5, end_column=13, text="    coverage: 24x7")
        )

    return (
        located(
            "on-call-during-time-off",
            Level.WARNING,
            place("schedules/on-call/payments.yaml", "roles"),
            "Ada Lovelace is on call for Payments while away.",
            "person/ada",
        ),
        located(
            "coverage-gap",
            Level.ERROR,
            place("schedules/on-call/search.yaml", "roles", "primary", "coverage"),
            "Nobody is on call for Search, primary, from Mon 23 Nov 2026 09:00 until Tue 24 Nov 2026 09:00.",
            "schedule/search",
        ),
        located(
            "wrong-value",
            Level.ERROR,
            place("schedules/people.yaml", "ada", "contact", "phone"),
            "contact.phone of Ada Lovelace is +44-PRIVATE, which is no telephone number.",
            "",
        ),
    )


def _overrides(text: Text) -> tuple[Override, ...]:
    where = place("schedules/overrides/visit.yaml")
    stretch = DatedStretch(place=where, start=Moment(day=date(2026, 12, 7)), until=Moment(day=date(2026, 12, 14)))
    return (
        Override(
            place=where,
            schedule="payments",
            role="primary",
            stretch=stretch,
            person="grace",
            instead_of="noam",
            reason=text("override.reason", "Family visit"),
        ),
    )


def _time_off(text: Text) -> tuple[TimeOff, ...]:
    where = place("schedules/time-off/ada.yaml", 0)
    stretch = DatedStretch(place=where, start=Moment(day=date(2026, 11, 25)), through=date(2026, 11, 25))
    return (TimeOff(place=where, person="ada", stretch=stretch, kind=text("time-off.kind", "sick"), unplanned=True),)


def compilation(audience: Literal["public", "internal"] = "internal", text: Text = _plain) -> Compilation:
    """Return the organisation; ``text`` may replace every text that a user can write."""
    people = _people(text)
    teams = {
        key: Team(
            id=key,
            place=place(f"schedules/teams/{key}.yaml"),
            name=text("team.name", f"{key.capitalize()} team"),
            members=members,
            channel=text("team.channel", f"#{key}"),
        )
        for key, members in {
            "data": ("anita", "rahul"),
            "payments": ("ada", "emmy", "grace", "noam"),
            "search": ("katherine", "linus", "margaret", "ada"),
        }.items()
    }
    organization = Organization(
        place=place("policies/organization.yaml"),
        name=text("organization.name", "Meridian"),
        timezone="Europe/Berlin",
        publish=Publish(audience=audience),
    )
    model = Model(
        organization=organization,
        people=people,
        teams=teams,
        schedules=_schedules(text),
        overrides=_overrides(text),
        swaps=(),
        time_off=_time_off(text),
        holidays={},
        windows={},
        services=_services(text),
        escalation=_escalation(text),
        incident_roles=_roles_in_incidents(text),
        checks=CheckSettings(),
    )
    rosters = {"data": _data(), "payments": _payments(), "search": _search()}
    return Compilation(
        model=model,
        rosters=rosters,
        measures=Measures(model, rosters, HORIZON, NOW, "Europe/Berlin"),
        gaps=_gaps(),
        findings=_findings(text),
        clock=Clock(now=NOW, timezone="Europe/Berlin"),
        horizon=HORIZON,
        tools=Tools(watchbill="0.1.0", tzdata="2026f"),
    )
