"""Calendars: ``.ics`` files of time off and of holidays, expanded to dated stretches beside those of YAML files.

The files are strangers' and their rules can be bombs, so a child process under limits reads them. It is started once,
and only if there are calendars at all. Why somebody is away stays in the file: no summary leaves the child.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from watchbill.findings import Finding, Level, Mark, Place
from watchbill.intervals import Stretch
from watchbill.model.on_call import Calendar, HolidayDay, TimeOff, Version
from watchbill.model.repository import Model
from watchbill.model.time_values import DatedStretch, Moment
from watchbill.roster.clock import DAY, END_OF_TIME, START_OF_TIME, Zone, day_of, wall, zone

if TYPE_CHECKING:
    from watchbill.roster.calendar_answers import Answer, Complaint, Occurrence

MARGIN = 400 * DAY
"""Seconds before and after what is demanded in which absence can still move a shift: a turn lasts at most 52 weeks."""

_UNIT = {"hours": 3600, "days": DAY, "weeks": 7 * DAY, "months": 31 * DAY}
KIND = "other"
"""The kind of time off from a calendar: what it is for is nobody's business."""


def expand_calendars(model: Model, demanded: Sequence[Stretch]) -> tuple[Model, list[Finding]]:
    """Return a model in which calendars have become time off and holidays, and what could not be read.

    Inside the demanded stretches (UTC seconds) the result does not depend on them. The model that is returned has no
    calendars left.
    """
    if not model.calendars or not demanded:
        return model, []
    from watchbill.roster.calendar_process import ask

    low, high = reach(model, demanded)
    answers = ask(model.calendars, low, high)
    findings: list[Finding] = []
    time_off = list(model.time_off)
    holidays = dict(model.holidays)
    for calendar, answer in zip(model.calendars, answers.read, strict=False):
        findings += [_finding(calendar, complaint) for complaint in answer.complaints]
        if calendar.purpose == "time-off":
            time_off += _time_off(calendar, answer, _zone_of(calendar.id, model))
        else:
            days = tuple(_holiday(calendar, occurrence) for occurrence in answer.occurrences)
            holidays[calendar.id] = replace(holidays[calendar.id], days=days)
    if answers.failure is not None:
        unread = model.calendars[len(answers.read) :]
        failed = _failed if answers.started else _not_started
        findings.append(failed(unread, answers.failure))
    return replace(model, time_off=tuple(time_off), holidays=holidays, calendars=()), findings


def reach(model: Model, demanded: Sequence[Stretch]) -> Stretch:
    """Return the stretch of the clock face in which absence can move a demanded shift.

    ``advance`` and ``swap`` go by all turns since the start of their version, and look ahead by one cycle at most.
    """
    versions = [
        v for s in model.schedules.values() for role in s.roles for layer in role.layers for v in layer.versions
    ]
    moving = [wall(version.start) for version in versions if version.when_away in ("advance", "swap")]
    low = min([min(start for start, _ in demanded), *moving]) - MARGIN
    high = max(end for _, end in demanded) + MARGIN + 2 * max(map(_cycle, versions), default=0)
    return max(low, START_OF_TIME + DAY), min(high, END_OF_TIME - DAY)


def _cycle(version: Version) -> int:
    """Return at least the seconds in which every member of a version has a turn."""
    return version.every.count * _UNIT[version.every.unit] * len(version.members) if version.every is not None else 0


def _zone_of(person_id: str, model: Model) -> Zone | None:
    person = model.people.get(person_id)
    name = (person.timezone if person is not None else None) or model.organization.timezone
    return zone(name) if name is not None else None


def _time_off(calendar: Calendar, answer: Answer, own: Zone | None) -> Iterator[TimeOff]:
    for occurrence in answer.occurrences:
        place = _place(calendar, occurrence.line, occurrence.width)
        stretch = _dated(occurrence, place, own)
        if stretch is not None:
            yield TimeOff(place=place, person=calendar.id, stretch=stretch, kind=KIND)


def _dated(occurrence: Occurrence, place: Place, own: Zone | None) -> DatedStretch | None:
    """Return an occurrence as a file would say it, or ``None`` where a clock change leaves nothing of it."""
    if occurrence.whole_days:
        return DatedStretch(place=place, start=_moment(occurrence.start), through=day_of(occurrence.end - DAY))
    start_zone = zone(occurrence.start_zone) if occurrence.start_zone is not None else own
    end_zone = zone(occurrence.end_zone) if occurrence.end_zone is not None else own
    if start_zone is None or end_zone is None:
        # The zone is that of each schedule, so it stays open here; hours of a DURATION then count on the clock face.
        end = _moment(occurrence.end + occurrence.exact)
        return DatedStretch(place=place, start=_moment(occurrence.start), until=end)
    first, last = start_zone.utc_of(occurrence.start), end_zone.utc_of(occurrence.end) + occurrence.exact
    if first >= last:
        return None
    return DatedStretch(place=place, start=_instant(first), until=_instant(last))


def _moment(wall_time: int) -> Moment:
    return Moment(day=day_of(wall_time), seconds=wall_time % DAY)


def _instant(utc: int) -> Moment:
    return Moment(day=day_of(utc), seconds=utc % DAY, offset=0)


def _holiday(calendar: Calendar, occurrence: Occurrence) -> HolidayDay:
    place = _place(calendar, occurrence.line, occurrence.width)
    return HolidayDay(place=place, start=day_of(occurrence.start), through=day_of(occurrence.end - DAY))


def _place(calendar: Calendar, line: int, width: int) -> Place:
    return Place(file=calendar.place.file, mark=Mark(line=line, column=1, end_column=width + 1))


def _finding(calendar: Calendar, complaint: Complaint) -> Finding:
    whose = _whose(calendar)
    if complaint.whole:
        rule, message = "calendar-unreadable", f"{whose} {complaint.message}, so it does not count as a whole"
    else:
        effect = "it does not count" if complaint.events == 1 else f"it and {complaint.events - 1} like it do not count"
        rule = "calendar-day-shown-as-free" if complaint.doubt else "calendar-event-refused"
        message = f"an event of {whose} {complaint.message}, so {effect}"
    known = complaint.first is not None and complaint.last is not None
    return Finding(
        rule=rule,
        level=Level.INFO if complaint.doubt else Level.ERROR,
        place=_place(calendar, complaint.line, complaint.width),
        message=message,
        help=complaint.help,
        subject=_subject(calendar),
        stretch=(complaint.first or 0, complaint.last or 0) if known else None,
    )


def _failed(unread: Sequence[Calendar], failure: str) -> Finding:
    first, others = unread[0], len(unread) - 1
    more = (
        f"; nor {'does the 1 calendar' if others == 1 else f'do the {others:,} calendars'} after it" if others else ""
    )
    return Finding(
        rule="calendar-unreadable",
        level=Level.ERROR,
        place=first.place,
        message=f"{_whose(first)} {failure}, so it does not count{more}",
        help="take out events with odd rules of recurrence, or write the days into a .yaml file",
        subject=_subject(first),
    )


def _not_started(unread: Sequence[Calendar], failure: str) -> Finding:
    number = "the 1 calendar does not count" if len(unread) == 1 else f"none of the {len(unread):,} calendars counts"
    return Finding(
        rule="calendar-unreadable",
        level=Level.ERROR,
        place=unread[0].place,
        message=f"the process that reads calendars could not be started ({failure}), so {number}",
        help="nothing is wrong with the files: give this machine memory, room for temporary files and processes, "
        "or mend its Python, and run the command again",
    )


def _whose(calendar: Calendar) -> str:
    return (
        f"the calendar of {calendar.id}" if calendar.purpose == "time-off" else f"the calendar holidays/{calendar.id}"
    )


def _subject(calendar: Calendar) -> str:
    return f"person/{calendar.id}" if calendar.purpose == "time-off" else ""
