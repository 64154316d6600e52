"""What an edit does to a roster, as text: for each role that moves, the next handoffs before and after."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from itertools import islice

from watchbill.compilation import Compilation
from watchbill.edit.files import FileChange
from watchbill.insight.holdings import Holding, holdings
from watchbill.roster.clock import spell
from watchbill.roster.timeline import Timeline
from watchbill.text import printable

Track = tuple[str, str]
"""The ids of a schedule and of a role."""

HANDOFFS = 3
"""Handoffs that are shown, beside who holds the role before the first of them."""


def moved(before: Compilation, after: Compilation) -> dict[Track, int]:
    """Return the roles whose holders differ from now on, each with the first instant at which they do."""
    found: dict[Track, int] = {}
    for track in _tracks(after):
        if _timeline(before, track) == _timeline(after, track):
            continue
        first = _first_difference(_held(before, track), _held(after, track))
        if first is not None:
            found[track] = first
    return found


def effect(before: Compilation, after: Compilation, concerned: Iterable[Track], around: int) -> Iterator[str]:
    """Yield the lines that tell what changes. ``concerned`` are roles that are shown in any case.

    What is said of the past comes first: a late entry may be right, and a wrong month must be seen.
    Each role is shown from the first instant at which it changes; one that does not change, from ``around`` on.
    """
    changes = moved(before, after)
    past = list(_rewritten(before, after))
    shown = [track for track in _tracks(after) if track in changes or track in set(concerned)]
    if not changes:
        yield "Nobody's turn moves from now on." if past else "Nobody's turn moves."
    yield from past
    for schedule, role in shown:
        zone_name = after.model.schedules[schedule].timezone
        start = changes.get((schedule, role))
        yield f"{schedule}/{role}, times in {zone_name}"
        if start is None:
            yield from _column("unchanged", after, (schedule, role), around)
            continue
        yield from _column("before", before, (schedule, role), start)
        yield from _column("after", after, (schedule, role), start)


def differences(changes: Iterable[FileChange]) -> Iterator[str]:
    """Yield the lines of a unified diff, as ``patch`` and ``git apply`` read it; hidden characters are made visible."""
    for change in changes:
        old = "" if change.before is None else change.before.decode()
        lines = difflib.unified_diff(
            old.splitlines(keepends=True),
            change.after.decode().splitlines(keepends=True),
            "/dev/null" if change.before is None else f"a/{change.path}",
            f"b/{change.path}",
        )
        for line in lines:
            yield printable(line.removesuffix("\n").removesuffix("\r"))
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def _rewritten(before: Compilation, after: Compilation) -> Iterator[str]:
    """Yield a line for each role that other people held before now, as far as the horizon reaches back."""
    for track in _tracks(after):
        if _timeline(before, track) == _timeline(after, track):
            continue
        first = _first_difference(_held_before_now(before, track), _held_before_now(after, track))
        if first is not None and first < after.clock.now:
            zone_name = after.model.schedules[track[0]].timezone
            yield f"The past of {track[0]}/{track[1]} changes, first at {spell(first, zone_name)}."


def _tracks(compilation: Compilation) -> list[Track]:
    return [(name, role) for name, roster in compilation.rosters.items() for role in roster.timelines]


def _timeline(compilation: Compilation, track: Track) -> Timeline | None:
    roster = compilation.rosters.get(track[0])
    return None if roster is None else roster.timelines.get(track[1])


def _held(compilation: Compilation, track: Track) -> list[Holding]:
    timeline = _timeline(compilation, track)
    if timeline is None:
        return []
    end = max([compilation.horizon[1], *(stretch[1] for stretch in timeline.demanded)])
    return list(holdings(timeline, (), compilation.clock.now, end))


def _held_before_now(compilation: Compilation, track: Track) -> list[Holding]:
    timeline = _timeline(compilation, track)
    start, now = compilation.horizon[0], compilation.clock.now
    return [] if timeline is None or now <= start else list(holdings(timeline, (), start, now))


def _first_difference(before: list[Holding], after: list[Holding]) -> int | None:
    for one, other in zip(before, after, strict=False):
        if one.people != other.people:
            return max(one.start, other.start)
        if one.end != other.end:
            return min(end for end in (one.end, other.end) if end is not None)
    longer = max(before, after, key=len)
    return longer[min(len(before), len(after))].start if len(before) != len(after) else None


def _column(title: str, compilation: Compilation, track: Track, start: int) -> Iterator[str]:
    ahead = (each for each in _held(compilation, track) if each.end is None or each.end > start)
    lead = f"  {title + ':':<11}"
    for holding in islice(ahead, HANDOFFS + 1):
        yield f"{lead}{_line(compilation, holding, track, start)}"
        lead = " " * 13


def _line(compilation: Compilation, holding: Holding, track: Track, start: int) -> str:
    zone_name = compilation.model.schedules[track[0]].timezone
    people = ", ".join(_name(compilation, person) for person in holding.people) or "nobody"
    return f"from {spell(max(holding.start, start), zone_name).removesuffix(f' {zone_name}')}  {people}"


def _name(compilation: Compilation, person: str) -> str:
    known = compilation.model.people.get(person)
    return f"{printable(known.name)} ({person})" if known is not None else printable(person)
