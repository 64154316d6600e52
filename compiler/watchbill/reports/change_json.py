"""A change as JSON, for programs. Its schema is ``change.schema.json``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from watchbill.change.records import (
    Approver,
    Change,
    Clash,
    EventChange,
    GapChange,
    ItemChange,
    Move,
    PersonChange,
    Tally,
)
from watchbill.compilation import LocatedFinding
from watchbill.intervals import Stretch
from watchbill.reports.json_text import written

VERSION = 1
"""Raised when a field is removed or changes its meaning; new fields may come without that."""


def render(change: Change) -> str:
    """Return the report as JSON in ASCII that ends in a line feed."""
    return written(document(change))


def document(change: Change) -> dict[str, Any]:
    """Return the report as plain data, times as ``2026-11-23T08:00:00Z``."""
    return {
        "version": VERSION,
        "sentence": change.sentence,
        "empty": change.is_empty,
        "only_incidents": change.only_incidents,
        "now": _instant(change.now),
        "timezone": change.timezone,
        "horizon": _stretch(change.horizon),
        "moves": [_move(move, change) for move in change.moves],
        "history": [_move(move, change) for move in change.history],
        "people": [_person(person, change) for person in change.people],
        "clashes": [_clash(clash, change) for clash in change.clashes],
        "gaps_opened": [_gap(gap, change) for gap in change.gaps_opened],
        "gaps_closed": [_gap(gap, change) for gap in change.gaps_closed],
        "findings": {
            "new": [_finding(each) for each in change.findings.new],
            "fixed": [_finding(each) for each in change.findings.fixed],
            "kept": len(change.findings.kept),
        },
        "notice": {"days": change.notice_days, "moves": [_move(move, change) for move in change.short_notice]},
        "approvers": [_approver(each, change) for each in change.approvers],
        "events": [_event(event) for event in change.events],
        "items": [_item(item) for item in change.items],
        "unknown": [{"schedule": each.schedule, "side": each.side} for each in change.unknown],
        "base_errors": [_finding(each) for each in change.base_errors],
    }


def _move(move: Move, change: Change) -> dict[str, Any]:
    return {
        "schedule": move.schedule,
        "role": move.role,
        **_stretch(move.stretch),
        "timezone": change.zones[move.schedule],
        "before": list(move.before),
        "after": list(move.after),
        "override": move.deliberate,
    }


def _person(person: PersonChange, change: Change) -> dict[str, Any]:
    return {
        "person": person.person,
        "name": change.names.get(person.person),
        "first": _instant(person.first),
        "stretches": person.stretches,
        "gained": _tally(person.gained),
        "lost": _tally(person.lost),
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "seconds": tally.seconds,
        "nights": tally.nights,
        "weekends": tally.weekends,
        "holidays": tally.holidays,
    }


def _clash(clash: Clash, change: Change) -> dict[str, Any]:
    return {
        "person": clash.person,
        "schedule": clash.schedule,
        "role": clash.role,
        **_stretch(clash.stretch),
        "timezone": change.zones[clash.schedule],
        "void": clash.void,
    }


def _gap(gap: GapChange, change: Change) -> dict[str, Any]:
    return {
        "schedule": gap.schedule,
        "role": gap.role,
        **_stretch(gap.stretch),
        "timezone": change.zones[gap.schedule],
        "required": gap.required,
        "present": gap.present,
    }


def _approver(approver: Approver, change: Change) -> dict[str, Any]:
    return {
        "person": approver.person,
        "name": change.names.get(approver.person),
        "moved": approver.moved,
        "teams": list(approver.teams),
    }


def _event(event: EventChange) -> dict[str, Any]:
    return {
        "what": event.what,
        "schedule": event.schedule,
        "role": event.role,
        "seat": event.seat,
        **_stretch((event.start, event.end)),
        "person": event.person,
    }


def _item(item: ItemChange) -> dict[str, Any]:
    return {
        "what": item.what,
        "kind": item.kind,
        "id": item.id,
        "renamed_from": item.renamed_from,
        "fields": list(item.fields),
    }


def _finding(located: LocatedFinding) -> dict[str, Any]:
    finding, position = located.finding, located.position
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "message": finding.message,
        "help": finding.help,
        "subject": finding.subject or None,
        "file": finding.place.file,
        "line": position.line if position else None,
    }


def _stretch(stretch: Stretch) -> dict[str, str]:
    return {"start": _instant(stretch[0]), "end": _instant(stretch[1])}


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
