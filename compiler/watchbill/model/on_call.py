"""Records of on-call schedules: roles, layers, versions, members, followers, overrides and swaps."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from watchbill.findings import Place
from watchbill.model.time_values import DatedStretch, HandoffPoint, Moment, Period, Window
from watchbill.records import dataclass

WhenAway = Literal["cover", "advance", "swap", "leave-gap"]

Member = tuple[str, ...]
"""The ids of the people who share a turn, one per seat, in order; usually one. Empty for a turn that is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplicitTurn:
    """One dated turn of a version that lists its turns instead of members. ``member`` is empty for ``nobody``."""

    place: Place
    start: Moment
    member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A dated version of a layer, with everything it inherits already filled in.

    Either ``members`` with ``every`` and ``handoff``, or ``turns``. ``place`` is where the version stands (the layer
    itself if it has no list of versions); ``order_place`` is where the list of members or turns stands.
    """

    place: Place
    order_place: Place
    start: date
    timezone: str
    when_away: WhenAway = "cover"
    every: Period | None = None
    handoff: tuple[HandoffPoint, ...] = ()
    during: Window | None = None
    members: tuple[Member, ...] = ()
    turns: tuple[ExplicitTurn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One source of assignment inside a role. ``versions`` are in the order of their dates."""

    id: str
    place: Place
    timezone: str
    versions: tuple[Version, ...]
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """A role that is filled from another one: the member whose turn comes ``turns_ahead`` turns later."""

    place: Place
    role: str
    layer: str | None = None
    turns_ahead: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A promise of coverage: in this window, this many distinct responders."""

    place: Place
    window: Window
    responders: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A track of a schedule: filled by layers (a later one wins) or by following another role."""

    id: str
    place: Place
    coverage: tuple[Requirement, ...] = ()
    layers: tuple[Layer, ...] = ()
    follows: Follows | None = None
    unstaffed: tuple[DatedStretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A named on-call schedule of a team. ``roles`` are in file order; ``distinct`` are sets of role ids."""

    id: str
    place: Place
    name: str
    team: str
    timezone: str
    roles: tuple[Role, ...]
    distinct: tuple[tuple[str, ...], ...] = (("primary", "secondary"),)
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A dated replacement on top of all layers. ``person`` is ``None`` for a planned hole (``nobody``)."""

    place: Place
    schedule: str
    role: str
    stretch: DatedStretch
    person: str | None
    instead_of: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapSide:
    """One half of a swap: a person and the local day on which the turn that person gives away starts."""

    place: Place
    person: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two people exchange the turns that start on two days."""

    place: Place
    schedule: str
    role: str
    between: tuple[SwapSide, SwapSide]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """A dated stretch in which a person must not be on call, in the person's zone.

    ``kind`` is vacation, appointment, sick, training, parental, other or prefer-not; prefer-not weighs in suggestions
    and never moves the roster. ``unplanned`` time off is covered and never moves the order.
    """

    place: Place
    person: str
    stretch: DatedStretch
    kind: str = "vacation"
    unplanned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayDay:
    """First and last day (included) of a named holiday."""

    place: Place
    start: date
    through: date
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """The dated days off of a company, a site or a country, from ``schedules/holidays``."""

    id: str
    place: Place
    days: tuple[HolidayDay, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """An iCalendar file, not yet understood: the time off of a person, or the days of a holidays file, named by ``id``.

    Expanding ``content`` to plain stretches is the business of ``watchbill.roster``.
    """

    place: Place
    purpose: Literal["time-off", "holidays"]
    id: str
    content: bytes
