"""Compares two compilations of one instant: everything that a change does, in one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from watchbill.change import gap_changes, history
from watchbill.change.approvers import approvers
from watchbill.change.clashes import clashes
from watchbill.change.events import events
from watchbill.change.finding_changes import compared
from watchbill.change.items import INCIDENTS, items
from watchbill.change.likeness import renamed_people, renamed_schedules
from watchbill.change.moves import moves
from watchbill.change.people import people
from watchbill.change.records import Beside, Change, FindingsChange, GapChange, ItemChange, Move, Unknown
from watchbill.change.sentence import sentence
from watchbill.change.side_by_side import holders, window
from watchbill.checks.catalogue import BY_NAME
from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level, Place, Position
from watchbill.insight.coverage import Gap
from watchbill.intervals import Stretch
from watchbill.roster.clock import DAY
from watchbill.roster.timeline import Roster, Timeline

NOTICE_DAYS = 7
"""Shifts that move within so many days are told as short notice."""

_UNREAD = frozenset({"reading", "references"})
"""The families of rules whose errors leave something out of the model."""

BESIDE = 6
"""Roles that are set side by side."""

Locate = Callable[[Place], Position | None]


def compare(
    base: Compilation,
    head: Compilation,
    *,
    notice_days: int = NOTICE_DAYS,
    locate: Locate = lambda _: None,
) -> Change:
    """Return what a change from ``base`` to ``head`` does.

    Both must be compiled at one now and for one horizon (``ValueError`` otherwise). ``locate`` finds positions in the
    files of head, for the findings ``history-rewritten`` that only comparing can make.
    """
    if (base.clock.now, base.horizon) != (head.clock.now, head.horizon):
        raise ValueError("base and head must be compiled at one now and for one horizon")
    return _Comparison(base, head).change(notice_days, locate)


class _Comparison:
    """One comparison. Holds what several parts of it need: which ids are one, and what cannot be compared."""

    def __init__(self, base: Compilation, head: Compilation) -> None:
        self.base, self.head = base, head
        self.people = renamed_people(base.model, head.model)
        self.schedules = renamed_schedules(base.model, head.model)
        self._old_people = {new: old for old, new in self.people.items()}
        self._old_schedules = {new: old for old, new in self.schedules.items()}
        self.unknown = _unknown(base, head)
        self._skipped = {each.schedule for each in self.unknown}
        now, (first, last) = head.clock.now, head.horizon
        self.past: Stretch = (first, min(max(now, first), last))
        self.ahead: Stretch = (self.past[1], last)

    def rename(self, person: str) -> str:
        """Return the id in head of a person of base."""
        return self.people.get(person, person)

    def old_id(self, person: str) -> str:
        """Return the id in base of a person of head."""
        return self._old_people.get(person, person)

    def moves(self, within: Stretch) -> list[Move]:
        """Return the moves inside a stretch, by schedule, role and time."""
        found: list[Move] = []
        renamed_away = self.schedules.keys()
        for name in sorted(({*self.base.rosters, *self.head.rosters} - renamed_away) - self._skipped):
            before = _timelines(self.base.rosters.get(self._old_schedules.get(name, name)))
            after = _timelines(self.head.rosters.get(name))
            for role in dict.fromkeys((*after, *before)):
                found += moves(name, role, before.get(role), after.get(role), within, self.rename)
        return found

    def _is_new(self, schedule: str) -> bool:
        """Say whether there was no such schedule: what it says of the past contradicts nothing."""
        return self._old_schedules.get(schedule, schedule) not in self.base.model.schedules

    def gaps(self, gaps: Iterable[Gap]) -> gap_changes.Gaps:
        """Return gaps by schedule and role, under the ids of head, of the schedules that can be compared."""
        found: dict[gap_changes.Track, list[Gap]] = defaultdict(list)
        for gap in gaps:
            name = self.schedules.get(gap.schedule, gap.schedule)
            if name not in self._skipped:
                found[name, gap.role].append(gap if name == gap.schedule else replace(gap, schedule=name))
        return found

    def change(self, notice_days: int, locate: Locate) -> Change:
        """Return the whole comparison."""
        base, head = self.base, self.head
        found = self.moves(head.horizon)
        ahead, past = list(_inside(found, self.ahead)), list(_inside(found, self.past))
        changed = items(base.model, head.model, {"person": self.people, "schedule": self.schedules})
        before, after = self.gaps(base.gaps), self.gaps(head.gaps)
        opened = gap_changes.opened(before, after, self.ahead)
        findings = self._findings(past, opened, locate)
        soon = self.ahead[0] + notice_days * DAY
        told = Change(
            sentence="",
            now=head.clock.now,
            horizon=head.horizon,
            timezone=head.clock.timezone,
            moves=tuple(ahead),
            history=tuple(past),
            people=tuple(people(ahead, base.measures, head.measures, self.ahead, self.old_id)),
            clashes=tuple(clashes(ahead, base.model, head.model, self.ahead, self.rename)),
            gaps_opened=tuple(opened),
            gaps_closed=tuple(gap_changes.closed(before, after, self.ahead)),
            findings=findings,
            notice_days=notice_days,
            short_notice=tuple(move for move in ahead if move.stretch[0] < soon),
            beside=tuple(self._beside(ahead)),
            approvers=tuple(approvers([*ahead, *past], changed, base.model, head.model)),
            events=tuple(events(base, head, self._skipped)),
            items=tuple(changed),
            unknown=self.unknown,
            base_errors=tuple(located for located in base.findings if located.finding.level is Level.ERROR),
            only_incidents=not ahead and not past and _only_incidents(changed, findings.new),
            names=_names(base, head),
            titles=_titles(base, head),
            zones=_zones(base, head),
        )
        return replace(told, sentence=sentence(told))

    def _beside(self, ahead: Sequence[Move]) -> Iterator[Beside]:
        zones = _zones(self.base, self.head)
        tracks = groupby(ahead, key=lambda move: (move.schedule, move.role))
        for (name, role), group in islice(tracks, BESIDE):
            before = _timelines(self.base.rosters.get(self._old_schedules.get(name, name))).get(role)
            after = _timelines(self.head.rosters.get(name)).get(role)
            within = window([move.stretch for move in group], zones[name], self.head.horizon)
            yield Beside(
                schedule=name,
                role=role,
                stretch=within,
                before=holders(before, within, self.rename),
                after=holders(after, within, str),
            )

    def _findings(self, past: Sequence[Move], opened: Sequence[GapChange], locate: Locate) -> FindingsChange:
        found = compared(self.base.findings, self.head.findings, opened, {**self.schedules, **self.people})
        denied = [move for move in past if not self._is_new(move.schedule)]
        if not denied:
            return found
        rewritten = [
            LocatedFinding(finding=finding, position=locate(finding.place))
            for finding in history.findings(denied, self.head, self.base)
        ]
        return replace(found, new=(*found.new, *rewritten))


def _only_incidents(changed: Sequence[ItemChange], found: Sequence[LocatedFinding]) -> bool:
    """Say whether all that is different are records of what happened.

    What is not understood is left out of the model and so of ``changed``; it is known by the finding that says so, at a
    file that must have changed.
    """
    if not changed or any(item.kind not in INCIDENTS for item in changed):
        return False
    elsewhere = [each.finding for each in found if not each.finding.place.file.startswith("incidents/")]
    return not any(finding.rule in BY_NAME and BY_NAME[finding.rule].family in _UNREAD for finding in elsewhere)


def _inside(moves: Iterable[Move], stretch: Stretch) -> Iterator[Move]:
    """Yield the moves that touch a stretch; one that reaches beyond it is cut."""
    low, high = stretch
    for move in moves:
        start, end = max(move.stretch[0], low), min(move.stretch[1], high)
        if start < end:
            yield move if (start, end) == move.stretch else replace(move, stretch=(start, end))


def _timelines(roster: Roster | None) -> Mapping[str, Timeline]:
    return {} if roster is None else roster.timelines


def _unknown(base: Compilation, head: Compilation) -> tuple[Unknown, ...]:
    """Return the schedules that are there on one side, and on the other there but not understood or not computed."""
    found = []
    for name in sorted({*base.rosters, *head.rosters}):
        if name not in head.rosters and _is_there(name, head):
            found.append(Unknown(schedule=name, side="head"))
        elif name not in base.rosters and _is_there(name, base):
            found.append(Unknown(schedule=name, side="base"))
    return tuple(found)


def _is_there(schedule: str, compilation: Compilation) -> bool:
    model = compilation.model
    return schedule in model.schedules or not model.broken.isdisjoint({("schedule", schedule), ("schedule", "*")})


def _names(base: Compilation, head: Compilation) -> Mapping[str, str]:
    both = {**base.model.people, **head.model.people}
    return {name: both[name].name for name in sorted(both)}


def _titles(base: Compilation, head: Compilation) -> Mapping[str, str]:
    both = {**base.model.schedules, **head.model.schedules}
    return {name: both[name].name for name in sorted(both)}


def _zones(base: Compilation, head: Compilation) -> Mapping[str, str]:
    both = {**base.model.schedules, **head.model.schedules}
    return {name: both[name].timezone for name in sorted(both)}
