"""A hostile repository through the compiler into every report: file names, keys, names and values of a stranger."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from compiled_pages import compile_files
from told_findings import CONTROL, HOSTILE, commands_in
from watchbill.compilation import Compilation
from watchbill.reports.formats import FORMATS, render

FILE_NAMES = (
    b"x\n::error::owned.yaml",
    b"##[add-mask]x.yaml",
    b"a|b`c`<img src=x>@torvalds #1.yaml",
    b"\xff\xfe.yaml",
    b"\x1b[2J.yaml",
    "pay\u202ements.yaml".encode(),
    b"%0A::error::y,file=z.yaml",
    b"]]>&quot;.yaml",
    b"::error file=a::b.yaml",
)

# One text with a hidden character would make the whole file unreadable, and the others would not be looked at.
READABLE = tuple(text for text in HOSTILE if not CONTROL.search(text) and "\n" not in text)


@cache
def hostile() -> Compilation:
    """Return a compilation of texts that are mistaken references, unknown keys and odd file names all at once."""
    files = {
        "policies/organization.yaml": json.dumps({"name": "</title>", "timezone": "##[error]Europe/Berlin"}),
        "schedules/teams.yaml": json.dumps(
            {f"team-{number}": {"name": "x", "members": [text], text: 1} for number, text in enumerate(READABLE)}
        ),
        "policies/checks.yaml": json.dumps({"rules": dict.fromkeys(READABLE, "off")}),
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        people = folder / "schedules" / "people"
        people.mkdir(parents=True)
        for file_name in FILE_NAMES:
            Path(os.fsdecode(os.path.join(os.fsencode(people), file_name))).write_text("name: [", encoding="utf-8")  # noqa: PTH118
        return compile_files(files, folder)


def test_the_texts_reach_findings() -> None:
    told = " ".join(f"{each.finding.message} {each.finding.place.file}" for each in hostile().findings)
    assert "stop-commands" in told
    assert "torvalds" in told
    assert len(hostile().findings) > len(READABLE)


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_holds_a_command_or_a_hidden_character(form: str) -> None:
    text = render(hostile(), form)
    assert not CONTROL.search(text)
    assert "##[" not in text
    if form == "github":
        # What has no annotation left is a line of the log.
        assert {command.name for command in commands_in(text)} <= {"error", "warning", "notice"}
        assert len(commands_in(text)) == sum(line.startswith("::") for line in text.splitlines()) <= 30
    else:
        assert commands_in(text) == []


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "rdjson"])
def test_json_stays_json(form: str) -> None:
    json.loads(render(hostile(), form))


def test_xml_stays_xml() -> None:
    root = ElementTree.fromstring(render(hostile(), "junit").encode())  # noqa: S314 - our own
    assert len(list(root.iter("testcase"))) == len(hostile().findings)


@pytest.mark.parametrize("form", ["markdown", "summary", "comment"])
def test_markdown_has_no_link_and_no_html_of_a_stranger(form: str) -> None:
    tokens = [
        each
        for token in MarkdownIt("commonmark").enable("table").parse(render(hostile(), form))
        for each in (token, *(token.children or ()))
    ]
    assert {token.type for token in tokens}.isdisjoint(
        {"link_open", "image", "html_inline", "fence", "code_block", "hr"}
    )
    for token in tokens:
        if token.type == "html_block":
            assert "img" not in token.content
            assert "script" not in token.content
        if token.type == "text":
            assert "@" not in token.content
