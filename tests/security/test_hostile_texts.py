"""Hostile texts wherever a user writes text, through the whole compiler: refused with a place, or carried whole.

All texts go into one organisation: each has a person, a schedule, a service, an override, a time off and an incident
of its own, so one compile and one build show what becomes of them all. A second organisation with plain texts in the
same places says what the pages must look like.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from compiled_pages import compile_files
from html_reading import Page
from watchbill.compilation import Compilation
from watchbill.feeds.revision import Revision
from watchbill.publish.artifacts import artifacts
from watchbill.reports import concise, full

SHARED = Path(__file__).parents[3] / "shared"
TEXTS = SHARED / "cases" / "text"
LINT = SHARED / "tools" / "ics_lint.py"

OWN = (
    "</bdi></td></tr></table><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "x' onclick='alert(1)",
    "-->",
    "<!--",
    "{{ site.organization }}",
    "{% raw %}",
    "&amp;&lt;&#39;",
    "a\\nb; c, d: e\\",
    'He said "yes"; then, \\, no',
    "BEGIN:VALARM",
    "x\r\nDTSTART:20260101T000000Z",
    "x\nSUMMARY:evil",
    "\x1b[2J\x1b]0;owned\x07",
    "\x1b]8;;https://evil.test\x07here\x1b]8;;\x07",
    "a\x9b31mb",
    "a\u202eb",
    "a\u2066b\u2069",
    "a\u200bb",
    "a\ufeffb",
    "נועם כהן",
    "Zoë 🧑‍🚒",
    "=cmd|' /C calc'!A0",
    "::error file=x::owned",
    "%0A::set-output name=x::y",
    "a" * 70 + "é" * 40,
)
CARRIED = ("<!--", "{% raw %}", "&amp;&lt;&#39;", "a\\nb; c, d: e\\", "נועם כהן", "::error file=x::owned")
REFUSED = ("\x1b[2J\x1b]0;owned\x07", "a\u202eb", "x\nSUMMARY:evil", "a\u200bb", "a\x9b31mb")
NOW = "2026-11-23T09:00:00+01:00"
ORGANISATION = {"name": "</title><script>alert(1)</script>", "timezone": "Europe/Berlin"}
_RAW_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@cache
def texts() -> tuple[str, ...]:
    """Return the texts by number: those written here, and the shared lists where they are beside the repository."""
    found = list(OWN)
    for name in ("html", "ical_text", "csv"):
        if (TEXTS / f"{name}.json").is_file():
            found += json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(found))


def _bodies(number: int, text: str) -> dict[str, object]:
    layer = {
        "id": "weekly",
        "from": "2026-01-05",
        "every": "1 week",
        "handoff": "monday 09:00",
        "members": [f"p{number}"],
    }
    stretch = {"from": "2026-12-01 09:00", "until": "2026-12-02 09:00"}
    return {
        f"schedules/people/p{number}.yaml": {"name": text, "handles": {"slack": text}},
        f"schedules/on-call/s{number}.yaml": {
            "name": text,
            "description": text,
            "team": "ops",
            "roles": {"primary": {"coverage": "24x7", "layers": [layer]}},
        },
        f"schedules/overrides/o{number}.yaml": {
            "schedule": f"s{number}",
            "role": "primary",
            **stretch,
            "person": f"p{number}",
            "reason": text,
        },
        f"schedules/time-off/p{number}.yaml": [{**stretch, "kind": "other", "reason": text}],
        f"policies/services/v{number}.yaml": {
            "name": text,
            "description": text,
            "team": "ops",
            "on-call": {"schedule": f"s{number}"},
        },
        f"incidents/2026/2026-11-03-i{number}.yaml": {
            "title": text,
            "severity": "sev1",
            "log": [{"at": "2026-11-03T02:09:00Z", "event": "note", "by": f"p{number}", "text": text}],
        },
    }


def _organisation(named: Mapping[int, str]) -> dict[str, str]:
    bodies: dict[str, object] = {
        "policies/organization.yaml": {**ORGANISATION, "publish": {"past": "14 days", "future": "30 days"}},
        "policies/severities.yaml": {"sev1": {"name": "Critical"}},
        "schedules/teams.yaml": {"ops": {"name": "Ops <b>", "members": []}},
    }
    for number, text in named.items():
        bodies.update(_bodies(number, text))
    return {path: json.dumps(body, ensure_ascii=False) for path, body in bodies.items()}


@dataclass(frozen=True, slots=True)
class Build:
    """A compiled organisation and every file made of it."""

    compilation: Compilation
    files: dict[str, bytes]


def _build(files: Mapping[str, str]) -> Build:
    with TemporaryDirectory() as folder:
        compilation = compile_files(files, Path(folder), NOW)
    return Build(compilation, artifacts(compilation, Revision(time=compilation.clock.now)))


@cache
def hostile() -> Build:
    return _build(_organisation(dict(enumerate(texts()))))


@cache
def carried() -> dict[int, str]:
    """Return the texts that became names, by their number."""
    return {n: text for n, text in enumerate(texts()) if f"s{n}" in hostile().compilation.model.schedules}


@cache
def whole() -> Build:
    """Return the build of the texts that can be carried, so that it differs from ``plain`` by nothing else."""
    return _build(_organisation(carried()))


@cache
def plain() -> Build:
    return _build(_organisation({number: f"plain {number}" for number in carried()}))


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_each_text_is_carried_or_refused_at_its_place() -> None:
    assert set(CARRIED) <= set(carried().values())
    assert not set(REFUSED) & set(carried().values())
    refused = {located.finding.place.file for located in hostile().compilation.findings if located.position}
    for number in set(range(len(texts()))) - carried().keys():
        assert f"schedules/people/p{number}.yaml" in refused, texts()[number]


def test_no_text_changes_the_shape_of_a_page() -> None:
    assert whole().files.keys() == plain().files.keys()
    pages = {path: Page(data) for path, data in whole().files.items() if path.endswith(".html")}
    assert len(pages) > 3 * len(carried())
    for path, page in pages.items():
        assert page.forbidden == [], path
        assert page.unclosed == [], path
        assert page.shape == Page(plain().files[path]).shape, path


def test_pages_and_data_say_each_text_as_it_was_written() -> None:
    answer = json.loads(hostile().files["site/api/v1/oncall.json"])
    assert {found["id"]: found["name"] for found in answer["schedules"]} == {f"s{n}": t for n, t in carried().items()}
    for number, text in carried().items():
        (role,) = json.loads(hostile().files[f"site/api/v1/schedules/s{number}.json"])["roles"]
        assert {shift["person"]["name"] for shift in role["shifts"]} == {text}
        for page in (f"people/p{number}", f"schedules/s{number}", f"schedules/s{number}/all"):
            assert _folded(text) in Page(hostile().files[f"site/{page}/index.html"]).text, (page, text)


def _properties(calendar: bytes) -> list[tuple[str, str]]:
    """Return names and texts of a calendar's lines, unfolded and unescaped by the letter of RFC 5545."""
    unfolded = calendar.decode().replace("\r\n ", "")
    assert unfolded.endswith("\r\n")
    found = []
    for line in unfolded.removesuffix("\r\n").split("\r\n"):
        head, colon, value = line.partition(":")
        assert colon, line
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z]+)?", head), line
        found.append((head, re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), value)))
    return found


def test_every_line_of_a_calendar_is_valid_and_says_the_text() -> None:
    for number, text in carried().items():
        data = hostile().files[f"site/feeds/people/p{number}.ics"]
        reference = plain().files[f"site/feeds/people/p{number}.ics"]
        assert all(len(line) <= 75 for line in data.split(b"\r\n")), text
        assert b"\n" not in data.replace(b"\r\n", b"")
        properties = _properties(data)
        assert [name for name, _ in properties] == [name for name, _ in _properties(reference)], text
        said = dict(properties)
        assert said["X-WR-CALNAME"] == said["NAME"] == f"On call: {_folded(text)}"
        if len(text) <= 80:
            summary = f"primary \N{EN DASH} {_folded(text)} \N{EN DASH} {_folded(text)}"
            assert {value for name, value in properties if name == "SUMMARY"} == {summary}


@pytest.mark.skipif(not LINT.is_file(), reason="the shared checker of calendars is not beside this repository")
def test_the_shared_checker_finds_nothing_wrong_with_any_calendar() -> None:
    spec = spec_from_file_location("ics_lint", LINT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    calendars = {path: data for path, data in hostile().files.items() if path.endswith(".ics")}
    assert len(calendars) >= 2 * len(carried())
    assert {path: problems for path, data in calendars.items() if (problems := module.lint(data))} == {}


def test_reports_send_no_control_character_to_a_terminal() -> None:
    """The texts stand in the files as they are here, not escaped as JSON would, so an excerpt would show them."""
    raw = {
        f"schedules/people/p{number}.yaml": "name: '" + text.replace("'", "''") + "'\ntimezone: " + text + "\n"
        for number, text in enumerate(texts())
    }
    compilations = (hostile().compilation, _build(raw).compilation)
    assert all(len(compilation.findings) > 20 for compilation in compilations)
    for compilation in compilations:
        for report in (full.render(compilation), concise.render(compilation)):
            assert _RAW_CONTROL.findall(report) == []
            assert not [c for c in report if unicodedata.category(c) == "Cs"]
