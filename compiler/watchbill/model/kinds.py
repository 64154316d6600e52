"""Which kind of thing a file holds: decided by its place alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from watchbill.records import dataclass
from watchbill.text import nearest

Form = Literal["file", "collection", "single", "list", "calendar", "pages"]
"""One body per file, all bodies of a kind in one mapping, the only file of its kind, a list, an iCalendar file, or a
month of pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of thing a repository holds.

    ``name`` is the name of its schema, ``word`` what one of them is called in messages and in ``Model.broken``, and
    ``home`` its folder, or its path without ``.yaml`` where ``single``. ``identified`` says whether the file name is an
    id. ``collection`` and ``calendar`` say whether one file may hold them all, and whether ``.ics`` is possible.
    """

    name: str
    word: str
    home: str
    collection: bool = False
    calendar: bool = False
    single: bool = False
    identified: bool = True
    listed: bool = False


def _policy(name: str, word: str) -> Kind:
    return Kind(name=name, word=word, home=f"policies/{name}", collection=True)


def _single(name: str) -> Kind:
    return Kind(name=name, word=name, home=f"policies/{name}", single=True)


KINDS: tuple[Kind, ...] = (
    Kind(name="people", word="person", home="schedules/people", collection=True),
    Kind(name="teams", word="team", home="schedules/teams", collection=True),
    Kind(name="on-call", word="schedule", home="schedules/on-call"),
    Kind(name="overrides", word="override", home="schedules/overrides", identified=False, listed=True),
    Kind(name="swaps", word="swap", home="schedules/swaps", identified=False, listed=True),
    Kind(name="time-off", word="time off", home="schedules/time-off", calendar=True, listed=True),
    Kind(name="holidays", word="holidays", home="schedules/holidays", calendar=True, listed=True),
    _policy("services", "service"),
    _policy("escalation", "escalation"),
    _policy("severities", "severity"),
    _policy("incident-roles", "incident-role"),
    _policy("windows", "window"),
    _policy("providers", "provider"),
    _single("organization"),
    _single("communication"),
    _single("workload"),
    _single("compensation"),
    _single("checks"),
    Kind(name="pages", word="page", home="incidents/pages", identified=False, listed=True),
    Kind(name="incidents", word="incident", home="incidents"),
)
"""All kinds of the three folders. ``incidents`` comes last: its home is above that of ``pages``."""

SCENARIOS = Kind(name="scenarios", word="scenario", home="scenarios", identified=False, listed=True)
"""What ``watchbill test`` reads. It lies beside the three folders, so no compile knows it."""

WRITTEN_KINDS = (*KINDS, SCENARIOS)
"""All kinds of files that people write, those that are no part of a compile included."""

BY_NAME = {kind.name: kind for kind in WRITTEN_KINDS}
_WHOLE_FILES = {kind.home: kind for kind in KINDS if kind.single or kind.collection}


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """What a path means: its kind, its form, and the id its name gives (empty where it gives none)."""

    kind: Kind
    form: Form
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """A path that means nothing, and where the file probably belongs."""

    message: str
    help: str


_SEPARATORS = re.compile(r"[_ .]+")
_MONTH = re.compile(r"incidents/pages/[0-9]{4}-(?:0[1-9]|1[0-2])\.yaml")
_INCIDENT = re.compile(r"incidents/(?:19[7-9][0-9]|20[0-9]{2}|2100)/(?:[^/]+/)*[^/]+\.yaml")


def locate(path: str) -> Location | Misplaced:
    """Return what a file at this path (relative to the root of the repository, with ``/``) holds."""
    stem, dot, suffix = path.rpartition(".")
    if not dot or suffix not in ("yaml", "ics"):
        return Misplaced(message=f"`{path}` is neither a .yaml nor an .ics file", help=_renamed(stem, suffix))
    whole = _WHOLE_FILES.get(stem)
    if whole is not None and suffix == "yaml":
        return Location(kind=whole, form="single" if whole.single else "collection")
    kind = _kind_of_folder(stem.rpartition("/")[0])
    if kind is not None:
        return _in_folder(kind, path, stem, suffix)
    return Misplaced(message=f"nothing is kept at `{path}`", help=_nearest(path))


@lru_cache(maxsize=1024)
def _kind_of_folder(folder: str) -> Kind | None:
    return next((kind for kind in KINDS if not kind.single and f"{folder}/".startswith(f"{kind.home}/")), None)


def _in_folder(kind: Kind, path: str, stem: str, suffix: str) -> Location | Misplaced:
    name = stem.rpartition("/")[2]
    if suffix == "ics":
        if kind.calendar:
            return Location(kind=kind, form="calendar", id=name)
        return Misplaced(
            message=f"{kind.home} holds no calendars",
            help="put .ics files into schedules/time-off or schedules/holidays",
        )
    if kind.name == "pages":
        if _MONTH.fullmatch(path):
            return Location(kind=kind, form="pages")
        return Misplaced(
            message=f"`{path}` is no month of pages", help="name it by year and month: incidents/pages/2026-11.yaml"
        )
    if kind.name == "incidents" and not _INCIDENT.fullmatch(path):
        return Misplaced(message=f"`{path}` lies in no year", help=f"move it to incidents/<year>/{name}.yaml")
    return Location(kind=kind, form="list" if kind.listed else "file", id=name if kind.identified else "")


def _renamed(stem: str, suffix: str) -> str:
    return f"rename it to `{stem}.yaml`" if suffix in ("yml", "json") else "move it out of the three folders"


def _nearest(path: str) -> str:
    kind, below = _meant(path)
    if kind is None:
        top = path.partition("/")[0]
        homes = [kind.home for kind in KINDS if kind.home.startswith(top + "/")] or [kind.home for kind in KINDS]
        return f"known places are {', '.join(homes)}"
    if kind.single or not below:
        return f"did you mean `{kind.home}{'.yaml' if kind.single or kind.collection else '/'}`?"
    return f"did you mean `{kind.home}/{below}{path[path.rindex('.') :]}`?"


def _meant(path: str) -> tuple[Kind | None, str]:
    """Return the kind whose home a path misspells, and the rest of the path below it, without its ending."""
    rest = path.removesuffix(".yaml").removesuffix(".ics").partition("/")[2]
    first, _, below = rest.partition("/")
    places = {
        kind.home.partition("/")[2] or kind.home: kind for kind in KINDS if kind.name not in ("incidents", "pages")
    }
    close = nearest(first, places)
    return (places[close], below) if close else (None, below)


ALL = "*"
"""Stands for any id of a kind."""


def path_of(kind: Kind, path: str, *, collection: bool = False) -> str:
    """Return where a file that lies at ``path`` belongs if it is of a kind."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if kind.single or collection:
        return f"{kind.home}.yaml"
    if kind.name == "pages":
        return f"{kind.home}/<year>-<month>.yaml"
    return f"{kind.home}/{f'{stem[:4]}/' if kind.name == 'incidents' else ''}{stem}.yaml"


def possible_ids(path: str) -> Iterator[tuple[Kind, str]]:
    """Yield what a file or folder that is not read may hold: kinds, with the id that its name gives or ``ALL``.

    Endings, letter case and a misspelt folder are no hindrance: the finding about the path is enough.
    """
    below = [kind for kind in KINDS if path == "." or kind.home == path or kind.home.startswith(f"{path}/")]
    if below:
        yield from ((kind, ALL) for kind in below)
        return
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    place = f"{folder}/{_SEPARATORS.sub('-', stem if stem else name).lower()}.{'ics' if ending == 'ics' else 'yaml'}"
    location = locate(place)
    if isinstance(location, Misplaced):
        kind, rest = _meant(place)
        location = locate(f"{kind.home}/{rest}.yaml" if rest else f"{kind.home}.yaml") if kind else location
    if isinstance(location, Location):
        # Without an ending it may be a folder of files.
        yield location.kind, location.id if location.id and stem else ALL
        yield location.kind, location.id or location.kind.word
