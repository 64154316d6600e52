"""Shifts as calendar events."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

from watchbill.compilation import Compilation
from watchbill.feeds.content_lines import TextLines, instant, one_line
from watchbill.feeds.revision import Revised, Revision, sequence
from watchbill.model.on_call import Schedule
from watchbill.records import dataclass
from watchbill.roster.clock import spell
from watchbill.roster.timeline import CauseKind, Timeline
from watchbill.text import clip

_NAMESPACE = uuid.UUID("b0c1d6a4-6f0e-5c55-9a3e-2f1f0f6d7c41")
"""The namespace of all uids. It never changes: new uids make every calendar drop and add all its events."""

_DASH = " \N{EN DASH} "
_LONGEST_NAME = 90
"""With a role of 63 characters, two names of this length keep a summary below the 255 that Outlook shows."""

_PUBLIC_CAUSE: dict[CauseKind, str] = {
    "turn": "",
    "follower": "",
    "cover": "\nStand-in.",
    "advance": "\nStand-in.",
    "swap": "\nSwapped turn.",
    "override": "\nOverride.",
}
"""Why a shift has its holder, as far as everybody may know: who was away, and why, is nobody's business."""

_FIXED_LINES = b"TRANSP:TRANSPARENT\r\nSTATUS:CONFIRMED\r\nCLASS:PUBLIC\r\nCATEGORIES:On-call\r\n"
_PLACEHOLDER_DAY = 1_577_836_800
"""2020-01-01: placeholders lie far in the past, where nobody looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, written: uid, start (UTC seconds), its holder's id (empty for a placeholder), revision and bytes."""

    uid: str
    start: int
    person: str
    revised: Revised
    lines: bytes


def uid_of(*key: str | int) -> str:
    """Return the stable uid of a key. It holds no name: a swap updates an event, and nobody is identified by it."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(map(str, key))))


class EventWriter:
    """Writes the events of one compilation at one revision; remembers the texts and times they share."""

    __slots__ = ("_compilation", "_lines", "_revision", "_spelled")

    def __init__(self, c: Compilation, revision: Revision, lines: TextLines) -> None:
        self._compilation = c
        self._revision = revision
        self._lines = lines
        self._spelled: dict[tuple[int, str], str] = {}

    def shifts(self, schedule: Schedule, timeline: Timeline) -> Iterator[Event]:
        """Yield an event for each shift of a role that touches the published horizon, with its true start and end."""
        first, last = self._compilation.horizon
        summaries = self._summaries(schedule, timeline)
        for index, (start, end) in enumerate(zip(timeline.start, timeline.end, strict=True)):
            if end <= first or start >= last:
                continue
            cause = timeline.causes[timeline.cause[index]]
            holder = timeline.person[index]
            yield self._event(
                uid=uid_of("shift", schedule.id, timeline.role, timeline.seat[index], start),
                person=timeline.people[holder],
                stretch=(start, end),
                text=summaries[holder] + self._description(schedule.timezone, start, end, cause.kind),
            )

    def placeholder(self, *key: str, name: str) -> Event:
        """Return the event of a feed without shifts. Some programs keep old shifts when a feed has no events."""
        summary = self._lines.line("SUMMARY", f"{clip(name, _LONGEST_NAME)}: no shifts in the published time")
        stretch = (_PLACEHOLDER_DAY, _PLACEHOLDER_DAY + 3600)
        return self._event(uid=uid_of("placeholder", *key), person="", stretch=stretch, text=summary)

    def _summaries(self, schedule: Schedule, timeline: Timeline) -> list[bytes]:
        people = self._compilation.model.people
        names = (people[person].name if person in people else person for person in timeline.people)
        title = clip(one_line(schedule.name), _LONGEST_NAME)
        return [
            self._lines.line("SUMMARY", _DASH.join((timeline.role, title, clip(one_line(name), _LONGEST_NAME))))
            for name in names
        ]

    def _description(self, zone: str, start: int, end: int, cause: CauseKind) -> bytes:
        text = f"From {self._spell(start, zone)}\nuntil {self._spell(end, zone)}{_PUBLIC_CAUSE[cause]}"
        return self._lines.line("DESCRIPTION", text)

    def _spell(self, seconds: int, zone: str) -> str:
        spelled = self._spelled.get((seconds, zone))
        if spelled is None:
            spelled = self._spelled[seconds, zone] = spell(seconds, zone)
        return spelled

    def _event(self, *, uid: str, person: str, stretch: tuple[int, int], text: bytes) -> Event:
        start, end = stretch
        content = f"DTSTART:{instant(start)}\r\nDTEND:{instant(end)}\r\n".encode() + text + _FIXED_LINES
        revised = self._revision.of(uid, hashlib.sha256(content).hexdigest()[:32])
        stamp = instant(revised.modified)
        head = (
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n"
            f"SEQUENCE:{sequence(revised.modified)}\r\n"
        )
        lines = head.encode() + content + b"END:VEVENT\r\n"
        return Event(uid=uid, start=start, person=person, revised=revised, lines=lines)
