"""The occurrences of events: rules, dates added and taken away, replaced occurrences; all on the clock face.

Rules are expanded by ``dateutil`` on times without zone. What bounds the work is checked before: only rules that give
at most one occurrence a day are read, and each is expanded to the end of a range.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from watchbill.roster.clock import DAY, END_OF_TIME, wall, zone
from watchbill.roster.ics_events import LAST_YEAR, Event, Point, Property, Refused, read_time

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a time on the clock face, of no zone
_FREQUENCIES = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_DAY_PARTS = ("BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PARTS = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", *_DAY_PARTS, *_CLOCK_PARTS))
_SIMPLER = "write a daily, weekly, monthly or yearly rule"


def replaced(events: Sequence[Event]) -> Mapping[str, list[Point]]:
    """Return the occurrences that other events stand for, by the identifier that they share."""
    found: dict[str, list[Point]] = defaultdict(list)
    for event in events:
        if event.replaces is not None and event.uid:
            found[event.uid].append(event.replaces)
    return found


def starts(event: Event, stand_ins: Sequence[Point], high: int) -> list[int]:
    """Return the starts of an event before ``high`` on the clock face of its zone, ascending. Raises ``Refused``.

    The first is DTSTART, whether it follows the rule or not (RFC 5545, section 3.8.5.3).
    """
    if event.replaces is not None:
        return [event.start.wall]
    found = {event.start.wall}
    if event.rule is not None:
        found.update(_by_rule(event.rule, event.start, high))
    found.update(_on_face(point, event.start) for point in event.more)
    gone = [*event.fewer, *stand_ins]
    days = {point.wall // DAY for point in gone if point.whole_day or event.start.whole_day}
    instants = {_on_face(point, event.start) for point in gone if not point.whole_day}
    return sorted(at for at in found if at not in instants and at // DAY not in days)


def _on_face(point: Point, start: Point) -> int:
    """Return a point as the clock of an event shows it."""
    if point.whole_day and not start.whole_day:
        return point.wall + start.wall % DAY
    if start.whole_day:
        return point.wall - point.wall % DAY
    if point.zone == start.zone or point.zone is None or start.zone is None:
        return point.wall
    return zone(start.zone).wall_at(zone(point.zone).utc_of(point.wall))


def _by_rule(rule: Property, start: Point, high: int) -> Iterator[int]:
    parts = _parts(rule)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    last = high if until is None else min(high, _last(until, rule, start))
    first = _EPOCH + timedelta(seconds=start.wall)
    # The end is always given and the count never: a rule that matches no day would be sought until the year 9999.
    parts["UNTIL"] = (_EPOCH + timedelta(seconds=last)).strftime("%Y%m%dT%H%M%S")
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        later = (at for at in rrulestr(text, dtstart=first) if at > first)
        limit = None if count is None else _number(count, "COUNT", rule) - 1
        for at in islice(later, limit):
            yield wall(at.date(), at.hour * 3600 + at.minute * 60 + at.second)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise Refused("has a rule of recurrence that cannot be read", line=rule.line) from None


def _parts(rule: Property) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in rule.value.upper().strip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name not in _PARTS or name in found:
            raise Refused("has a rule of recurrence that cannot be read", line=rule.line)
        found[name] = value
    if found.get("FREQ") not in _FREQUENCIES:
        raise Refused("recurs more often than once a day, or in an unknown way", _SIMPLER, rule.line)
    if any("," in found.get(name, "") for name in _CLOCK_PARTS):
        raise Refused("recurs several times a day", _SIMPLER, rule.line)
    _number(found.get("INTERVAL", "1"), "INTERVAL", rule)
    return found


def _number(text: str, name: str, rule: Property) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text) >= 1):
        raise Refused(f"has a rule whose {name} is no number from 1 on", line=rule.line)
    return int(text)


def _last(text: str, rule: Property, start: Point) -> int:
    """Return the last second at which a rule may give an occurrence; a day given as the end is included."""
    if text[:4].isdecimal() and int(text[:4]) > LAST_YEAR:
        return END_OF_TIME
    found = read_time(text, Property(line=rule.line, parameters={}, value=text))
    if found.whole_day or start.whole_day:
        return found.wall - found.wall % DAY + DAY - 1
    return _on_face(found, start)
