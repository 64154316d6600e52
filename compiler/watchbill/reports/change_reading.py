"""Reads the JSON of a change that a stranger's job has made, as far as the comment on a pull request tells of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from watchbill.change.records import (
    Approver,
    Change,
    Clash,
    EventChange,
    FindingsChange,
    GapChange,
    ItemChange,
    Move,
    PersonChange,
    Tally,
    Unknown,
)
from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding, Level, Place, Position
from watchbill.intervals import Stretch
from watchbill.reports.report_reading import instant, parsed, zone_name
from watchbill.text import clip

_LONGEST_SENTENCE = 1000
_NOWHERE = Place(file="")


def read_change(data: bytes) -> Change:
    """Return a change. Raises ``ReportError`` if the bytes are none, or more than one can have.

    JSON holds neither places nor who holds a role around a move, nor the findings of both sides: they are empty here.
    """
    document = parsed(data, "change")
    timezone = zone_name(document["timezone"])
    moves, history = (_moves(document[name]) for name in ("moves", "history"))
    findings = document["findings"]
    return Change(
        sentence=clip(document["sentence"], _LONGEST_SENTENCE),
        now=instant(document["now"]),
        horizon=_stretch(document["horizon"]),
        timezone=timezone,
        moves=moves,
        history=history,
        people=tuple(_person(each) for each in document["people"]),
        clashes=tuple(_clash(each) for each in document["clashes"]),
        gaps_opened=_gaps(document["gaps_opened"]),
        gaps_closed=_gaps(document["gaps_closed"]),
        findings=FindingsChange(new=_findings(findings["new"]), fixed=_findings(findings["fixed"])),
        notice_days=document["notice"]["days"],
        short_notice=_moves(document["notice"]["moves"]),
        beside=(),
        approvers=tuple(
            Approver(person=each["person"], moved=each["moved"], teams=tuple(each["teams"]))
            for each in document["approvers"]
        ),
        events=tuple(_event(each) for each in document["events"]),
        items=tuple(ItemChange(**{**each, "fields": tuple(each["fields"])}) for each in document["items"]),
        unknown=tuple(Unknown(**each) for each in document["unknown"]),
        base_errors=_findings(document["base_errors"]),
        only_incidents=document["only_incidents"],
        names={
            each["person"]: each["name"] for part in ("people", "approvers") for each in document[part] if each["name"]
        },
        titles={},
        zones=_zones(document, timezone),
    )


def _names(document: dict[str, Any]) -> dict[str, str]:
    told = (*document["people"], *document["approvers"])
    return {each["person"]: each["name"] for each in told if each["name"]}


def _zones(document: dict[str, Any], timezone: str) -> dict[str, str]:
    """Return the zones of the schedules that the document names with one; of others that of the organisation."""
    zones: dict[str, str] = defaultdict(lambda: timezone)
    told = (document["notice"]["moves"], *(document[part] for part in ("moves", "history", "clashes")))
    for part in (*told, document["gaps_opened"], document["gaps_closed"]):
        zones.update({each["schedule"]: zone_name(each["timezone"]) for each in part})
    return zones


def _stretch(each: dict[str, Any]) -> Stretch:
    return instant(each["start"]), instant(each["end"])


def _moves(listed: list[dict[str, Any]]) -> tuple[Move, ...]:
    return tuple(
        Move(
            schedule=each["schedule"],
            role=each["role"],
            stretch=_stretch(each),
            before=tuple(each["before"]),
            after=tuple(each["after"]),
            deliberate=each["override"],
        )
        for each in listed
    )


def _person(each: dict[str, Any]) -> PersonChange:
    return PersonChange(
        person=each["person"],
        gained=Tally(**each["gained"]),
        lost=Tally(**each["lost"]),
        first=instant(each["first"]),
        stretches=each["stretches"],
    )


def _clash(each: dict[str, Any]) -> Clash:
    return Clash(
        person=each["person"],
        schedule=each["schedule"],
        role=each["role"],
        stretch=_stretch(each),
        place=_NOWHERE,
        void=each["void"],
    )


def _gaps(listed: list[dict[str, Any]]) -> tuple[GapChange, ...]:
    return tuple(
        GapChange(
            schedule=each["schedule"],
            role=each["role"],
            stretch=_stretch(each),
            required=each["required"],
            present=each["present"],
        )
        for each in listed
    )


def _event(each: dict[str, Any]) -> EventChange:
    return EventChange(**{**each, "start": instant(each["start"]), "end": instant(each["end"])})


def _findings(listed: list[dict[str, Any]]) -> tuple[LocatedFinding, ...]:
    return tuple(
        LocatedFinding(
            finding=Finding(
                rule=each["rule"],
                level=Level(each["level"]),
                place=Place(file=each["file"]),
                message=each["message"],
                help=each["help"],
                subject=each["subject"] or "",
            ),
            position=Position(line=each["line"], column=1, end_column=2, text="") if each["line"] else None,
        )
        for each in listed
    )
