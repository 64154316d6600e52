"""PagerDuty's shift-based schedules (v3): every shift of the timeline as a custom shift, exactly.

By PagerDuty's description custom shifts are for schedules whose assignments are decided elsewhere. Each has one
holder; people who share a turn have one custom shift each.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.providers.assignments import Assignment
from watchbill.providers.requests import Json, Request, timestamp


def requests(name: str, timezone: str, description: str, shifts: Sequence[Assignment]) -> list[Request]:
    """Return the requests that create a schedule and its shifts; ``{id}`` is what the first returns."""
    create: dict[str, Json] = {"schedule": {"name": name, "time_zone": timezone, "description": description}}
    result = [Request(method="POST", path="/v3/schedules", body=create)]
    if shifts:
        body: dict[str, Json] = {"custom_shifts": [_custom_shift(shift) for shift in shifts]}
        result.append(Request(method="POST", path="/v3/schedules/{id}/custom_shifts", body=body))
    return result


def _custom_shift(shift: Assignment) -> Json:
    return {
        "type": "custom_shift",
        "start_time": timestamp(shift.start),
        "end_time": timestamp(shift.end),
        "assignments": [
            {"type": "shift_assignment", "member": {"type": "user_member", "user_id": shift.user}},
        ],
    }
