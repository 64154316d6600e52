"""The child process that reads calendars: files of strangers, read by libraries, under limits of the system.

Run as ``python -I -m watchbill.roster.calendar_child SECONDS MEMORY OUTPUT``: one JSON request on standard input, and
on standard output the line ``ready``, then one JSON line per calendar, in order, so that those before a bomb are known.
"""

from __future__ import annotations

import contextlib
import errno
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from io import FileIO

from watchbill.roster.calendar_answers import Answer, Complaint, Occurrence, Purpose, to_plain
from watchbill.roster.clock import DAY, wall
from watchbill.roster.ics_events import LONGEST, Event, Point, Refused, read_event
from watchbill.roster.ics_lines import EventLines, Problem, cut
from watchbill.roster.ics_recurrence import replaced, starts

MOST_OCCURRENCES = 20_000
"""Occurrences of one calendar in the range that is asked for."""
MOST_COMPLAINTS = 20
"""Different complaints about one calendar; one more would help nobody."""
READY = b"ready"
"""Said once the reader runs and has understood the request: what goes wrong after it is the calendars' doing."""
OUT_OF_MEMORY = 3
"""Exit status of a child that met its limit of memory."""
TOO_MUCH_OUTPUT = 4
"""Exit status of a child that met its limit of output."""

_GLANCE = re.compile(r"(DTSTART|DTEND|DURATION|RRULE|RDATE)[^:]*(?::\D*)?(\d{8})?", re.IGNORECASE)


def read_calendar(content: bytes, purpose: Purpose, low: int, high: int) -> Answer:
    """Return what a calendar says about ``[low, high)``, wall-clock numbers. Raises nothing but ``MemoryError``."""
    cutting = cut(content)
    problems: list[Problem] = []
    events = [event for lines in cutting.events if (event := _read(lines, purpose, problems)) is not None]
    stand_ins = replaced(events)
    occurrences: list[Occurrence] = []
    for event in events:
        if event.counts:
            occurrences += _occurrences(event, stand_ins.get(event.uid, ()), low, high, problems)
        if len(occurrences) > MOST_OCCURRENCES:
            message = f"gives more than {MOST_OCCURRENCES:,} stretches"
            cutting.problem = Problem(line=event.lines.begin, message=message, help="export less of the calendar")
            occurrences = []
            break
    complaints = _gathered(problems)
    if cutting.problem is not None:
        complaints.insert(0, _complaint([cutting.problem], whole=True))
    return Answer(occurrences=tuple(occurrences), complaints=tuple(complaints))


def _read(lines: EventLines, purpose: Purpose, problems: list[Problem]) -> Event | None:
    try:
        event = read_event(lines, free_counts=purpose == "holidays")
        if event is not None and purpose == "holidays" and event.counts and not event.whole_days():
            raise Refused("is not of whole days", "make it an all-day event")
    except Refused as refused:
        problems.append(_problem(refused, lines))
        return None
    return event


def _occurrences(
    event: Event, stand_ins: Sequence[Point], low: int, high: int, problems: list[Problem]
) -> list[Occurrence]:
    try:
        found = starts(event, stand_ins, high)
    except Refused as refused:
        problems.append(_problem(refused, event.lines))
        return []
    lasting = event.length + event.exact
    return [
        Occurrence(
            line=event.lines.begin.number,
            width=event.lines.begin.width,
            start=at,
            end=at + event.length,
            start_zone=event.start.zone,
            end_zone=event.end_zone,
            exact=event.exact,
            whole_days=event.start.whole_day or (event.start.zone is None and event.whole_days()),
        )
        for at in found
        if lasting > 0 and at < high and at + lasting > low
    ]


def _problem(refused: Refused, lines: EventLines) -> Problem:
    """Return the problem of an event, bounded in time where a glance tells: the past need not be mended."""
    found = {match[1].upper(): match[2] or "" for line in lines.lines if (match := _GLANCE.match(line.text))}
    first = last = None
    if "DTSTART" in found and not {"RRULE", "RDATE"} & found.keys():
        with contextlib.suppress(ValueError):
            days = [date.fromisoformat(found[name][:8]) for name in ("DTSTART", "DTEND") if name in found]
            first, last = wall(days[0]) - DAY, wall(max(days)) + (LONGEST if "DURATION" in found else 2 * DAY)
    line = refused.line or lines.begin
    return Problem(line=line, message=refused.message, help=refused.help, first=first, last=last, doubt=refused.doubt)


def _gathered(problems: Iterable[Problem]) -> list[Complaint]:
    """Return one complaint for all events that are wrong in the same way, at the first of them."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.message, problem.help), []).append(problem)
    return [_complaint(group) for group in list(alike.values())[:MOST_COMPLAINTS]]


def _complaint(group: Sequence[Problem], *, whole: bool = False) -> Complaint:
    first = [problem.first for problem in group if problem.first is not None]
    last = [problem.last for problem in group if problem.last is not None]
    bounded = len(first) == len(last) == len(group)
    return Complaint(
        line=group[0].line.number,
        width=group[0].line.width,
        message=group[0].message,
        help=group[0].help,
        whole=whole,
        events=len(group),
        first=min(first) if bounded else None,
        last=max(last) if bounded else None,
        doubt=group[0].doubt,
    )


def _limit(cpu_seconds: int, memory_bytes: int, output_bytes: int) -> None:
    """Limit this process: processor time, memory, and what it writes. Windows has no such limits, but a time-out."""
    if sys.platform == "win32":
        return
    import resource

    bounds = (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, output_bytes),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in bounds:
        with contextlib.suppress(OSError, ValueError):  # macOS refuses a limit of memory; a lower one may stand
            resource.setrlimit(kind, (most, most))


def _say(line: bytes) -> None:
    """Write a line at once, past the buffers of Python: they would fail a second time at the end of the process."""
    output = FileIO(1, "w", closefd=False)
    rest = line + b"\n"
    while rest:
        rest = rest[output.write(rest) :]


def main() -> int:
    """Answer one request; return the exit status."""
    _limit(*map(int, sys.argv[1:]))
    try:
        request = json.loads(sys.stdin.buffer.read())
        _say(READY)
        for purpose, content in request["calendars"]:
            answer = read_calendar(content.encode("latin-1"), purpose, request["low"], request["high"])
            _say(json.dumps(to_plain(answer)).encode())
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        if error.errno != errno.EFBIG:  # Python ignores the signal that tells of it
            raise
        return TOO_MUCH_OUTPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())
