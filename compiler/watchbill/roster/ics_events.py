"""One event of an iCalendar file as a record of wall-clock times, or the reason why it is refused.

Nothing is guessed: a time in a zone that nobody knows is refused, never read as a time without zone. RFC 5545 is the
source of the forms; values are read by the ``icalendar`` library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from icalendar.parser import Contentline
from icalendar.prop import vDDDTypes, vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from watchbill import timezones
from watchbill.roster.clock import DAY, wall
from watchbill.roster.ics_lines import EventLines, Line
from watchbill.text import printable

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 1_100 * DAY
"""Seconds of the longest event: three years, as parental leave may last. Longer absence is ``left``."""
MOST_DATES = 2_000
"""Dates that one event may add (RDATE) or take away (EXDATE)."""

_NO_TIME = timedelta(0)

_READ = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS", "TRANSP")
)
_SEVERAL = frozenset(("RDATE", "EXDATE", "RRULE", "EXRULE"))
_IF_TIME_OFF = "if it is time off, show it as busy (`TRANSP:OPAQUE`), or write it into a .yaml file; if not, leave it"
_BY_HAND = "write it into a .yaml file instead, or correct the event and export the calendar again"


class Refused(Exception):  # noqa: N818 - no error of the program: the event is refused
    """An event, or a line of it, cannot be used; with ``doubt`` it could, but says itself that it does not count."""

    doubt = False

    def __init__(self, message: str, help_text: str = _BY_HAND, line: Line | None = None) -> None:
        super().__init__(message)
        self.message, self.help, self.line = message, help_text, line


class ShownAsFree(Refused):
    """A whole day that is shown as free: perhaps a day off whose author did not look at the switch."""

    doubt = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A time on the clock face (``wall``) of a zone; ``zone`` is ``None`` for the person's own."""

    wall: int
    zone: str | None
    whole_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property of an event with its parameters."""

    line: Line
    parameters: Mapping[str, object]
    value: str


@dataclass(slots=True, kw_only=True)
class Event:
    """An event. It lasts ``length`` on the clock face, to ``end_zone``, and ``exact`` seconds more by any clock.

    ``replaces`` is the occurrence of the event with the same ``uid`` that this one stands for; where ``counts`` is
    false it is cancelled or shown as free, and only takes that occurrence away.
    """

    lines: EventLines
    uid: str
    start: Point
    length: int
    end_zone: str | None
    exact: int = 0
    rule: Property | None = None
    more: list[Point] = field(default_factory=list)
    fewer: list[Point] = field(default_factory=list)
    replaces: Point | None = None
    counts: bool = True

    def whole_days(self) -> bool:
        """Say whether the event covers whole days, as an all-day event or from midnight to midnight."""
        midnights = self.start.wall % DAY == 0 and self.length % DAY == 0 and self.length > 0 and self.exact == 0
        return midnights and self.start.zone == self.end_zone


def read_event(event: EventLines, *, free_counts: bool) -> Event | None:
    """Return an event, or ``None`` for one without effect: cancelled, or shown as free. Raises ``Refused``.

    ``free_counts``: what is shown as free (TRANSPARENT) counts all the same. Where it does not, a whole day that is
    shown as free raises ``ShownAsFree``.
    """
    properties = _properties(event.lines)
    free = not free_counts and _is(_one(properties, "TRANSP"), "TRANSPARENT")
    counts = not free and not _is(_one(properties, "STATUS"), "CANCELLED")
    start = _one(properties, "DTSTART")
    if not counts and "RECURRENCE-ID" not in properties:
        if free and start is not None and _is_whole_day(start) and not _is(_one(properties, "STATUS"), "CANCELLED"):
            raise ShownAsFree("is a whole day that is shown as free", _IF_TIME_OFF, start.line)
        return None
    if start is None:
        raise Refused("has no DTSTART")
    begins = _point(start)
    length, end_zone, exact = _extent(begins, _one(properties, "DTEND"), _one(properties, "DURATION"))
    if length < 0 or length + exact > LONGEST:
        line = (_one(properties, "DTEND") or _one(properties, "DURATION") or start).line
        raise Refused("ends before it starts" if length < 0 else f"is longer than {LONGEST // DAY:,} days", line=line)
    if "EXRULE" in properties or len(properties.get("RRULE", ())) > 1:
        line = (properties.get("EXRULE") or properties["RRULE"])[-1].line
        raise Refused("has more than one rule of recurrence", line=line)
    uid = _one(properties, "UID")
    return Event(
        lines=event,
        uid=uid.value if uid else "",
        start=begins,
        length=length,
        end_zone=end_zone,
        exact=exact,
        rule=_one(properties, "RRULE"),
        more=_dates(properties.get("RDATE", ())),
        fewer=_dates(properties.get("EXDATE", ())),
        replaces=_replaced(_one(properties, "RECURRENCE-ID")),
        counts=counts,
    )


def _properties(lines: Iterable[Line]) -> dict[str, list[Property]]:
    found: dict[str, list[Property]] = {}
    for line in lines:
        name = line.text.split(":", 1)[0].split(";", 1)[0].strip().upper()
        if name not in _READ:
            continue
        try:
            _, parameters, value = Contentline(line.text).raw_parts()  # type: ignore[no-untyped-call]
        except ValueError:
            raise Refused(f"has a {name} that cannot be read", line=line) from None
        if name in found and name not in _SEVERAL:
            raise Refused(f"has two values of {name}", line=line)
        known = {key.upper(): text for key, text in parameters.items()}
        found.setdefault(name, []).append(Property(line=line, parameters=known, value=value.strip()))
    return found


def _one(properties: Mapping[str, list[Property]], name: str) -> Property | None:
    return next(iter(properties.get(name, ())), None)


def _is_whole_day(start: Property) -> bool:
    return "T" not in start.value.upper()


def _is(prop: Property | None, word: str) -> bool:
    return prop is not None and prop.value.upper() == word


def _point(prop: Property) -> Point:
    points = _points(prop)
    if len(points) != 1:
        raise Refused("has several times where one is due", line=prop.line)
    return points[0]


def _points(prop: Property) -> list[Point]:
    texts = prop.value.split(",")
    if len(texts) > MOST_DATES:
        raise Refused(f"lists more than {MOST_DATES:,} dates", line=prop.line)
    return [read_time(text.strip(), prop) for text in texts]


def read_time(text: str, prop: Property) -> Point:
    """Return a date or a time of a property. Raises ``Refused``."""
    try:
        found = vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        raise Refused(f"has the time `{printable(text[:40])}`, which does not exist", line=prop.line) from None
    if not isinstance(found, date):
        raise Refused(f"has `{printable(text[:40])}` where a date or a time is due", line=prop.line)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(f"names the year {found.year}; years from {FIRST_YEAR} to {LAST_YEAR} are read", line=prop.line)
    if not isinstance(found, datetime):
        return Point(wall=wall(found), zone=None, whole_day=True)
    seconds = found.hour * 3600 + found.minute * 60 + found.second
    return Point(wall=wall(found.date(), seconds), zone="UTC" if found.tzinfo else _zone(prop))


def _zone(prop: Property) -> str | None:
    named = prop.parameters.get("TZID")
    if named is None or named in timezones.names():
        return None if named is None else str(named)
    text = str(named)
    shown = printable(text[:60])
    known = WINDOWS_TO_OLSON.get(text) or _tail(text) or timezones.new_name(text)
    how = f"write `TZID={known}` in its place" if known else "write a zone such as `TZID=Europe/Berlin` in its place"
    kind = "a Windows name of a time zone" if text in WINDOWS_TO_OLSON else "no known time zone"
    raise Refused(f"has a time in `{shown}`, which is {kind}", f"{how}, in the whole file", prop.line)


def _tail(text: str) -> str | None:
    """Return the zone at the end of a path, as some programs write: ``/example.org/20260101/Europe/Berlin``."""
    steps = text.split("/")
    tails = ("/".join(steps[-count:]) for count in (3, 2))
    return next((tail for tail in tails if tail in timezones.names()), None)


def _extent(start: Point, end: Property | None, duration: Property | None) -> tuple[int, str | None, int]:
    """Return seconds on the clock face, the zone of the end, and exact seconds after."""
    if end is not None and duration is not None:
        raise Refused("has both DTEND and DURATION", line=duration.line)
    if end is not None:
        ends = _point(end)
        if ends.whole_day != start.whole_day or (ends.zone is None) != (start.zone is None):
            raise Refused("starts and ends with times of different kinds", line=end.line)
        length = ends.wall - start.wall
        # Of zero length, an all-day event is meant to last its day: many programs write it so.
        return (DAY if length == 0 and start.whole_day else length), ends.zone, 0
    if duration is not None:
        days, seconds = _duration(duration)
        if start.whole_day and seconds % DAY:
            raise Refused("lasts a part of a day, but has no time of day", line=duration.line)
        if start.whole_day:
            return max(days + seconds, DAY), None, 0
        return days, start.zone, seconds
    return (DAY if start.whole_day else 0), start.zone, 0


def _duration(prop: Property) -> tuple[int, int]:
    """Return the days and weeks of a duration, which follow the calendar, and its hours, which are exact; in seconds.

    RFC 5545, section 3.3.6: only the part after ``T`` is measured by the clock.
    """
    days, marked, clock = prop.value.upper().removeprefix("+").partition("T")
    try:
        nominal, exact = _delta(days) if days != "P" else _NO_TIME, _delta(f"PT{clock}") if marked else _NO_TIME
    except (ValueError, OverflowError):
        raise Refused("has a DURATION that cannot be read", line=prop.line) from None
    if nominal < _NO_TIME or exact < _NO_TIME or prop.value.startswith("-"):
        raise Refused("ends before it starts", line=prop.line)
    return int(nominal.total_seconds()), int(exact.total_seconds())


def _delta(text: str) -> timedelta:
    found: timedelta = vDuration.from_ical(text)  # type: ignore[no-untyped-call]
    return found


def _dates(properties: Iterable[Property]) -> list[Point]:
    found: list[Point] = []
    for prop in properties:
        found += _points(prop)
        if len(found) > MOST_DATES:
            raise Refused(f"lists more than {MOST_DATES:,} dates", line=prop.line)
    return found


def _replaced(prop: Property | None) -> Point | None:
    if prop is None:
        return None
    if "RANGE" in prop.parameters:
        raise Refused("changes all later ones of a series (RANGE=THISANDFUTURE)", line=prop.line)
    return _point(prop)
