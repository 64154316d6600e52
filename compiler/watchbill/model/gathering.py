"""Sorts documents into kinds and ids, and checks their shape, before anything refers to anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from watchbill.findings import Label, Place
from watchbill.model.kinds import ALL, Kind, Location, Misplaced, locate, possible_ids
from watchbill.model.lookalikes import Lookalikes
from watchbill.model.notation import Problem, parse_id, parse_incident_id
from watchbill.model.notation.names import RESERVED, better_id
from watchbill.model.on_call import Calendar
from watchbill.model.resolving import Resolver
from watchbill.model.shape import Verdict, judge
from watchbill.records import dataclass
from watchbill.source.documents import Document, Reading

_ALSO_RESERVED = {"windows": frozenset({"always"})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A body of known kind and valid shape, with its id (empty where it has none)."""

    id: str
    body: Any
    place: Place


@dataclasses.dataclass(slots=True)
class Parts:
    """Everything of valid shape, by name of kind; ``calendars`` are the ``.ics`` files."""

    by_kind: dict[str, list[Part]] = dataclasses.field(default_factory=dict)
    calendars: list[Calendar] = dataclasses.field(default_factory=list)

    def of(self, kind: str) -> list[Part]:
        """Return the parts of a kind, in the order of ids, then of places."""
        return sorted(self.by_kind.get(kind, ()), key=lambda part: (part.id, part.place.file))


def gather(reading: Reading, resolver: Resolver) -> Parts:
    """Return all bodies by kind. The resolver learns which ids exist, and which of them are broken."""
    parts = Parts()
    _unread(reading, resolver)
    lookalikes = Lookalikes()
    for document in reading.documents:
        location = locate(document.path)
        if isinstance(location, Misplaced):
            if not _elsewhere(document, None, lookalikes, resolver):
                resolver.report("wrong-place", Place(file=document.path), location.message, location.help)
                resolver.broken |= {(kind.word, name) for kind, name in possible_ids(document.path)}
        elif location.form == "calendar":
            _calendar(document, location, parts, resolver)
        else:
            for part in _parts(document, location, lookalikes, resolver):
                parts.by_kind.setdefault(location.kind.name, []).append(part)
    return parts


def _unread(reading: Reading, resolver: Resolver) -> None:
    """Let the resolver know what the files and folders that could not be read may have held."""
    for path in (*reading.unreadable, *(finding.place.file for finding in reading.findings)):
        resolver.broken |= {(kind.word, name) for kind, name in possible_ids(path)}


def _elsewhere(document: Document, location: Location | None, lookalikes: Lookalikes, resolver: Resolver) -> bool:
    """Say whether a file is of another kind than its place; then it has been reported."""
    meant = lookalikes.better_place(document.path, location, document.data)
    if meant is None:
        return False
    kind, path = meant
    here = f", not like {_of(location.kind)}" if location else ""
    message = f"`{document.path}` reads like {_of(kind)}{here}"
    resolver.report(
        "wrong-place", Place(file=document.path), message, f"move it to `{path}`, or write what belongs here"
    )
    resolver.broken |= {(word.word, name) for where in (path, document.path) for word, name in possible_ids(where)}
    return True


def _of(kind: Kind) -> str:
    """Return what a file of a kind is called."""
    return f"policies/{kind.name}.yaml" if kind.single else f"a file of {kind.home}"


def _calendar(document: Document, location: Location, parts: Parts, resolver: Resolver) -> None:
    place = Place(file=document.path)
    if _admit(location.kind, location.id, place, resolver) and isinstance(document.data, bytes):
        purpose = "holidays" if location.kind.name == "holidays" else "time-off"
        parts.calendars.append(
            Calendar(
                place=place,
                purpose="holidays" if purpose == "holidays" else "time-off",
                id=location.id,
                content=document.data,
            )
        )


def _parts(document: Document, location: Location, lookalikes: Lookalikes, resolver: Resolver) -> Iterator[Part]:
    verdict = judge(location, document.path, document.data)
    if verdict.findings and _elsewhere(document, location, lookalikes, resolver):
        return
    resolver.log.extend(verdict.findings)
    place = Place(file=document.path)
    if location.form == "collection":
        yield from _entries(document.data, location.kind, place, verdict, resolver)
        return
    if location.id and not _admit(location.kind, location.id, place, resolver):
        return
    if verdict.spoilt:
        resolver.broken.add((location.kind.word, location.id or location.kind.word))
        if verdict.kept is not None:
            yield Part(id=location.id, body=verdict.kept, place=place)
    elif location.kind.listed and isinstance(document.data, list):
        kept = [item if index not in verdict.wrong else None for index, item in enumerate(document.data)]
        yield Part(id=location.id, body=kept, place=place)
    else:
        yield Part(id=location.id, body=document.data, place=place)


def _entries(data: object, kind: Kind, whole: Place, verdict: Verdict, resolver: Resolver) -> Iterator[Part]:
    if verdict.spoilt or not isinstance(data, dict):
        resolver.broken.add((kind.word, ALL))
        return
    for name, body in data.items():
        if _admit(kind, name, whole.key(name), resolver):
            if name in verdict.wrong:
                resolver.broken.add((kind.word, name))
            else:
                yield Part(id=name, body=body, place=whole.at(name))


def _admit(kind: Kind, name: str, place: Place, resolver: Resolver) -> bool:
    """Say whether an id is possible and new; otherwise it has been reported."""
    parsed = parse_incident_id(name) if kind.name == "incidents" else parse_id(name)
    if isinstance(parsed, Problem):
        resolver.report("invalid-id", place, f"the {kind.word} id {parsed.text}", parsed.help)
        resolver.broken |= {(kind.word, name), (kind.word, better_id(name))}
        return False
    if name in RESERVED or name in _ALSO_RESERVED.get(kind.name, ()):
        resolver.report(
            "reserved-id",
            place,
            f"`{name}` cannot be the id of a {kind.word}",
            "choose another id; this one has a meaning of its own",
        )
        resolver.broken.add((kind.word, name))
        return False
    if (kind.word, name) in resolver.places:
        first = resolver.places[kind.word, name]
        resolver.report(
            "duplicate-id",
            place,
            f"the {kind.word} `{name}` is defined twice: in {first.file} and in {place.file}",
            "keep one of them, or rename one",
            Label(place=first, text=f"`{name}` is defined here too"),
        )
        return False
    resolver.declare(kind.word, name, place)
    return True
