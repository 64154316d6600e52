"""Says in words why somebody is on call, and why others were passed over."""

from __future__ import annotations

from watchbill.model.repository import Model
from watchbill.roster.timeline import Cause, Skip
from watchbill.text import printable

_REASONS = {
    "away": "is away",
    "left": "has left",
    "not-joined": "has not joined yet",
    "holds-role": "holds another role then",
    "same-turn": "has a seat in that turn already",
}


def called(model: Model, person_id: str) -> str:
    """Return how a person is shown: name and id, fit for a terminal."""
    known = model.people.get(person_id)
    return f"{printable(known.name)} ({person_id})" if known is not None else person_id


def skipped(model: Model, skip: Skip) -> str:
    """Return who was passed over and why: ``Ada Lovelace (ada), who is away``."""
    return f"{called(model, skip.person)}, who {_REASONS[skip.reason]}"


def sentence(model: Model, cause: Cause) -> str:
    """Return the cause of a shift, to be read after ``because``."""
    instead = "" if cause.instead_of is None else called(model, cause.instead_of)
    turn = "" if cause.turn is None else f"turn {cause.turn} of layer {cause.layer}, version {(cause.version or 0) + 1}"
    match cause.kind:
        case "turn":
            return f"it is {turn}"
        case "cover":
            absence = next((_REASONS[s.reason] for s in cause.skipped if s.person == cause.instead_of), "is away")
            return f"{turn} belongs to {instead}, who {absence}, and this is the first one free after"
        case "advance":
            return f"{instead} is away for most of {turn}, so the rotation advanced"
        case "swap":
            return f"{turn} was exchanged with {instead}, one of whom is away for most of it"
        case "follower":
            return f"the next to come is {turn}" + (f", instead of {instead}" if instead else "")
        case "override":
            return "an override says so" + (f", instead of {instead}" if instead else "")
