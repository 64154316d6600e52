"""The vocabulary of problems: what a check says, about which place, at which level.

Findings are values. Every phase returns them beside its result; nothing is raised for bad input.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Literal, NamedTuple

from watchbill.records import dataclass

DataPath = tuple[str | int, ...]
"""Keys and indices from the top of a document to a value, for example ``("roles", "primary", "layers", 0)``."""

_NEW_TUPLE = tuple.__new__
"""Makes a place without the detour over its named arguments."""


class Level(Enum):
    """How much a finding matters. Only ``ERROR`` fails a check unless the user asks for more."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A position in a file that the reader already knows: 1-based line and column, and the column after the end."""

    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a finding stands in a file, for people: 1-based line and column, end column, and the text of the line.

    Columns count the characters of the file. ``text`` is safe to print: hidden characters are escapes and a long line
    is cut, so the finding may stand elsewhere in it, from ``shown_column`` to before ``shown_end_column``.
    """

    line: int
    column: int
    end_column: int
    text: str
    shown_column: int = 1
    shown_end_column: int = 2


class Place(NamedTuple):
    """Where something stands: a file of the repository and a data path in it. Always written with names of fields.

    ``part`` says whether the key or the value at ``path`` is meant. Only ``watchbill.source`` turns a place into a
    line and a column, and only when a finding is shown; ``mark`` is set by the reader for files that are no data yet.
    """

    # A tuple, because every value of a repository gets a place and nearly none is ever looked at: a frozen dataclass
    # takes several times as long to make.
    file: str
    path: DataPath = ()
    part: Literal["key", "value"] = "value"
    mark: Mark | None = None

    def at(self, *steps: str | int) -> Place:
        """Return the place of a value below this one."""
        return _NEW_TUPLE(Place, (self.file, self.path + steps, "value", None))

    def key(self, *steps: str | int) -> Place:
        """Return the place of a key below this one."""
        return Place(file=self.file, path=self.path + steps, part="key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Another place involved in a finding, with a few words on its part in it."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One message of a check.

    ``message`` is one sentence with names and local times; ``help`` says what to do. ``subject`` is what a waiver can
    name (``schedule/payments``, ``person/ada``, ``service/checkout``; empty where nothing can be waived), and
    ``stretch`` the half-open stretch of UTC seconds that the finding is about, if it is about time. Findings of one
    rule, place, subject and ``group`` are shown as one (the first, "and 51 more like it"); an empty group stands alone.
    """

    rule: str
    level: Level
    place: Place
    message: str
    help: str
    subject: str = ""
    stretch: tuple[int, int] | None = None
    labels: tuple[Label, ...] = field(default=())
    group: str = ""
