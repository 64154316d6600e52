"""Reads a calendar byte by byte, without any library: strict about everything a calendar program may stumble over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[A-Z]+)*):(.*)", re.DOTALL)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")

CALENDAR = [
    *("VERSION", "PRODID", "X-WR-CALDESC", "NAME", "X-WR-CALNAME"),
    *("REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL", "X-WR-TIMEZONE"),
]
EVENT = [
    *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"),
    *("TRANSP", "STATUS", "CLASS", "CATEGORIES"),
]
PLACEHOLDER = [name for name in EVENT if name != "DESCRIPTION"]
"""All properties that a feed may hold; nothing that a name contains can add one."""

TEXTS = ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC")


@dataclass
class Calendar:
    """A calendar as read: its properties, and those of each event, with text unescaped."""

    properties: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)


def read(data: bytes) -> Calendar:
    """Return a calendar. Raises ``AssertionError`` for anything that is not exactly as it should be."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    raw = data.split(b"\r\n")[:-1]
    for line in raw:
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode("utf-8")
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    calendar = Calendar()
    names: list[str] = []
    here: dict[str, str] | None = None
    for line in lines[1:-1]:
        assert not _CONTROL.search(line), ascii(line)
        if line == "BEGIN:VEVENT":
            assert here is None
            here = {}
            calendar.events.append(here)
        elif line == "END:VEVENT":
            assert here is not None
            assert list(here) in (EVENT, PLACEHOLDER)
            here = None
        else:
            name, value = _property(line)
            (names if here is None else []).append(name)
            place = calendar.properties if here is None else here
            assert name not in place, name
            place[name] = value
    assert here is None
    assert names == CALENDAR
    return calendar


def _property(line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    assert match, ascii(line)
    name, value = match[1] + match[2], match[3]
    if name in TEXTS:
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
        assert re.fullmatch(r"(?:[^\\]|\\[\\;,n])*", value, re.DOTALL), value
        value = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
    return name, value
