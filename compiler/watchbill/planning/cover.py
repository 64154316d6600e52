"""Who could take over the shifts of a person: each choice is compiled with its override and judged by the rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial

from watchbill.findings import Level
from watchbill.insight.prospects import ShiftToCover, StandInChoice
from watchbill.intervals import Stretch, total, union
from watchbill.planning.cover_candidates import candidates
from watchbill.planning.cover_choices import Choosing, overrides_of
from watchbill.planning.judging import Judged, Judging
from watchbill.roster.timeline import Timeline

MOST_SHIFTS = 20
"""Shifts that are looked at in one answer; each takes a compile for every candidate."""
SHORT_REST = 11 * 3600
"""Seconds between two turns of a role below which they are in a row (article 3 of directive 2003/88/EC)."""


def held_by(
    judged: Judged, person: str, asked: Stretch, schedule: str | None = None, role: str | None = None
) -> list[ShiftToCover]:
    """Return what a person holds in a stretch, by start; only of a schedule or a role if one is given.

    Roles without coverage, such as that of a trainee, need nobody to stand in: they are left out unless asked for.
    """
    found: list[ShiftToCover] = []
    for name, roster in judged.rosters.items():
        known = judged.model.schedules[name]
        wanted = [each.id for each in known.roles if (each.coverage if role is None else each.id == role)]
        for role_id in wanted if schedule in (None, name) else ():
            found += _held(roster.timelines[role_id], person, asked, known.timezone)
    return sorted(found, key=lambda held: (held.stretch, held.schedule, held.role))


def _held(timeline: Timeline, person: str, asked: Stretch, zone_name: str) -> Iterator[ShiftToCover]:
    """Yield what a person holds of each turn; of an override, each stretch by itself."""
    turns: dict[object, list[Stretch]] = {}
    written: dict[object, str] = {}
    for shift in timeline:
        start, end = max(shift.start, asked[0]), min(shift.end, asked[1])
        if shift.person != person or start >= end:
            continue
        cause = shift.cause
        overridden = cause.kind == "override"
        key: object = cause.place if overridden else (cause.layer, cause.version, cause.turn)
        written[key] = cause.place.file if overridden else ""
        turns.setdefault(key, []).append((start, end))
    for origin, stretches in turns.items():
        yield ShiftToCover(
            schedule=timeline.schedule,
            role=timeline.role,
            pieces=tuple(union(stretches)),
            timezone=zone_name,
            written=written[origin],
        )


def covers(
    judging: Judging, person: str, asked: Stretch, schedule: str | None = None, role: str | None = None
) -> list[ShiftToCover]:
    """Return all that a person holds in a stretch with the choices for it, by start.

    Each shift is looked at as if those before it were given to their first choices, so that nobody gets everything.
    """
    found: dict[object, ShiftToCover] = {}
    while len(found) < MOST_SHIFTS:
        held = held_by(judging.base, person, asked, schedule, role)
        shift = next((shift for shift in held if _key(shift) not in found), None)
        if shift is None:
            break
        chosen = found[_key(shift)] = _with_choices(judging, person, shift)
        if chosen.best is not None:
            given = overrides_of(chosen, person, chosen.best.person)
            model = judging.base.model
            judging = judging.based_on(dataclasses.replace(model, overrides=(*model.overrides, *given)))
    return sorted(found.values(), key=lambda shift: (shift.stretch, shift.schedule, shift.role))


def _key(shift: ShiftToCover) -> tuple[str, str, tuple[Stretch, ...]]:
    return shift.schedule, shift.role, shift.pieces


def _with_choices(judging: Judging, person: str, shift: ShiftToCover) -> ShiftToCover:
    if shift.written:
        return shift
    model = judging.base.model
    names = candidates(model, model.schedules[shift.schedule], shift.role, person, shift.stretch[1])
    choices = Choosing(judging, person, shift, names).choices()
    return dataclasses.replace(shift, choices=tuple(sorted(choices, key=partial(_rank, shift))))


def _rank(shift: ShiftToCover, choice: StandInChoice) -> tuple[object, ...]:
    """Return what choices are sorted by: rules, training, wishes, nights, rest, who owes, who carries less."""
    levels = [finding.level for finding in choice.breaks]
    rests = [rest for rest in (choice.rest_before, choice.rest_after) if rest is not None]
    return (
        bool(choice.refused),
        levels.count(Level.ERROR),
        levels.count(Level.WARNING),
        0 if choice.takes_turns else 2 if choice.trained is False else 1,
        choice.prefers_not,
        # In quarters: of a whole week a third is night wherever somebody lives.
        round(4 * choice.night_seconds / total(shift.pieces)),
        sum(rest < SHORT_REST for rest in rests),
        -choice.owes,
        choice.carried,
        choice.place,
        choice.person,
    )
