"""Findings written by hand for tests of reports, hostile texts for every sink, and the runner that reads a log.

``commands_in`` is GitHub's runner as far as it reads commands out of a line (``ActionCommand.cs`` in actions/runner):
``::name key=value::data`` at the start of a line, blanks apart, and ``##[name key=value;]data`` anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from compiled_pages import compile_files
from watchbill.compilation import Clock, Compilation, LocatedFinding, Tools
from watchbill.findings import Finding, Label, Level, Place, Position

HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "a\u202eb\u2066c\u200bd\ufeff",
    "x\r\n::error file=a::owned\n##[add-mask]owned",
    "::error::owned",
    ":::warning title=x::owned:",
    " ::stop-commands::token",
    "##[error]owned ###[group]x ##[set-output name=a;]b",
    "%0A::set-env name=PATH::x%25%3A%2C",
    "a|b\\|c\\\\|d",
    "`code` ``more`` ` \\`",
    "``",
    "`a``b`",
    "ends in `",
    "@torvalds @org/team #1 GH-1 org/repo#12 deadbeef1234 user@example.org",
    "www.example.org https://example.org [x](javascript:1) ![i](https://example.org/i.png)",
    "[click](1) {0} {{1}} \\[x\\]",
    "<script>alert(1)</script><!-- watchbill --></details></summary><img src=x onerror=y>",
    "</failure></testcase>]]><![CDATA[ &amp; &#0; \"quoted\" 'single'",
    "# heading\n- list\n1. one\n> quote\n---\n***",
    "**bold** _em_ ~~gone~~ $math$ :tada: !1 ~label %milestone &epic",
    "=cmd|' /C calc'!A0",
    "\udcff\udc80 bytes",
    "\ufffe\uffff\ufdd0",
    "נועם כהן 支払い Zoë",
    "   ",
)
"""Texts that mean something in one sink or another."""

CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0\ufffe\uffff\ud800-\udfff]"
)
"""What no report may hold raw; line feeds are its own."""

_REGISTERED = {
    *("error", "warning", "notice", "debug", "add-mask", "add-matcher", "remove-matcher", "set-env", "set-output"),
    *("save-state", "add-path", "stop-commands", "group", "endgroup", "echo", "internal-set-repo-path"),
}


@dataclass(frozen=True)
class Command:
    """A command that the runner would carry out."""

    name: str
    properties: Mapping[str, str]
    data: str


def commands_in(text: str) -> list[Command]:
    """Return the commands in a log."""
    return [command for line in re.split("\r\n|\n|\r", text) for command in _command(line)]


def _command(line: str) -> Iterator[Command]:
    start = line.lstrip()
    if start.startswith("::") and "::" in start[2:]:
        info, _, data = start[2:].partition("::")
        name, _, properties = info.partition(" ")
        if name in _REGISTERED:
            pairs = (pair.split("=", 1) for pair in properties.strip().split(",") if "=" in pair)
            yield Command(name, {key: _unescaped(value, ":,") for key, value in pairs}, _unescaped(data, ""))
            return
    prefix = line.find("##[")
    if prefix >= 0 and "]" in line[prefix:]:
        info, _, data = line[prefix + 3 :].partition("]")
        if info.partition(" ")[0] in _REGISTERED:
            yield Command(info.partition(" ")[0], {}, data)


def _unescaped(text: str, more: str) -> str:
    for character in f"\r\n{more}%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def position(text: str, line: int, start: int, end: int) -> Position:
    """Return a position; ``start`` and ``end`` count the characters of the shown line from 1."""
    return Position(line=line, column=start, end_column=end, text=text, shown_column=start, shown_end_column=end)


def finding(level: Level = Level.ERROR, **more: object) -> Finding:
    """Return a finding about the coverage of payments, with other fields where they are given."""
    values: dict[str, object] = {
        "rule": "coverage-gap",
        "level": level,
        "place": Place(file="schedules/on-call/payments.yaml", path=("roles", "primary", "coverage")),
        "message": "payments has no primary",
        "help": "write an override",
        **more,
    }
    return Finding(**values)  # type: ignore[arg-type]


def located(level: Level = Level.ERROR, line: int = 6, **more: object) -> LocatedFinding:
    """Return a finding at a line."""
    return LocatedFinding(finding=finding(level, **more), position=position("    coverage: 24x7", line, 15, 19))


def compilation(folder: Path, *findings: LocatedFinding) -> Compilation:
    """Return a compilation of hardly anything, with these findings."""
    return replace(
        compile_files({}, folder),
        findings=findings,
        clock=Clock(now=1_795_420_800, timezone="Europe/Berlin"),
        horizon=(1_787_608_800, 1_826_924_400),
        tools=Tools(watchbill="0.1.0", tzdata="2026f"),
        files=3,
    )


def three(folder: Path) -> Compilation:
    """Return an error with another place, a warning in another file, and a note that has no line."""
    away = Label(place=Place(file="schedules/time-off/zoe.yaml", path=(0,)), text="Zoë is away")
    error = LocatedFinding(
        finding=finding(labels=(away,), subject="schedule/payments", stretch=(1_795_420_800, 1_795_424_400)),
        position=position("    coverage: 24x7", 6, 15, 19),
        label_positions=(position("- {reason: Zoë}", 12, 12, 15),),
    )
    warning = LocatedFinding(
        finding=finding(
            Level.WARNING,
            rule="too-many-nights",
            place=Place(file="schedules/people/zoe.yaml"),
            subject="person/zoe",
            message="Zoë has 9 nights, 50% more than others: ask `grace`",
            help="",
        ),
        position=position("name: Zoë x", 1, 7, 10),
    )
    note = LocatedFinding(finding=finding(Level.INFO, place=Place(file="schedules/time-off/ada.ics")), position=None)
    return compilation(folder, error, warning, note)


def hostile(folder: Path) -> Compilation:
    """Return an error, a warning and a note for each hostile text, with it in every field that a report shows."""
    levels = (Level.ERROR, Level.WARNING, Level.INFO)
    return compilation(
        folder,
        *(
            LocatedFinding(
                finding=finding(
                    levels[number % 3],
                    message=text,
                    help=text,
                    rule=text if number % 2 else "coverage-gap",
                    subject=f"schedule/{text}",
                    place=Place(file=f"schedules/{text}.yaml", path=(text,)),
                    labels=(Label(place=Place(file=text), text=text), Label(place=Place(file=text), text=text)),
                ),
                position=position(text, 3, 1, 5) if number % 4 else None,
                label_positions=(position(text, 3, 1, 5), None),
            )
            for number, text in enumerate(HOSTILE)
        ),
    )
