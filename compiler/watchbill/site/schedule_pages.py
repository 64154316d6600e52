"""Two pages per schedule: the weeks around now, and the whole published timeline, folded by month."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from watchbill.intervals import Stretch
from watchbill.model.on_call import Role, Schedule
from watchbill.roster import clock
from watchbill.roster.timeline import Timeline
from watchbill.site import addresses
from watchbill.site.edition import Edition
from watchbill.site.escalations import escalations
from watchbill.site.pages import RoleTimeline, SchedulePage, ServiceLine, ShiftTable
from watchbill.site.standing import card, first_of_each_role, gap_line, open_gaps

PAST_DAYS = 14
AHEAD_DAYS = 84
GAPS_SHOWN = 6
ROWS_AHEAD = 60
"""Where a role changes hands often, the page ends earlier than ``AHEAD_DAYS``: with the day of this many shifts."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Row(NamedTuple):
    """A row of a timeline: its stretch in UTC seconds, and its HTML."""

    start: int
    end: int
    html: str


def schedule_pages(edition: Edition) -> Iterator[tuple[str, SchedulePage]]:
    """Yield the pages of all schedules with their addresses."""
    services = _services_by_schedule(edition)
    for schedule in edition.model.schedules.values():
        short = _page(edition, schedule, services.get(schedule.id, ()))
        yield addresses.schedule(schedule.id), short
        yield addresses.whole_schedule(schedule.id), _whole(edition, schedule, short)


def _page(edition: Edition, schedule: Schedule, services: tuple[ServiceLine, ...]) -> SchedulePage:
    gaps = open_gaps(edition, tuple(gap for role in schedule.roles for gap in edition.gaps(schedule.id, role.id)))
    start, end = _near(edition, schedule)
    return SchedulePage(
        card=card(edition, schedule),
        description=schedule.description,
        gaps=tuple(gap_line(edition, gap) for gap in first_of_each_role(gaps)[:GAPS_SHOWN]),
        gap_count=len(gaps),
        services=services,
        escalations=escalations(edition, schedule.id),
        timelines=tuple(_timelines(edition, schedule, (start, end), whole=False)),
        start=edition.times.text(start, schedule.timezone),
        end=edition.times.text(end, schedule.timezone),
        whole=False,
        other=addresses.whole_schedule(schedule.id),
        feed=addresses.schedule_feed(schedule.id),
    )


def _whole(edition: Edition, schedule: Schedule, short: SchedulePage) -> SchedulePage:
    """Return the longer page beside the short one; only the timeline is another."""
    start, end = edition.compilation.horizon
    return replace(
        short,
        timelines=tuple(_timelines(edition, schedule, (start, end), whole=True)),
        start=edition.times.text(start, schedule.timezone),
        end=edition.times.text(end, schedule.timezone),
        whole=True,
        other=addresses.schedule(schedule.id),
    )


def _near(edition: Edition, schedule: Schedule) -> Stretch:
    """Return the stretch of the short page: whole local days around now, inside the horizon."""
    zone = clock.zone(schedule.timezone)
    today = zone.local(edition.now).day.toordinal()
    start = zone.midnight(date.fromordinal(today - PAST_DAYS))
    end = zone.midnight(date.fromordinal(today + AHEAD_DAYS))
    roster = edition.compilation.rosters.get(schedule.id)
    for timeline in roster.timelines.values() if roster is not None else ():
        starts = timeline.start[bisect_right(timeline.start, edition.now) :]
        if len(starts) > ROWS_AHEAD and starts[ROWS_AHEAD] < end:
            end = zone.midnight(date.fromordinal(zone.local(starts[ROWS_AHEAD]).day.toordinal()))
    horizon = edition.compilation.horizon
    return max(start, horizon[0]), min(max(end, edition.now + clock.DAY), horizon[1])


def _timelines(edition: Edition, schedule: Schedule, stretch: Stretch, *, whole: bool) -> Iterator[RoleTimeline]:
    roster = edition.compilation.rosters.get(schedule.id)
    for role in schedule.roles:
        if roster is None or role.id not in roster.timelines:
            continue
        rows = sorted(_rows(edition, schedule, role, stretch, _root(schedule, whole=whole)))
        tables = _by_month(edition, rows, schedule.timezone) if whole else _past_and_ahead(edition, rows)
        yield RoleTimeline(role=role.id, tables=tuple(tables))


def _root(schedule: Schedule, *, whole: bool) -> str:
    return addresses.root_from(addresses.whole_schedule(schedule.id) if whole else addresses.schedule(schedule.id))


def _rows(edition: Edition, schedule: Schedule, role: Role, stretch: Stretch, root: str) -> Iterator[Row]:
    timeline = edition.compilation.rosters[schedule.id].timelines[role.id]
    make, zone, now = edition.fragments, schedule.timezone, edition.now
    follows = role.follows.role if role.follows is not None else ""
    why = [make.why(cause, follows) for cause in timeline.causes]
    who = [make.person(person, root) for person in timeline.people]
    for (start, end, cause), people in _together(timeline, stretch):
        names = " and ".join([who[person] for person in people])
        yield Row(start, end, make.shift_row((start, end), zone, names, why[cause], current=start <= now < end))
    for gap in edition.gaps(schedule.id, role.id):
        start, end = gap.stretch
        if start < stretch[1] and end > stretch[0]:
            yield Row(start, end, make.gap_row(gap, zone, current=start <= now < end))


def _together(timeline: Timeline, stretch: Stretch) -> Iterator[tuple[tuple[int, int, int], list[int]]]:
    """Yield (start, end, cause) with the people who share them: the seats of one turn make one row."""
    columns = zip(timeline.start, timeline.end, timeline.cause, timeline.person, strict=True)
    before: tuple[int, int, int] | None = None
    people: list[int] = []
    for start, end, cause, person in columns:
        if start >= stretch[1] or end <= stretch[0]:
            continue
        if before == (start, end, cause):
            people.append(person)
            continue
        if before is not None:
            yield before, people
        before, people = (start, end, cause), [person]
    if before is not None:
        yield before, people


def _past_and_ahead(edition: Edition, rows: list[Row]) -> Iterator[ShiftTable]:
    over = [row for row in rows if row.end <= edition.now]
    if over:
        yield _table(edition, "The two weeks before", over, folded=True)
    yield _table(edition, "", [row for row in rows if row.end > edition.now], folded=False)


def _table(edition: Edition, title: str, rows: list[Row], *, folded: bool) -> ShiftTable:
    html = edition.fragments.rows([row.html for row in rows])
    return ShiftTable(title=title, count=len(rows), rows=html, folded=folded)


def _by_month(edition: Edition, rows: list[Row], zone_name: str) -> Iterator[ShiftTable]:
    """Yield one table per month of the schedule's zone, by the start of the shift."""
    zone = clock.zone(zone_name)
    months: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        day = zone.local(row.start).day
        months.setdefault((day.year, day.month), []).append(row)
    for (year, month), of_month in months.items():
        yield _table(edition, f"{MONTHS[month - 1]} {year}", of_month, folded=True)


def _services_by_schedule(edition: Edition) -> dict[str, tuple[ServiceLine, ...]]:
    found: dict[str, list[ServiceLine]] = {}
    for service in edition.model.services.values():
        if service.schedule is not None:
            page, runbook = (service.page, service.runbook) if edition.audience == "internal" else ("", "")
            line = ServiceLine(name=service.name, tier=service.tier, page=page, runbook=runbook)
            found.setdefault(service.schedule, []).append(line)
    return {schedule: tuple(lines) for schedule, lines in found.items()}
