"""``CODEOWNERS`` from teams, schedules, overrides and time off: who is asked before a file changes.

Only the lines between two markers are ours. A later line of the file wins over an earlier one, so what must be asked of
somebody else in any case stands below the second marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Literal

from watchbill.model.on_call import Override, Swap
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.text import printable

System = Literal["github", "gitlab"]

BEGIN = "# watchbill: begin (`watchbill codeowners --write` replaces these lines)"
END = "# watchbill: end"

MOST_OWNERS = 20
"""Owners of one line. All of them get a mail for each change, so a longer line is left to whoever keeps the file."""

_HANDLES: Mapping[System, re.Pattern[str]] = {
    "github": re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:_[A-Za-z0-9]+)?\Z", re.ASCII),
    "gitlab": re.compile(r"(?=.{1,255}\Z)[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z", re.ASCII),
}
_MEANS_MORE = re.compile(r"[^A-Za-z0-9._/*-]")
_MOVES = ("overrides", "swaps")


class MarkerError(ValueError):
    """The markers of a file cannot be made sense of. The message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """The lines between the markers, and sentences about what is left out of them."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def owners(model: Model, system: System = "github", folder: str = "") -> Owners:
    """Return the owners of the files of a repository, whose root is ``folder`` in its git repository.

    A file of a team is owned by its approvers; where none of them has a handle by its lead, else by its members. A
    person owns what is the person's own, together with the approvers of the teams.
    """
    return _Owning(model, system, folder.strip("/")).owners()


def with_block(existing: str, lines: Iterable[str]) -> str:
    """Return the text of a file with our lines in it: in place of the old ones, else at the end.

    Raises ``MarkerError`` where the markers are not one pair in order.
    """
    block = "".join(f"{line}\n" for line in (BEGIN, *lines, END))
    kept = existing.split("\n")
    found = _markers(kept)
    if found is None:
        above = existing if not existing or existing.endswith("\n") else f"{existing}\n"
        return f"{above}\n{block}" if above.strip() else block
    begin, end = found
    above, below = "\n".join(kept[:begin]), "\n".join(kept[end + 1 :])
    return (f"{above}\n" if begin else "") + block + below


def block_of(existing: str) -> list[str]:
    """Return our lines of a file, without the markers; none if there are no markers. Raises ``MarkerError``."""
    lines = existing.split("\n")
    found = _markers(lines)
    return [] if found is None else [line.rstrip("\r") for line in lines[found[0] + 1 : found[1]]]


def _markers(lines: list[str]) -> tuple[int, int] | None:
    begins = [number for number, line in enumerate(lines) if line.startswith("# watchbill: begin")]
    ends = [number for number, line in enumerate(lines) if line.startswith(END)]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        raise MarkerError("its watchbill markers are not one pair, `# watchbill: begin` above `# watchbill: end`")
    return begins[0], ends[0]


class _Owning:
    """Collects the lines; holds what they are made of, and the notes on the way."""

    def __init__(self, model: Model, system: System, folder: str) -> None:
        self.model, self.system, self.folder = model, system, folder
        self.notes: list[str] = []
        self.handles = {name: handle for name in model.people if (handle := self._handle(name))}
        self.team_owners = {team: self._of_team(team) for team in model.teams}

    def owners(self) -> Owners:
        files: dict[str, dict[str, None]] = {}
        for path, people in self._owned_files():
            files.setdefault(path, {}).update(dict.fromkeys(people))
        patterns = [*sorted(files.items()), *self._patterns()]
        lines = tuple(line for path, people in patterns for line in self._line(path, people))
        return Owners(lines=lines, notes=tuple(dict.fromkeys(self.notes)))

    def _handle(self, person: str) -> str | None:
        written = self.model.people[person].handles.get(self.system)
        if written is None:
            return None
        handle = written.removeprefix("@")
        if _HANDLES[self.system].match(handle):
            return f"@{handle}"
        self.notes.append(f"{person} has no possible name of {self.system}: '{printable(written)}'.")
        return None

    def _of_team(self, team: str) -> list[str]:
        """Return the people who own what is a team's: the first of approvers, lead and members with a handle."""
        body = self.model.teams[team]
        for people in (body.approvers, (body.lead,) if body.lead else (), body.members):
            found = [person for person in people if person in self.handles]
            if found:
                return found
        self.notes.append(f"Nobody of the team {team} has a handle of {self.system}, so nobody owns its files.")
        return []

    def _of_person(self, person: str) -> list[str]:
        teams = [team for team, body in self.model.teams.items() if person in body.members]
        own = [person] if person in self.handles else []
        return [*own, *(each for team in teams for each in self.team_owners[team])]

    def _owned_files(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the files there are, with people who own something in them."""
        model = self.model
        for team in model.teams.values():
            yield team.place.file, self.team_owners[team.id]
        for schedule in model.schedules.values():
            yield schedule.place.file, self.team_owners.get(schedule.team, [])
        for service in model.services.values():
            yield service.place.file, self.team_owners.get(service.team, [])
        for person in model.people.values():
            yield person.place.file, self._of_person(person.id)

    def _patterns(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Yield what holds for files to come too: time off by the person, overrides and swaps by the schedule.

        A file may have any name, so one that is named like one schedule and changes another gets a line of its own.
        """
        for person in self.model.people:
            yield f"schedules/time-off/**/{person}.*", self._of_person(person)
        # A later line wins, so `payments-eu` must come after `payments`.
        names = sorted(self.model.schedules, key=lambda name: (len(name), name))
        for kind in _MOVES:
            for name in names:
                yield f"schedules/{kind}/**/*{name}*", self._of_schedule(name)
        changed: dict[str, set[str]] = {}
        entries: tuple[Override | Swap, ...] = (*self.model.overrides, *self.model.swaps)
        for entry in entries:
            changed.setdefault(entry.place.file, set()).add(entry.schedule)
        for file, schedules in sorted(changed.items()):
            read_as = [name for name in names if _is_named(file, name)][-1:]
            expected = {person for name in read_as for person in self._of_schedule(name)}
            people = {person for name in sorted(schedules) for person in self._of_schedule(name)}
            if people != expected:
                yield file, people

    def _of_schedule(self, schedule: str) -> list[str]:
        body = self.model.schedules.get(schedule)
        return [] if body is None else self.team_owners.get(body.team, [])

    def _line(self, path: str, people: Iterable[str]) -> Iterator[str]:
        handles = sorted({self.handles[person] for person in people}, key=str.casefold)
        place = f"{self.folder}/{path}" if self.folder else path
        if len(handles) > MOST_OWNERS:
            self.notes.append(f"{printable(place)} would have {len(handles)} owners; write a line of your own for it.")
        elif handles:
            # What is no plain character of a path becomes `?`, which stands for any one.
            yield f"/{_MEANS_MORE.sub('?', place)} {' '.join(handles)}"


def _is_named(file: str, schedule: str) -> bool:
    """Say whether the line of a schedule matches a file: by its own name, or that of a folder around it."""
    return any(fnmatchcase(part, f"*{schedule}*") for part in file.split("/")[2:])
