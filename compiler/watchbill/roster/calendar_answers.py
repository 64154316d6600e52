"""What the child process that reads calendars is asked and answers: plain values, one JSON line per calendar."""

from __future__ import annotations

from typing import Any, Literal

from watchbill.records import dataclass

Purpose = Literal["time-off", "holidays"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One stretch on the clock face (see ``clock.wall``), from ``start`` to ``end`` and ``exact`` seconds more.

    A zone of ``None`` is the person's own. ``line`` and ``width`` are those of the line that begins the event.
    """

    line: int
    width: int
    start: int
    end: int
    start_zone: str | None = None
    end_zone: str | None = None
    exact: int = 0
    whole_days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a calendar (``whole``), or with ``events`` of its events in the same way.

    ``message`` goes on after the name of the calendar or the event. ``first`` and ``last`` bound the events in time
    (UTC seconds, with days to spare), where that is known. ``doubt``: nothing is wrong, but it may not be meant.
    """

    line: int
    width: int
    message: str
    help: str
    whole: bool = False
    events: int = 1
    first: int | None = None
    last: int | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a calendar says."""

    occurrences: tuple[Occurrence, ...] = ()
    complaints: tuple[Complaint, ...] = ()


def to_plain(answer: Answer) -> list[list[list[Any]]]:
    """Return an answer as lists of plain values."""
    return [
        [[getattr(o, name) for name in Occurrence.__slots__] for o in answer.occurrences],
        [[getattr(c, name) for name in Complaint.__slots__] for c in answer.complaints],
    ]


def from_plain(plain: list[list[list[Any]]]) -> Answer:
    """Return an answer from what ``to_plain`` made."""
    return Answer(
        occurrences=tuple(Occurrence(**dict(zip(Occurrence.__slots__, row, strict=True))) for row in plain[0]),
        complaints=tuple(Complaint(**dict(zip(Complaint.__slots__, row, strict=True))) for row in plain[1]),
    )
