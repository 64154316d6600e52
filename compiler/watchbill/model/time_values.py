"""Values of time as they are written: dates, wall-clock times, periods, windows. No zone is applied here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from watchbill.findings import Place
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, a wall-clock time on a day, or an instant.

    ``seconds`` counts from the local midnight on the clock face (0 to 86,400) and is ``None`` for a bare date.
    ``offset`` (seconds east of UTC) is set if the text carried one or ``Z``; otherwise the zone comes from the place
    where the moment is used.
    """

    day: date
    seconds: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStretch:
    """From a moment until a moment (exclusive), or through a last day (included)."""

    place: Place
    start: Moment
    until: Moment | None = None
    through: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How often a rotation's pattern of handoffs repeats, for example 2 weeks."""

    count: int
    unit: Literal["hours", "days", "weeks", "months"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffPoint:
    """One point in the period at which the turn passes on.

    ``seconds`` of the clock face. By unit of the period: ``weekday`` (0 = Monday) for weeks; nothing more for days and
    hours; for months either ``day`` (1 to 31, clamped) or ``weekday`` with ``nth`` (1 to 4, or -1 for the last).
    """

    seconds: int
    weekday: int | None = None
    day: int | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A weekly stretch of wall-clock time: from ``start`` on ``weekday`` to ``end``, ``days`` days later.

    ``start`` and ``end`` are seconds of the clock face; ``end`` may be 86,400 (24:00). ``days`` is 0 to 7.
    """

    weekday: int
    start: int
    days: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPart:
    """Spans of each week (``None`` means always), less or limited to the days of a holidays file.

    ``except_days`` and ``only_days`` are ids of holidays files: the part holds outside of, or only on, those whole
    local days of the window's zone.
    """

    spans: tuple[Span, ...] | None
    except_days: str | None = None
    only_days: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A named weekly pattern of local time: the union of its parts. ``text`` is how the user wrote or named it."""

    text: str
    parts: tuple[WindowPart, ...]


ALWAYS = Window(text="always", parts=(WindowPart(spans=None),))
