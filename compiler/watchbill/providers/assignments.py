"""What a provider needs of a timeline: who, as the provider knows them, from when until when, on which seat.

A person whom the provider does not know, or not for certain, is left out and named in a problem: a hole that is seen
is mended, a page to the wrong person is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from watchbill.compilation import Compilation
from watchbill.intervals import Stretch
from watchbill.model.on_call import Schedule
from watchbill.model.people import Person
from watchbill.records import dataclass
from watchbill.roster.clock import spell
from watchbill.roster.timeline import Timeline

_REMOTE_ID = re.compile(r"[A-Z0-9]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A shift with the provider's id of its holder; true start and end in UTC seconds, seat counted from 0."""

    start: int
    end: int
    seat: int
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that the payload of a role cannot say: a sentence, and what to do about it."""

    schedule: str
    role: str
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The provider's ids of people. ``unsure`` says why somebody's id is not used."""

    service: str
    handle: str
    ids: Mapping[str, str]
    unsure: Mapping[str, str]


def directory(people: Iterable[Person], handle: str, service: str) -> Directory:
    """Return the provider's ids of all people. An id that is malformed or that two people share is nobody's."""
    written = {person.id: person.handles[handle] for person in people if handle in person.handles}
    owners: dict[str, list[str]] = defaultdict(list)
    for person, remote in written.items():
        owners[remote].append(person)
    unsure = {}
    for person, remote in written.items():
        others = [other for other in owners[remote] if other != person]
        if others:
            unsure[person] = f"has the same {service} id as {', '.join(others)}"
        elif not _REMOTE_ID.fullmatch(remote):
            unsure[person] = f"has a {service} id that is none, {remote[:40]!a}"
    ids = {person: remote for person, remote in written.items() if person not in unsure}
    return Directory(service=service, handle=handle, ids=ids, unsure=unsure)


def holders(timeline: Timeline, stretch: Stretch) -> set[str]:
    """Return the people with a shift that touches the stretch."""
    return {timeline.people[timeline.person[index]] for index in _touching(timeline, stretch)}


def assignments(
    c: Compilation, schedule: Schedule, timeline: Timeline, stretch: Stretch, known: Directory
) -> tuple[list[Assignment], list[Problem]]:
    """Return the shifts that touch a stretch, by start and seat, and a problem for each person who is left out."""
    result: list[Assignment] = []
    left_out: dict[str, list[int]] = defaultdict(list)
    for index in _touching(timeline, stretch):
        person = timeline.people[timeline.person[index]]
        user = known.ids.get(person)
        if user is None:
            left_out[person].append(index)
            continue
        result.append(
            Assignment(start=timeline.start[index], end=timeline.end[index], seat=timeline.seat[index], user=user)
        )
    problems = [
        _left_out(c, schedule, timeline, person, indices, known) for person, indices in sorted(left_out.items())
    ]
    return result, problems


def _touching(timeline: Timeline, stretch: Stretch) -> list[int]:
    first, last = stretch
    return [
        index
        for index, (start, end) in enumerate(zip(timeline.start, timeline.end, strict=True))
        if start < last and end > first
    ]


def _left_out(
    c: Compilation, schedule: Schedule, timeline: Timeline, person: str, indices: list[int], known: Directory
) -> Problem:
    found = c.model.people.get(person)
    why = known.unsure.get(person, f"has no {known.service} id")
    shifts = "1 shift" if len(indices) == 1 else f"{len(indices)} shifts"
    first = spell(timeline.start[indices[0]], schedule.timezone)
    return Problem(
        schedule=schedule.id,
        role=timeline.role,
        message=f"{found.name if found else person} {why}, so the payload leaves out {shifts}, the first from {first}",
        help=f"Write the id under handles: {{{known.handle}: …}} of {person}.",
    )
