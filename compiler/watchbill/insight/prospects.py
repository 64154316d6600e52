"""What plans are made of: how many people a rotation needs and has, and what a change of the files would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from watchbill.findings import Finding
from watchbill.intervals import Stretch
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How much of a stretch a person belongs to a rotation and is not away.

    ``present`` is a part of 1. ``part`` is how much of a full member a part-timer counts for, 1 for everybody else.
    """

    person: str
    present: Fraction
    part: Fraction = Fraction(1)
    away: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How many people the rotations of a pool need.

    ``rotations`` are ``role/layer``, and roles that follow them; ``windows`` is when they are on call. ``needed`` is
    the smallest number of people that keeps every limit, ``least`` the smallest without an error; ``None`` where
    ``most`` are not enough. ``because`` is what is found with one person less than needed.
    """

    rotations: tuple[str, ...]
    windows: tuple[str, ...]
    needed: int | None
    least: int | None
    most: int
    because: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The need of rotations that share their people, and those people. ``now`` is how many of them there are today."""

    need: Need
    people: tuple[Attendance, ...]
    now: int

    @property
    def there(self) -> Fraction:
        """Return how many full members there are on average."""
        return sum((each.present * each.part for each in self.people), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Busiest:
    """The largest share of any twelve weeks that anybody of a schedule has in a role, covers included."""

    person: str
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a change of the files would do to a schedule.

    ``change`` says it in words. ``busiest`` by role; ``gap_seconds`` in the schedule's coverage, and ``appeared`` the
    findings of the whole repository that there are not without the change.
    """

    change: str
    people: int
    busiest: Mapping[str, Busiest]
    gap_seconds: int
    appeared: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """All that is known of the capacity of a schedule in a stretch. ``roles`` are those whose shares are compared.

    ``standing`` are the findings of load about people of the schedule that there are without any change.
    ``unrotated`` are roles that promise coverage and have no rotation ahead, such as one whose turns are listed.
    """

    schedule: str
    stretch: Stretch
    timezone: str
    roles: tuple[str, ...]
    pools: tuple[Pool, ...]
    outcomes: tuple[Outcome, ...]
    standing: tuple[Finding, ...] = ()
    unrotated: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInChoice:
    """One person who might take over a shift, with everything that speaks for or against it.

    ``refused`` is why it is impossible, else empty; ``breaks`` are the findings that would appear. ``trained`` is
    ``None`` where nothing is written about anybody. Seconds: ``carried`` around the shift, ``others`` on average
    around it, ``owes`` to the person who is replaced (negative: is owed), ``night_seconds`` of the shift in the own
    zone, ``rest_before`` and ``rest_after`` in the same role (``None``: nothing near). ``place`` is the place in the
    order of candidates.
    """

    person: str
    place: int
    refused: str = ""
    breaks: tuple[Finding, ...] = ()
    takes_turns: bool = False
    trained: bool | None = None
    prefers_not: bool = False
    carried: int = 0
    others: int = 0
    owes: int = 0
    night_seconds: int = 0
    rest_before: int | None = None
    rest_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftToCover:
    """What a person holds of one turn, and the choices for it, best first, impossible ones last.

    ``pieces`` are disjoint, by start: a turn of working days has one a day. ``written`` is the file of the override
    that gives it to the person; then another override would not take it away.
    """

    schedule: str
    role: str
    pieces: tuple[Stretch, ...]
    timezone: str
    choices: tuple[StandInChoice, ...] = field(default=())
    written: str = ""

    @property
    def stretch(self) -> Stretch:
        """Return the stretch from the first piece to the last."""
        return self.pieces[0][0], self.pieces[-1][1]

    @property
    def best(self) -> StandInChoice | None:
        """Return the first choice that is possible."""
        return next((choice for choice in self.choices if not choice.refused), None)
