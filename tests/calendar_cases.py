"""Reads and compiles the cases of ``tests/cases/calendars``: an ``.ics`` file each, and what must come out of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from compiled_pages import AROUND
from watchbill.compilation import Compilation
from watchbill.model.notation import parse_instant
from watchbill.pipeline import compile_tree
from watchbill.roster.presence import presence_of
from watchbill.source.tree import DirectoryTree

CASES = Path(__file__).parent / "cases" / "calendars"
BERLIN = "Europe/Berlin"
BEFORE = "2026-07-01T00:00:00+02:00"
"""When cases are compiled: before what they say."""


def repository(folder: Path, calendars: dict[str, bytes]) -> Path:
    """Write an organisation in Berlin with Ada, Grace and Linus, and files of given bytes; return its folder."""
    around = {path: text.encode() for path, text in AROUND.values()}
    for path, content in (around | calendars).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def compiled(folder: Path, now: str = BEFORE) -> Compilation:
    """Compile a repository."""
    instant = parse_instant(now)
    assert isinstance(instant, int)
    return compile_tree(DirectoryTree(folder), now=instant)


def outcome(compilation: Compilation, person: str = "ada", zone: str = BERLIN) -> list[str]:
    """Return a person's absence and the findings about calendars, as the cases write them."""
    model = compilation.model
    entries = [entry for entry in model.time_off if entry.person == person]
    away = presence_of(model.people[person], entries, zone).away
    lines = [f"{_local(start, zone)} - {_local(end, zone)}" for start, end in away]
    for located in compilation.findings:
        if located.finding.rule.startswith("calendar-"):
            line = located.position.line if located.position else 0
            lines.append(f"{located.finding.level.value} {located.finding.rule} {line}")
    return lines


def expected(case: Path) -> list[str]:
    """Return what a case says must come out."""
    lines = case.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _local(instant: int, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
