"""What a change does, as tables: the same rows for a terminal and for Markdown. Nothing is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from watchbill.change.records import Change, GapChange, Move, Tally
from watchbill.checks.wording import spell_list
from watchbill.compilation import LocatedFinding
from watchbill.intervals import Stretch
from watchbill.reports.table import Cell, Column, Table
from watchbill.roster.clock import DAY, spell

MOST_OF_A_ROLE = 12
"""Rows shown of one role; the rest is counted. JSON has them all."""

MOST_ROWS = 60
"""Rows shown of any other table."""

_STRETCH = (Column(key="role", title="role"), Column(key="from", title="from"), Column(key="until", title="until"))


def tables(change: Change) -> Iterator[Table]:
    """Yield the tables that have anything to say, the most pressing first."""
    made = (
        _gaps("Gaps that this change opens", change.gaps_opened, change),
        _clashes(change),
        _moves("Shifts that move", change.moves, change),
        _people(change),
        _moves("Past shifts that change", change.history, change),
        _gaps("Gaps that this change closes", change.gaps_closed, change),
        _approvers(change),
        _items(change),
    )
    return (table for table in made if table.rows)


def notes(change: Change) -> Iterator[str]:
    """Yield what is said in sentences: short notice, calendars, and what could not be compared."""
    if change.short_notice:
        soon = dict.fromkeys(p for move in change.short_notice for p in (*move.before, *move.after))
        first = change.short_notice[0]
        yield (
            f"Short notice: within {change.notice_days} days this concerns "
            f"{spell_list([name(person, change) for person in soon], 6)}, first from "
            f"{spell(max(min(m.stretch[0] for m in change.short_notice), change.now), change.zones[first.schedule])}."
        )
    if change.events:
        numbers = Counter(event.what for event in change.events)
        told = [f"{numbers[what]:,} {what}" for what in ("changed", "added", "removed") if numbers[what]]
        yield f"Calendar events: {spell_list(told)}."
    for unknown in change.unknown:
        before = "before this change" if unknown.side == "base" else "after this change"
        yield f"{change.titles.get(unknown.schedule, unknown.schedule)} cannot be understood {before}: not compared."
    if change.base_errors:
        number = len(change.base_errors)
        yield (
            f"The base has {number:,} {'error' if number == 1 else 'errors'} of its own, "
            f"the first in {where(change.base_errors[0])}: {change.base_errors[0].finding.message}."
        )


def findings(change: Change) -> Iterator[tuple[str, Sequence[LocatedFinding]]]:
    """Yield the findings that the change brings, and those that it mends, each with a title."""
    for title, found in (("brings", change.findings.new), ("mends", change.findings.fixed)):
        if found:
            yield f"Findings that this change {title}", found


def name(person: str, change: Change) -> str:
    """Return the name of a person, the id where no name is known."""
    return change.names.get(person, person)


def where(located: LocatedFinding) -> str:
    """Return file and line of a finding."""
    position = located.position
    return located.finding.place.file + (f":{position.line}" if position else "")


def _text(text: str) -> Cell:
    return Cell(value=text, text=text)


def _names(people: Sequence[str], change: Change) -> Cell:
    return _text(", ".join(name(person, change) for person in people) or "nobody")


def _when(schedule: str, role: str, stretch: Stretch, change: Change) -> tuple[Cell, Cell, Cell]:
    zone_name = change.zones[schedule]
    start = spell(stretch[0], zone_name).removesuffix(f" {zone_name}")
    return _text(f"{schedule}/{role}"), _text(start), _text(spell(stretch[1], zone_name))


def _moves(title: str, moves: Sequence[Move], change: Change) -> Table:
    """Return the moves, those in a row between the same people as one."""
    rows: list[tuple[Cell, ...]] = []
    left: list[str] = []
    for (schedule, role), group in groupby(moves, key=lambda move: (move.schedule, move.role)):
        runs = [list(run) for _, run in groupby(group, key=lambda move: (move.before, move.after))]
        for run in runs[:MOST_OF_A_ROLE]:
            stretch = (run[0].stretch[0], run[-1].stretch[1])
            people = _names(run[0].before, change), _names(run[0].after, change)
            rows.append((*_when(schedule, role, stretch, change), Cell(value=len(run), text=f"{len(run):,}"), *people))
        if len(runs) > MOST_OF_A_ROLE:
            number = sum(map(len, runs[MOST_OF_A_ROLE:]))
            until = spell(runs[-1][-1].stretch[1], change.zones[schedule])
            left.append(f"{schedule}/{role}: {number:,} more until {until}")
    columns = (
        *_STRETCH,
        Column(key="shifts", title="shifts", number=True),
        Column(key="before", title="before"),
        Column(key="after", title="after"),
    )
    return Table(title=title, columns=columns, rows=tuple(rows), notes=tuple(left))


def _people(change: Change) -> Table:
    rows = []
    for person in change.people:
        gained, lost = person.gained, person.lost
        days = max(person.first - change.now, 0) // DAY
        rows.append(
            (
                _text(name(person.person, change)),
                Cell(value=person.stretches, text=f"{person.stretches:,}"),
                _hours(gained, lost),
                *(_both(getattr(gained, each), getattr(lost, each)) for each in ("nights", "weekends", "holidays")),
                _text("today" if days == 0 else f"in {days} {'day' if days == 1 else 'days'}"),
            )
        )
    columns = (
        Column(key="person", title="person"),
        Column(key="stretches", title="stretches", number=True),
        Column(key="hours", title="hours", number=True),
        Column(key="nights", title="nights", number=True),
        Column(key="weekends", title="weekends", number=True),
        Column(key="holidays", title="holidays", number=True),
        Column(key="first", title="first"),
    )
    return Table(title="What it means for people", columns=columns, rows=tuple(rows))


def _hours(gained: Tally, lost: Tally) -> Cell:
    def spelled(seconds: int) -> str:
        hours, rest = divmod(seconds, 3600)
        return f"{hours}:{rest // 60:02}" if rest else str(hours)

    texts = [f"{sign}{spelled(each)}" for sign, each in (("+", gained.seconds), ("-", lost.seconds)) if each]
    return Cell(value=(gained.seconds - lost.seconds) / 3600, text=" ".join(texts) or "0")


def _both(gained: int, lost: int) -> Cell:
    texts = [f"{sign}{each}" for sign, each in (("+", gained), ("-", lost)) if each]
    return Cell(value=gained - lost, text=" ".join(texts) or "0")


def _gaps(title: str, gaps: Sequence[GapChange], change: Change) -> Table:
    rows = [
        (
            *_when(gap.schedule, gap.role, gap.stretch, change),
            _text("nobody" if gap.present == 0 else f"{gap.present} of {gap.required}"),
        )
        for gap in gaps
    ]
    return _cut(title, (*_STRETCH, Column(key="present", title="on call")), rows)


def _clashes(change: Change) -> Table:
    rows = [
        (
            *_when(clash.schedule, clash.role, clash.stretch, change),
            _text(name(clash.person, change)),
            _text("is away, so the override is void" if clash.void else "asked not to be on call"),
        )
        for clash in change.clashes
    ]
    columns = (*_STRETCH, Column(key="person", title="person"), Column(key="clash", title="clash"))
    return _cut("Clashes with time off", columns, rows)


def _approvers(change: Change) -> Table:
    rows = []
    for approver in change.approvers:
        reasons = ["own shifts move"] if approver.moved else []
        if approver.teams:
            reasons.append(f"approves for {spell_list(approver.teams, 6)}")
        rows.append((_text(name(approver.person, change)), _text("; ".join(reasons))))
    return _cut("Who should approve", (Column(key="person", title="person"), Column(key="why", title="why")), rows)


def _items(change: Change) -> Table:
    rows = []
    for (kind, item_id, what), group in groupby(change.items, key=lambda item: (item.kind, item.id, item.what)):
        listed = list(group)
        told = what if len(listed) == 1 else f"{len(listed)} {what}"
        renamed = f"was {listed[0].renamed_from}" if listed[0].renamed_from else ""
        fields = spell_list([field.replace("-", " ") for field in listed[0].fields], 6)
        rows.append((_text(kind), _text(item_id), _text(told), _text("; ".join(filter(None, (renamed, fields))))))
    columns = (
        Column(key="kind", title="kind"),
        Column(key="id", title="id"),
        Column(key="what", title="what"),
        Column(key="fields", title="fields"),
    )
    return _cut("What was written", columns, rows)


def _cut(title: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    left = (f"{len(rows) - MOST_ROWS:,} more",) if len(rows) > MOST_ROWS else ()
    return Table(title=title, columns=columns, rows=tuple(rows[:MOST_ROWS]), notes=left)
