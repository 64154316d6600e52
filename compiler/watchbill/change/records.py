"""What a change does, as records: the one thing that every report of a change reads.

*Base* is the repository before the change, *head* the one after. People and schedules go by their ids in head where
they have been renamed. All instants are UTC seconds, all stretches half-open, and lists are in order of schedule, role
and time unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from watchbill.compilation import LocatedFinding
from watchbill.findings import Place
from watchbill.intervals import Stretch
from watchbill.records import dataclass

What = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A stretch of one turn in which other people hold a role than before.

    ``before`` are the people who no longer hold it, ``after`` those who hold it now, by seat; either may be empty, and
    who holds it on both sides is in neither. ``place`` is where the head says so (``None`` where nobody holds it now).
    ``deliberate``: an override or a swap says so, and no rotation.
    """

    schedule: str
    role: str
    stretch: Stretch
    before: tuple[str, ...]
    after: tuple[str, ...]
    place: Place | None = None
    deliberate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What somebody gains, or loses, from now to the end of the horizon, over all roles that promise coverage.

    ``seconds`` on call; nights, weekends and days off touched by duty on the one side and not on the other.
    """

    seconds: int = 0
    nights: int = 0
    weekends: int = 0
    holidays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What a change means for one person whose shifts move.

    ``first`` is the start of the first stretch that moves, from now on; ``stretches`` counts them, in roles without
    coverage too.
    """

    person: str
    gained: Tally
    lost: Tally
    first: int
    stretches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody is to be on call while away, or when they asked not to be. ``place`` is where that is written.

    ``void``: the override does nothing, because nobody is on call while away.
    """

    person: str
    schedule: str
    role: str
    stretch: Stretch
    place: Place
    void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChange:
    """A stretch from now on in which coverage is newly missed, or no longer; ``present`` is 0 where it is nobody."""

    schedule: str
    role: str
    stretch: Stretch
    required: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """A calendar event that subscribers will see appear, change or disappear. It is known by seat and true start."""

    what: What
    schedule: str
    role: str
    seat: int
    start: int
    end: int
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """Something that was written, changed or deleted: a kind of file, an id, and the fields that differ.

    Entries of lists (overrides, swaps, time off, pages) are known by what they say, so one that changes is removed and
    added. ``renamed_from`` is the id in base, where it is another one. Values are never told: some are private.
    """

    what: What
    kind: str
    id: str
    fields: tuple[str, ...] = ()
    renamed_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """Somebody who should say yes. ``moved``: own shifts move; ``teams``: those for which the person approves."""

    person: str
    moved: bool
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A schedule that could not be compared, because one side of it cannot be understood."""

    schedule: str
    side: Literal["base", "head"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsChange:
    """Which findings a change brings (new ones, and those that became graver), mends, and leaves as they were."""

    new: tuple[LocatedFinding, ...] = ()
    fixed: tuple[LocatedFinding, ...] = ()
    kept: tuple[LocatedFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who holds a role in a stretch, by seat; nobody where there are no people."""

    stretch: Stretch
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A role before and after, side by side, around the first of its moves: whole local days, at most eight weeks.

    ``before`` and ``after`` each fill the whole stretch, in order of time.
    """

    schedule: str
    role: str
    stretch: Stretch
    before: tuple[Holders, ...]
    after: tuple[Holders, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """All that a change does. ``now`` and ``horizon`` are those of both sides.

    ``moves`` lie after now, ``history`` before; ``short_notice`` are the moves that begin less than ``notice_days``
    from now; ``beside`` has the first roles with moves. ``base_errors`` are the errors of a base that does not compile
    cleanly. ``only_incidents``: nothing but records of incidents and pages is different. ``names`` are those of all
    people by id, ``titles`` and ``zones`` the names and time zones of all schedules by id. ``sentence`` says the most
    important of it.
    """

    sentence: str
    now: int
    horizon: Stretch
    timezone: str
    moves: tuple[Move, ...]
    history: tuple[Move, ...]
    people: tuple[PersonChange, ...]
    clashes: tuple[Clash, ...]
    gaps_opened: tuple[GapChange, ...]
    gaps_closed: tuple[GapChange, ...]
    findings: FindingsChange
    notice_days: int
    short_notice: tuple[Move, ...]
    beside: tuple[Beside, ...]
    approvers: tuple[Approver, ...]
    events: tuple[EventChange, ...]
    items: tuple[ItemChange, ...]
    unknown: tuple[Unknown, ...]
    base_errors: tuple[LocatedFinding, ...]
    only_incidents: bool
    names: Mapping[str, str]
    titles: Mapping[str, str]
    zones: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Say whether the change does nothing that anybody could notice."""
        told = (self.moves, self.history, self.events, self.items, self.findings.new, self.findings.fixed)
        return not any((*told, self.gaps_opened, self.gaps_closed, self.unknown))
