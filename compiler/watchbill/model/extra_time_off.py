"""Time off that is only tried: one file with the entries of several people, each as in ``schedules/time-off``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from watchbill.findings import Finding, Place
from watchbill.model import staff
from watchbill.model.kinds import BY_NAME, Location
from watchbill.model.on_call import TimeOff
from watchbill.model.people import Person
from watchbill.model.resolving import Resolver
from watchbill.model.shape import judge

_KIND = BY_NAME["time-off"]


def extra_time_off(
    file: str, data: object, people: Mapping[str, Person], zones: frozenset[str]
) -> tuple[tuple[TimeOff, ...], list[Finding]]:
    """Return the entries of a file that maps people to lists of time off, and what is wrong with it.

    ``data`` is plain data of the strict reader, ``zones`` the names of time zones.
    """
    r = Resolver(zones)
    for name, person in people.items():
        r.declare("person", name, person.place)
    place = Place(file=file)
    if not isinstance(data, dict) or not data:
        r.report(
            "wrong-type",
            place,
            "this file holds no mapping from people to their time off",
            "write the id of a person at the start of a line, and below it the entries as in schedules/time-off",
        )
        return (), r.log.findings()
    found: list[TimeOff] = []
    for name, entries in data.items():
        if r.exists("person", name):
            found += _of_person(r, name, entries, place)
        else:
            r.unknown("person", name, place.key(name))
    return tuple(found), r.log.findings()


def _of_person(r: Resolver, name: str, entries: object, place: Place) -> list[TimeOff]:
    verdict = judge(Location(kind=_KIND, form="list", id=name), place.file, entries)
    r.log.extend(tuple(_below(finding, name) for finding in verdict.findings))
    if verdict.spoilt or not isinstance(entries, list):
        return []
    whole = ((index, body) for index, body in enumerate(entries) if index not in verdict.wrong)
    found = (staff.time_off(r, name, body, place.at(name, index)) for index, body in whole)
    return [entry for entry in found if entry is not None]


def _below(finding: Finding, name: str) -> Finding:
    place = finding.place._replace(path=(name, *finding.place.path))
    return dataclasses.replace(finding, place=place)
