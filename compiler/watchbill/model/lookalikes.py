"""Recognizes a file that lies in the wrong place by what it holds: a person among the swaps is still a person."""

from __future__ import annotations

from watchbill.model.kinds import KINDS, Form, Kind, Location, path_of
from watchbill.model.schema import schema_for, shared_definitions, validator

_LOOKED_AT = 20
_NO_SLIP = 3
"""So many entries that are all wrong in the same way are no slip of the hand."""
MOST = 50
"""So many files of a repository are compared with other kinds; one more mistake of this sort would be no accident."""


class Lookalikes:
    """Says what files read like, up to ``MOST`` times."""

    def __init__(self) -> None:
        self._left = MOST

    def better_place(self, path: str, location: Location | None, data: object) -> tuple[Kind, str] | None:
        """Return the kind that a file is of, and the path it belongs to, if no other kind takes its data.

        ``location`` is where it lies, ``None`` if nothing is kept there. A file whose keys are rather those of its
        place is a file of its place with a mistake.
        """
        if not data or not isinstance(data, dict | list) or self._left == 0:
            return None
        if location is not None and not _strange(location, data):
            return None
        self._left -= 1
        taking = [(kind, form) for kind in KINDS for form in _forms(kind) if validator(kind.name, form).is_valid(data)]
        if len(taking) != 1 or (location is not None and taking[0][0] is location.kind):
            return None
        kind, form = taking[0]
        return kind, path_of(kind, path, collection=form == "collection")


def _forms(kind: Kind) -> tuple[Form, ...]:
    if kind.single:
        return ("single",)
    if kind.name == "pages":
        return ("pages",)
    if kind.listed:
        return ("list",)
    return ("file", "collection") if kind.collection else ("file",)


def _strange(location: Location, data: dict[str, object] | list[object]) -> bool:
    """Say whether data have little to do with the kind of their place."""
    entry = validator(location.kind.name, "entry")
    if location.form == "collection":
        return not isinstance(data, dict) or sum(map(entry.is_valid, data.values())) * 2 < len(data)
    schema = (
        shared_definitions()[f"{location.kind.name}-entry"] if location.kind.listed else schema_for(location.kind.name)
    )
    if isinstance(data, list) and len(data) >= _NO_SLIP and not any(map(entry.is_valid, data)):
        return True
    bodies = data[:_LOOKED_AT] if isinstance(data, list) else [data]
    written = [key for body in bodies for key in (body if isinstance(body, dict) else [""])]
    known = sum(key in schema.get("properties", {}) for key in written)
    missing = sum(key not in body for body in bodies if isinstance(body, dict) for key in schema.get("required", ()))
    return known * 2 <= len(written) or known < len(written) - known + missing
