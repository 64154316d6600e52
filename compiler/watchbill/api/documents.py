"""The documents of the API as plain data. Only what everybody may know: ids, names, times and public causes."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby, islice

from watchbill.compilation import Compilation
from watchbill.insight.coverage import Gap
from watchbill.insight.holdings import Holding, holdings
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule
from watchbill.roster.timeline import CauseKind, Roster, Timeline

Json = dict[str, "Json"] | list["Json"] | str | int | None

_PUBLIC_CAUSE: dict[CauseKind, str] = {
    "turn": "turn",
    "follower": "turn",
    "cover": "stand-in",
    "advance": "stand-in",
    "swap": "swap",
    "override": "override",
}
"""Why a shift has its holder, without who was away and why."""


def timestamp(seconds: int) -> str:
    """Return UTC seconds as RFC 3339: ``2026-01-05T08:00:00Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def on_call(c: Compilation) -> Json:
    """Return who is on call at the compile's now, on each schedule and role, and what comes next."""
    return {
        "now": timestamp(c.clock.now),
        "timezone": c.clock.timezone,
        "horizon": _stretch(c.horizon),
        "versions": {"watchbill": c.tools.watchbill, "tzdata": c.tools.tzdata},
        "schedules": [
            {
                **_heading(c.model.schedules[schedule_id]),
                "roles": [_role_now(c, timeline) for timeline in roster.timelines.values()],
            }
            for schedule_id, roster in c.rosters.items()
        ],
    }


def schedule(c: Compilation, roster: Roster) -> Json:
    """Return all shifts of a schedule that touch the horizon, with their true starts and ends, and its gaps."""
    return {
        **_heading(c.model.schedules[roster.schedule]),
        "horizon": _stretch(c.horizon),
        "versions": {"watchbill": c.tools.watchbill, "tzdata": c.tools.tzdata},
        "roles": [
            {
                "id": timeline.role,
                "shifts": _shifts(c, timeline),
                "gaps": [_gap(gap) for gap in _gaps(c, timeline)],
            }
            for timeline in roster.timelines.values()
        ],
    }


def _heading(found: Schedule) -> dict[str, Json]:
    return {"id": found.id, "name": found.name, "team": found.team, "timezone": found.timezone}


def _role_now(c: Compilation, timeline: Timeline) -> Json:
    gaps = _gaps(c, timeline)
    ahead = holdings(timeline, gaps, c.clock.now, c.horizon[1])
    by_people = (list(group) for _, group in groupby(ahead, key=lambda holding: holding.people))
    present, *following = islice(by_people, 2)
    gap = present[0].gap
    return {
        "id": timeline.role,
        **_held(c, present),
        "next": _held(c, following[0]) if following else None,
        "gap": None if gap is None else _gap(gap),
    }


def _held(c: Compilation, by_the_same: list[Holding]) -> dict[str, Json]:
    end = by_the_same[-1].end
    people: list[Json] = [_person(c, person) for person in by_the_same[0].people]
    return {"on_call": people, "until": None if end is None or end >= c.horizon[1] else timestamp(end)}


def _shifts(c: Compilation, timeline: Timeline) -> list[Json]:
    first, last = c.horizon
    return [
        {
            "start": timestamp(timeline.start[index]),
            "end": timestamp(timeline.end[index]),
            "person": _person(c, timeline.people[timeline.person[index]]),
            "seat": timeline.seat[index] + 1,
            "cause": _PUBLIC_CAUSE[timeline.causes[timeline.cause[index]].kind],
        }
        for index in range(len(timeline))
        if timeline.start[index] < last and timeline.end[index] > first
    ]


def _gaps(c: Compilation, timeline: Timeline) -> list[Gap]:
    return [gap for gap in c.gaps if gap.schedule == timeline.schedule and gap.role == timeline.role]


def _gap(gap: Gap) -> Json:
    return {**_stretch(gap.stretch), "required": gap.required, "present": gap.present}


def _stretch(stretch: Stretch) -> dict[str, Json]:
    return {"start": timestamp(stretch[0]), "end": timestamp(stretch[1])}


def _person(c: Compilation, person_id: str) -> Json:
    person = c.model.people.get(person_id)
    return {"id": person_id, "name": person.name if person else person_id}
