"""PagerDuty's side: who its schedules name at an instant, worked out from a payload by PagerDuty's rules alone.

Written from the descriptions of the two APIs, without a look at how the payloads are made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any


def on_call(document: dict[str, Any], instant: int) -> list[str]:
    """Return the ids of the users whom the schedules of a payload name at an instant, sorted."""
    bodies = {request["path"]: [] for request in document["requests"]}
    for request in document["requests"]:
        bodies[request["path"]].append(request["body"])
    shifts = [shift for body in bodies.get("/v3/schedules/{id}/custom_shifts", []) for shift in body["custom_shifts"]]
    users = [_of_shift(shift, instant) for shift in shifts]
    users += [_of_layers(body["schedule"]["schedule_layers"], instant) for body in bodies.get("/schedules", [])]
    return sorted(user for user in users if user is not None)


def edges(document: dict[str, Any]) -> list[int]:
    """Return every instant at which a payload may name somebody else."""
    found: set[int] = set()
    for request in document["requests"]:
        for shift in request["body"].get("custom_shifts", []):
            found |= {_seconds(shift["start_time"]), _seconds(shift["end_time"])}
        for layer in request["body"].get("schedule", {}).get("schedule_layers", []):
            start, end, turn = _seconds(layer["start"]), _seconds(layer["end"]), layer["rotation_turn_length_seconds"]
            found |= {start, end, *range(_seconds(layer["rotation_virtual_start"]), end, turn)}
    return sorted(found)


def _of_shift(shift: dict[str, Any], instant: int) -> str | None:
    """A custom shift has exactly one assignment and holds from its start until its end."""
    if not _seconds(shift["start_time"]) <= instant < _seconds(shift["end_time"]):
        return None
    (assignment,) = shift["assignments"]
    user: str = assignment["member"]["user_id"]
    return user


def _of_layers(layers: list[dict[str, Any]], instant: int) -> str | None:
    """The last layer of the list wins; inside a layer, turns of one length are handed round from its virtual start."""
    for layer in reversed(layers):
        if _seconds(layer["start"]) <= instant < _seconds(layer["end"]):
            past = instant - _seconds(layer["rotation_virtual_start"])
            turn = past // layer["rotation_turn_length_seconds"]
            user: str = layer["users"][turn % len(layer["users"])]["user"]["id"]
            return user
    return None


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
