"""People who come and people who go: every place that has to change, and what is left to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from watchbill.edit.files import Files
from watchbill.edit.member_versions import write_layer
from watchbill.edit.refusals import EditRefusedError
from watchbill.edit.rotations import Begin, without_person
from watchbill.edit.spelling import block
from watchbill.edit.splice import Fresh, appended, with_pair
from watchbill.findings import DataPath
from watchbill.model.on_call import Layer, Version
from watchbill.model.people import Person, Team
from watchbill.model.repository import Model
from watchbill.model.services import Service
from watchbill.records import dataclass
from watchbill.source.documents import Data
from watchbill.source.strict_yaml import parse
from watchbill.source.written import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that names a person: file, line, and the keys on the way to it."""

    file: str
    line: int
    path: str


def add_person(files: Files, person: str, body: Mapping[str, Data]) -> str:
    """Add a person where the repository keeps people; return the file."""
    file, path = files.home_of("people", person)
    if path:
        files.put(file, with_pair(files.text(file), (), person, dict(body)))
    else:
        files.put(file, "".join(f"{line}\n" for line in block(dict(body))))
    return file


def join_team(files: Files, team: Team, person: str) -> str:
    """Add a person to the members of a team; return the file."""
    file, path = team.place.file, team.place.path
    text = files.text(file)
    if team.members:
        files.put(file, appended(text, (*path, "members"), Fresh(data=person)))
    else:
        files.put(file, with_pair(text, path, "members", [person]))
    return file


def leave(files: Files, person: Person, last: date) -> None:
    """Write the last day of a person."""
    file, path = person.place.file, person.place.path
    if person.left is not None and person.left < last:
        raise EditRefusedError(f"{person.id} left on {person.left} already")
    files.put(file, with_pair(files.text(file), path, "left", str(last)))


def leave_rotations(files: Files, model: Model, person: str, begin: Begin) -> list[tuple[str, str, Layer, Version]]:
    """Let all orders go on without a person; return the schedule, role, layer and new version of each.

    An order in which nobody would be left stays as it is (see ``orders_of_one``).
    """
    found = []
    for schedule in model.schedules.values():
        for role in schedule.roles:
            for layer in role.layers:
                new = without_person(model, layer, person, begin)
                if new != layer:
                    write_layer(files, layer, new, f"{person} leaves")
                    known = {(version.place, version.members) for version in layer.versions}
                    fresh = next(each for each in new.versions if (each.place, each.members) not in known)
                    found.append((schedule.id, role.id, layer, fresh))
    return found


def orders_of_one(model: Model, person: str) -> list[str]:
    """Return the layers in which nobody but a person takes turns, as ``payments/primary, layer weekly``."""
    return [
        f"{schedule.id}/{role.id}, layer {layer.id}"
        for schedule in model.schedules.values()
        for role in schedule.roles
        for layer in role.layers
        for version in layer.versions[-1:]
        if {name for member in version.members for name in member} == {person}
    ]


def services_without_experience(model: Model, person: Person, last: date) -> list[tuple[Service, str]]:
    """Return the services that lose the last of their people who is trained for something, and for what.

    Their people are those who take turns in the schedule of the service, and the team. Trained counts for the service,
    for its schedule, and for on-call at all.
    """
    found: list[tuple[Service, str]] = []
    for service in model.services.values():
        others = [model.people[name] for name in _people_of(model, service) if name in model.people]
        others = [each for each in others if each.id != person.id and (each.left is None or each.left > last)]
        if person.id not in _people_of(model, service):
            continue
        for skill in (service.id, service.schedule, "on-call"):
            if skill is not None and skill in person.trained and not any(skill in each.trained for each in others):
                found.append((service, skill))
                break
    return found


def _people_of(model: Model, service: Service) -> dict[str, None]:
    schedule = model.schedules.get(service.schedule or "")
    team = model.teams.get(service.team or "")
    found = dict.fromkeys(team.members if team else ())
    for role in schedule.roles if schedule else ():
        for layer in role.layers:
            for version in layer.versions[-1:]:
                found.update(dict.fromkeys(name for member in version.members for name in member))
    return found


_NAMING = frozenset(
    {"approvers", "between", "instead-of", "last-resort", "lead", "members", "notify", "owner", "person", "together"}
)
"""Keys below which an id means a person. What is written in an incident is history, and stays."""
_ORDERS = ("layers", "versions")


def mentions(files: Files, person: str, last: date) -> list[Mention]:
    """Return where schedules and policies name a person beyond a last day: all but orders, which have versions."""
    found: list[Mention] = []
    for file in files.paths:
        if not file.endswith(".yaml") or file.startswith(("incidents/", "schedules/people", "schedules/time-off")):
            continue
        try:
            text = files.text(file)
        except EditRefusedError:
            continue
        if person in text:
            data = parse(text.encode())[0]
            found += [_mention(file, text, path) for path in _paths(data, person, (), str(last))]
    return found


def _paths(data: Data, person: str, path: DataPath, last: str) -> Iterator[DataPath]:
    if isinstance(data, dict):
        if _is_over(data, last) or ("members" in data and set(_ORDERS) & set(path)):
            data = {key: value for key, value in data.items() if key == "turns" and not _is_over(data, last)}
        for key, value in data.items():
            if key == person and path and path[-1] == "between":
                yield (*path, key)
            yield from _paths(value, person, (*path, key), last)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths(value, person, (*path, index), last)
    elif data == person and _NAMING & set(path):
        yield path


def _is_over(data: Mapping[str, Data], last: str) -> bool:
    """Say whether an override ends, or a listed turn begins, on the last day or before; as their days are written."""
    if "person" not in data:
        return False
    end = data.get("until", data.get("through", data.get("from")))
    return isinstance(end, str) and end[:10] <= last


def _mention(file: str, text: str, path: DataPath) -> Mention:
    node = written(text)
    for step in path:
        node = None if node is None else node.child(step)
    at = 0 if node is None else node.begin
    return Mention(file=file, line=text.count("\n", 0, at) + 1, path=_spelled(path))


def _spelled(path: Sequence[str | int]) -> str:
    return ".".join(step for step in path if isinstance(step, str))
