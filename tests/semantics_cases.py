"""Hand-worked cases: how ``expected.txt`` is read, and how a compiled repository is compared with it.

The file is plain text that a person can check with a calendar::

    # why: the working, and the sentence of the design that decides
    zone Europe/Berlin
    findings override-misses                      (or `any`; no line means none)
    stretch Mon 2026-01-05 09:00 +01:00 -> Mon 2026-01-12 09:00 +01:00

    shifts ops/primary
      Mon 2026-01-05 09:00 +01:00 -> Tue 2026-01-06 00:00 +01:00  ada
      Tue 2026-01-06 00:00 +01:00 -> Wed 2026-01-07 00:00 +01:00  grace seat 1 cover for ada

    gaps ops/primary
      ...
    holders ops/primary
      Mon 2026-01-05 12:00 +01:00  alan katherine   (or nothing after the time: nobody)

A shift is its holder, ``seat N`` (0 if not written), the kind of its cause (``turn`` if not written) and ``for`` the
person replaced (not compared if not written). All shifts that touch the stretch are listed, with their true ends;
gaps are those inside the stretch. Weekday and offset of each time are verified against the zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from oracle.wall_clock import offset_of
from watchbill import timezones
from watchbill.findings import Finding
from watchbill.insight.coverage import all_gaps
from watchbill.intervals import Stretch
from watchbill.model.build import build
from watchbill.model.repository import Model
from watchbill.roster.expand import expand_all
from watchbill.roster.timeline import Roster, Timeline
from watchbill.source.limits import Limits
from watchbill.source.read import read
from watchbill.source.tree import DirectoryTree

ROSTER_RULES = frozenset(
    {
        "version-between-handoffs",
        "override-overlap",
        "override-misses",
        "instead-of-untrue",
        "rotation-too-long",
        "swap-misses",
        "override-onto-time-off",
    }
)
"""The findings that the design names for the computation of a roster; only these are compared."""

_TIME = r"(\w{3}) (\d{4}-\d\d-\d\d \d\d:\d\d) ([+-]\d\d:\d\d)"
_SHIFT = re.compile(rf"  {_TIME} -> {_TIME}  ([a-z0-9-]+)(?: seat (\d+))?(?: ([a-z]+))?(?: for ([a-z0-9-]+))?$")
_GAP = re.compile(rf"  {_TIME} -> {_TIME}$")
_HOLDERS = re.compile(rf"  {_TIME}((?: +[a-z0-9-]+)*) *$")
_STRETCH = re.compile(rf"stretch {_TIME} -> {_TIME}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedShift:
    """One line of a shift; ``instead_of`` is ``None`` where it is not compared."""

    start: int
    end: int
    person: str
    seat: int = 0
    kind: str = "turn"
    instead_of: str | None = None


@dataclass(slots=True, kw_only=True)
class Expected:
    """What a case says must come out. The keys are ``schedule/role``."""

    zone: str = "UTC"
    stretch: Stretch = (0, 0)
    findings: frozenset[str] | None = frozenset()
    shifts: dict[str, list[ExpectedShift]] = field(default_factory=dict)
    gaps: dict[str, list[Stretch]] = field(default_factory=dict)
    holders: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)


def instant(weekday: str, local: str, offset: str, zone: str) -> int:
    """Return the instant of a written time, after checking that its weekday and its offset are true."""
    moment = datetime.fromisoformat(f"{local}{offset}")
    assert f"{moment:%a}" == weekday, f"{local} is a {moment:%a}, not a {weekday}"
    seconds = int(moment.timestamp())
    true_offset = offset_of(zone, seconds)
    written = int(moment.utcoffset().total_seconds())  # type: ignore[union-attr]
    assert written == true_offset, f"{local} {offset} is not a time of {zone}"
    return seconds


def parse(text: str) -> Expected:
    """Return what an ``expected.txt`` says."""
    expected = Expected()
    section, name = "", ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("  "):
            _entry(expected, section, name, line)
            continue
        section, _, name = line.partition(" ")
        if section == "zone":
            expected.zone = name
        elif section == "stretch":
            parts = _groups(_STRETCH, line)
            expected.stretch = (instant(*parts[:3], expected.zone), instant(*parts[3:], expected.zone))
        elif section == "findings":
            expected.findings = None if name == "any" else frozenset(name.split())
        else:
            {"shifts": expected.shifts, "gaps": expected.gaps, "holders": expected.holders}[section][name] = []
    return expected


def _groups(pattern: re.Pattern[str], line: str) -> tuple[str, ...]:
    match = pattern.match(line)
    assert match, f"not understood: {line!r}"
    return match.groups()


def _entry(expected: Expected, section: str, name: str, line: str) -> None:
    zone = expected.zone
    if section == "shifts":
        parts = _groups(_SHIFT, line)
        expected.shifts[name].append(
            ExpectedShift(
                start=instant(*parts[:3], zone),
                end=instant(*parts[3:6], zone),
                person=parts[6],
                seat=int(parts[7] or 0),
                kind=parts[8] or "turn",
                instead_of=parts[9],
            )
        )
    elif section == "gaps":
        parts = _groups(_GAP, line)
        expected.gaps[name].append((instant(*parts[:3], zone), instant(*parts[3:], zone)))
    else:
        parts = _groups(_HOLDERS, line)
        expected.holders[name].append((instant(*parts[:3], zone), parts[3].split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A repository, read and expanded through the public doors."""

    model: Model
    rosters: dict[str, Roster]
    findings: list[Finding]


def compile_case(folder: Path, stretch: Stretch) -> Outcome:
    """Read a miniature repository and expand it for one stretch."""
    reading = read(DirectoryTree(folder), Limits())
    model, built = build(reading, timezones.names())
    rosters, expanded = expand_all(model, [stretch])
    return Outcome(model=model, rosters=rosters, findings=[*reading.findings, *built, *expanded])


def spell(instant_: int, zone: str) -> str:
    """Return an instant as ``expected.txt`` writes it."""
    offset = offset_of(zone, instant_)
    local = datetime.fromtimestamp(instant_ + offset, UTC)
    sign, rest = ("-", -offset) if offset < 0 else ("+", offset)
    return f"{local:%a %Y-%m-%d %H:%M} {sign}{rest // 3600:02}:{rest % 3600 // 60:02}"


def shift_lines(timeline: Timeline, wanted: list[ExpectedShift], zone: str) -> list[str]:
    """Return a timeline as lines; ``for …`` is written only where a wanted line of that start and seat has it."""
    written = {(s.start, s.seat) for s in wanted if s.instead_of}
    return [
        _line(
            ExpectedShift(
                start=s.start,
                end=s.end,
                person=s.person,
                seat=s.seat,
                kind=s.cause.kind,
                instead_of=s.cause.instead_of if (s.start, s.seat) in written else None,
            ),
            zone,
        )
        for s in timeline
    ]


def _line(shift: ExpectedShift, zone: str) -> str:
    text = f"  {spell(shift.start, zone)} -> {spell(shift.end, zone)}  {shift.person}"
    text += f" seat {shift.seat}" if shift.seat else ""
    text += f" {shift.kind}" if shift.kind != "turn" else ""
    return text + (f" for {shift.instead_of}" if shift.instead_of else "")


def check(folder: Path) -> None:
    """Compile the repository of a case and compare everything that its ``expected.txt`` says."""
    expected = parse((folder / "expected.txt").read_text(encoding="utf-8"))
    assert expected.shifts or expected.gaps or expected.holders, "the case says nothing"
    outcome = compile_case(folder, expected.stretch)
    unexpected = [f for f in outcome.findings if f.rule not in ROSTER_RULES and f.level.value == "error"]
    assert not unexpected, unexpected
    for name, wanted in expected.shifts.items():
        schedule, role = name.split("/")
        timeline = outcome.rosters[schedule].timelines[role]
        found = shift_lines(timeline, wanted, expected.zone)
        assert found == [_line(s, expected.zone) for s in sorted(wanted, key=lambda s: (s.start, s.seat))], name
    for name, wanted_gaps in expected.gaps.items():
        schedule, role = name.split("/")
        found_gaps = all_gaps(outcome.model, outcome.rosters, expected.stretch)
        ours = sorted(g.stretch for g in found_gaps if (g.schedule, g.role) == (schedule, role))
        assert [_span(g, expected.zone) for g in ours] == [_span(g, expected.zone) for g in sorted(wanted_gaps)], name
    for name, moments in expected.holders.items():
        schedule, role = name.split("/")
        timeline = outcome.rosters[schedule].timelines[role]
        for moment, people in moments:
            held = [s.person for s in timeline.at(moment)]
            assert held == people, f"{name} at {spell(moment, expected.zone)}: {held}"
    if expected.findings is not None:
        assert {f.rule for f in outcome.findings if f.rule in ROSTER_RULES} == expected.findings


def _span(stretch: Stretch, zone: str) -> str:
    return f"{spell(stretch[0], zone)} -> {spell(stretch[1], zone)}"
