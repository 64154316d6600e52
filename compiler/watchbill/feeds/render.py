"""Calendar feeds: one per schedule and one per person, as files below ``build/site``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from watchbill.compilation import Compilation
from watchbill.feeds.calendars import calendar
from watchbill.feeds.content_lines import TextLines, one_line
from watchbill.feeds.events import Event, EventWriter
from watchbill.feeds.revision import Revised, Revision
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """All feeds by path, and the revision of each event by uid (see ``revision.write_manifest``)."""

    files: dict[str, bytes]
    revisions: Mapping[str, Revised]


def render(c: Compilation, revision: Revision | None = None) -> dict[str, bytes]:
    """Return the feeds by their path in the site. Without a revision every event is revised at the compile's now."""
    return render_revised(c, revision or Revision(time=c.clock.now)).files


def render_revised(c: Compilation, revision: Revision) -> Feeds:
    """Return the feeds, and the manifest that the next build reads."""
    writer = EventWriter(c, revision, TextLines())
    by_schedule = {
        schedule_id: [
            event
            for timeline in roster.timelines.values()
            for event in writer.shifts(c.model.schedules[schedule_id], timeline)
        ]
        for schedule_id, roster in c.rosters.items()
    }
    by_person: dict[str, list[Event]] = {person_id: [] for person_id in c.model.people}
    for event in chain.from_iterable(by_schedule.values()):
        by_person.setdefault(event.person, []).append(event)

    files: dict[str, bytes] = {}
    revisions: dict[str, Revised] = {}
    for schedule_id, found in by_schedule.items():
        events = found or [_placeholder(c, writer, "schedule", schedule_id)]
        files[f"feeds/schedules/{schedule_id}.ics"] = _of_schedule(c, schedule_id, events)
        revisions.update((event.uid, event.revised) for event in events)
    for person_id, found in sorted(by_person.items()):
        events = found or [_placeholder(c, writer, "person", person_id)]
        files[f"feeds/people/{person_id}.ics"] = _of_person(c, person_id, events)
        revisions.update((event.uid, event.revised) for event in events)
    return Feeds(files=files, revisions=revisions)


def _name(c: Compilation, kind: str, item: str) -> str:
    named = c.model.schedules.get(item) if kind == "schedule" else c.model.people.get(item)
    return one_line(named.name) if named else item


def _placeholder(c: Compilation, writer: EventWriter, kind: str, item: str) -> Event:
    return writer.placeholder(kind, item, name=_name(c, kind, item))


def _of_schedule(c: Compilation, schedule_id: str, events: list[Event]) -> bytes:
    name, zone = _name(c, "schedule", schedule_id), c.model.schedules[schedule_id].timezone
    description = f"Who is on call for {name}, by role. Handoff times in {zone} are in each event."
    return calendar(f"On call: {name}", description, zone, events)


def _of_person(c: Compilation, person_id: str, events: list[Event]) -> bytes:
    name = _name(c, "person", person_id)
    description = f"All shifts of {name}, on all schedules. Local handoff times are in each event."
    # The organisation's zone, not the person's: where somebody lives is not for everybody who has the feed.
    return calendar(f"On call: {name}", description, c.clock.timezone, events)
