"""Whom a finding may be told: everybody, the readers of an internal site, or only those who have the files.

A message may quote what stands in a file: a telephone number with a letter in it, the days on which somebody is away.
The places of a finding, its own and those that have a part in it, say what its message was made of, and each field has
an audience in its schema. So the answer is the narrowest audience of all those fields.
"""

from __future__ import annotations

from watchbill.checks.catalogue import BY_NAME
from watchbill.findings import DataPath, Finding, Place
from watchbill.model.kinds import Location, locate
from watchbill.model.people import Person
from watchbill.model.schema import AUDIENCES, Audience, audience_of, holds_fields, narrowest_audience

_AT_LEAST: dict[str, Audience] = {
    "time-off": "team",
    "checks": "team",
    "incidents": "team",
    "pages": "team",
    "compensation": "private",
}
"""Kinds of which even the names are not for everybody: that there is a time off, an incident, a pay rule."""

_QUOTES_A_VALUE = frozenset({"wrong-type", "wrong-value"})
"""Rules whose message may quote a text that stands where a mapping should be."""

_TELLS_OF_ABSENCE = frozenset({"override-onto-time-off", "on-call-during-time-off", "left-but-on-call"})
"""Rules whose message says that somebody is away, wherever they point."""


def audience_of_finding(finding: Finding, person: Person | None, home_zone: str) -> Audience:
    """Return who may read a finding's message. ``person`` is its subject; ``home_zone`` the organisation's zone."""
    if finding.rule not in BY_NAME:
        return "private"
    found = [_of_place(finding.place, quoted=finding.rule in _QUOTES_A_VALUE)]
    found += [_of_place(label.place, quoted=False) for label in finding.labels]
    if finding.rule in _TELLS_OF_ABSENCE or _tells_where_somebody_lives(finding, person, home_zone):
        found.append("team")
    return max(found, key=AUDIENCES.index)


def _tells_where_somebody_lives(finding: Finding, person: Person | None, home_zone: str) -> bool:
    own = person.timezone if person is not None else None
    return own is not None and own != home_zone and own in finding.message


def _of_place(place: Place, *, quoted: bool) -> Audience:
    location = locate(place.file)
    if not isinstance(location, Location):
        return "team" if place.file.startswith("schedules/time-off") else "public"
    kind = location.kind.name
    return max(_AT_LEAST.get(kind, "public"), _of_field(location, place, quoted=quoted), key=AUDIENCES.index)


def _of_field(location: Location, place: Place, *, quoted: bool) -> Audience:
    kind, path = location.kind.name, _in_body(location, place.path)
    if place.mark is not None:
        return narrowest_audience(kind)  # the text of a file that is no data yet
    if not quoted and (not path or (place.part == "value" and holds_fields(kind, path))):
        return "public"  # an id or a file name: what stands in a mapping is not quoted
    own = audience_of(kind, path[:-1] if place.part == "key" else path)
    return min(own, narrowest_audience(kind), key=AUDIENCES.index)


def _in_body(location: Location, path: DataPath) -> DataPath:
    """Return the path in one body, without the id of a collection and the number in a list."""
    listed = location.form in ("list", "pages", "calendar") and path and isinstance(path[0], int)
    return path[1:] if location.form == "collection" or listed else path
