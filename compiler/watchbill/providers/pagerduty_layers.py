"""PagerDuty's layer-based schedules (v2): layers with a start and an end that rotate exactly as the timeline does.

A layer gives its n-th stretch of ``rotation_turn_length_seconds`` to user n modulo the number of users. So shifts of
equal length that follow each other become one layer, cut wherever the order or the length changes. What PagerDuty
does with a turn across a clock change is written nowhere, so no layer with more than one turn crosses one. A layer
names one person at a time: each seat is a schedule of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.providers.assignments import Assignment
from watchbill.providers.requests import Json, Request, timestamp
from watchbill.roster.clock import Zone, zone

_SHORTEST_TURN, _LONGEST_TURN = 3600, 365 * 86_400
"""The limits of a turn's length in PagerDuty, in seconds."""


def requests(name: str, timezone: str, description: str, shifts: Sequence[Assignment]) -> list[Request]:
    """Return the requests that create a schedule for each seat of a role."""
    seats = sorted({shift.seat for shift in shifts}) or [0]
    return [
        Request(
            method="POST",
            path="/schedules",
            body={
                "schedule": {
                    "type": "schedule",
                    "name": name if seat == 0 else f"{name} {seat + 1}",
                    "time_zone": timezone,
                    "description": description,
                    "schedule_layers": [
                        _layer(number, run) for number, run in enumerate(_runs(shifts, seat, zone(timezone)), start=1)
                    ],
                }
            },
        )
        for seat in seats
    ]


def inexpressible(shift: Assignment) -> bool:
    """Say whether a layer cannot hold a shift: PagerDuty's layers start on full minutes."""
    return shift.start % 60 != 0 or shift.end % 60 != 0


def _runs(shifts: Sequence[Assignment], seat: int, place: Zone) -> list[list[Assignment]]:
    """Return the shifts of a seat as runs: touching, of one length, under one offset from UTC."""
    runs: list[list[Assignment]] = []
    for shift in sorted((each for each in shifts if each.seat == seat), key=lambda each: each.start):
        if runs and _continues(runs[-1], shift, place):
            runs[-1].append(shift)
        else:
            runs.append([shift])
    return runs


def _continues(run: Sequence[Assignment], shift: Assignment, place: Zone) -> bool:
    last, length = run[-1], shift.end - shift.start
    offsets = {place.offset_at(edge) for edge in (run[0].start, last.end, shift.end)}
    return (
        last.end == shift.start
        and last.end - last.start == length
        and _SHORTEST_TURN <= length <= _LONGEST_TURN
        and len(offsets) == 1
    )


def _layer(number: int, run: Sequence[Assignment]) -> Json:
    start, length = run[0].start, run[0].end - run[0].start
    users = _cycle([shift.user for shift in run])
    return {
        "name": f"Layer {number}",
        "start": timestamp(start),
        "end": timestamp(run[-1].end),
        "rotation_virtual_start": timestamp(start),
        # The length of a turn says nothing where there is one user only.
        "rotation_turn_length_seconds": min(max(length, _SHORTEST_TURN), _LONGEST_TURN),
        "users": [{"user": {"id": user, "type": "user_reference"}} for user in users],
    }


def _cycle(users: Sequence[str]) -> Sequence[str]:
    """Return the shortest order that gives these users when it is repeated."""
    for length in range(1, len(users)):
        if all(user == users[index % length] for index, user in enumerate(users)):
            return users[:length]
    return users
