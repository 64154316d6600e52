"""The calendar around the events: its name, its description and how often to look again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, vText

from watchbill.feeds.content_lines import one_line
from watchbill.feeds.events import Event

_PRODUCT = "-//Watchbill//On-call feeds//EN"
"""Without a version: a new release must not change every feed."""

_END = b"END:VCALENDAR\r\n"


def calendar(name: str, description: str, zone: str, events: Iterable[Event]) -> bytes:
    """Return a whole feed. ``events`` must not be empty; they are written by start, then uid.

    Without METHOD (that would ask for an ORGANIZER), VTIMEZONE (all times are UTC; Thunderbird misreads those of the
    library) and recurrence (each shift is an event). ``zone`` is a hint for display.
    """
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", _PRODUCT)
    # NAME and X- properties are escaped only as vText; as plain text a line break in a name would be a new line.
    for key in ("name", "x-wr-calname"):
        head.add(key, vText(one_line(name)))
    head.add("x-wr-caldesc", vText(one_line(description)))
    head.add("x-wr-timezone", vText(zone))
    head.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", vText("PT1H"))
    opening = bytes(head.to_ical()).removesuffix(_END)
    written = sorted(events, key=lambda event: (event.start, event.uid))
    return opening + b"".join(event.lines for event in written) + _END
