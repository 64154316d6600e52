"""Reads the rules' pages as tests: their code blocks are files, and they say which findings these files yield.

The convention is written down in ``tests/spec/README.md``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CHECKS = Path(__file__).parents[1] / "compiler" / "watchbill" / "checks"

_FENCE = re.compile(r"^```(?P<info>\S[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{2,3}) (.+)$", re.MULTILINE)
_SETTINGS = re.compile(r"^<!-- case: (.+) -->$", re.MULTILINE)
_MARK = re.compile(r"# (error|warning|info): \[([a-z0-9-]+)\]")
_IN_INFO = re.compile(r" (error|warning|info): \[([a-z0-9-]+)\](?: line (\d+))?(?: in (\S+))?$")
_REPEATED = re.compile(r" x(\d+)$")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\\nrt]))")
_FILES = frozenset({"yaml", "yaml-escaped", "text", "ics"})
_BEFORE = "yaml-before"
_SECTIONS = ("Setting", "Flagged", "Accepted")


@dataclass(frozen=True, order=True)
class Expected:
    """A finding that a page announces; ``line`` is 0 where the finding has no line."""

    file: str
    line: int
    rule: str
    level: str


@dataclass(frozen=True, kw_only=True)
class PageCase:
    """One small repository of a page, and the findings that it yields."""

    page: Path
    rule: str
    section: str
    title: str
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()
    before: dict[str, bytes] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    expected: tuple[Expected, ...] = ()

    @property
    def name(self) -> str:
        """The name of the test."""
        return "-".join(filter(None, (self.rule, self.section.lower(), self.title.lower().replace(" ", "-"))))

    def write(self, root: Path) -> Path:
        """Write the repository below ``root`` and return it."""
        for path in (*self.files, *self.links, *self.pipes):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
        for path, content in self.files.items():
            (root / path).write_bytes(content)
        for path, target in self.links.items():
            (root / path).symlink_to(target)
        for path in self.pipes:
            os.mkfifo(root / path)
        return root


def pages(family: str = "*") -> list[Path]:
    """Return the pages of a family of rules, or of all."""
    return sorted(CHECKS.glob(f"{family}/*.md"))


def cases(page: Path) -> list[PageCase]:
    """Return the repositories of a page: one for each section, or for each of its sub-headings."""
    found: list[PageCase] = []
    setting: list[tuple[str, str]] = []
    for section, title, text in _parts(page.read_text(encoding="utf-8")):
        blocks = [(match["info"], match["body"]) for match in _FENCE.finditer(text)]
        blocks = [block for block in blocks if " " in block[0]]
        if section == "Setting":
            setting += blocks
        elif blocks:
            settings = dict(pair.split("=", 1) for line in _SETTINGS.findall(text) for pair in line.split())
            found.append(_case(page, section, title, [*setting, *blocks], settings))
    return found


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield section, sub-heading and text of the sections that hold files."""
    section = title = ""
    headings = [*_HEADING.finditer(text)]
    for number, heading in enumerate(headings):
        section, title = (heading[2], "") if heading[1] == "##" else (section, heading[2])
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        if section in _SECTIONS:
            yield section, title, text[heading.end() : end]


def _case(page: Path, section: str, title: str, blocks: list[tuple[str, str]], settings: dict[str, str]) -> PageCase:
    files: dict[str, bytes] = {}
    links: dict[str, str] = {}
    pipes: list[str] = []
    before: dict[str, bytes] = {}
    expected: list[Expected] = []
    for info, body in blocks:
        info, announced = _announced(info)
        info, times = _times(info)
        kind, _, path = info.partition(" ")
        if kind == "link":
            links[path] = body.strip()
        elif kind == "pipe":
            pipes.append(path)
        elif kind == _BEFORE:
            before[path] = body.encode()
        elif kind in _FILES:
            files[path] = _content(kind, body) * times
            expected += _marked(path, body)
        else:
            raise ValueError(f"{page.name}: `{kind}` is no kind of block that makes a file")
        expected += [Expected(file or path, line, rule, level) for level, rule, line, file in announced]
    return PageCase(
        page=page,
        rule=page.stem,
        section=section,
        title=title,
        files=files,
        links=links,
        pipes=tuple(pipes),
        before=before,
        settings=settings,
        expected=tuple(sorted(expected)),
    )


def _announced(info: str) -> tuple[str, list[tuple[str, str, int, str]]]:
    """Split what the info string announces from its end: ``error: [rule] line 2 in path``, several times."""
    announced = []
    while match := _IN_INFO.search(info):
        announced.append((match[1], match[2], int(match[3] or 0), match[4] or ""))
        info = info[: match.start()]
    return info, announced


def _times(info: str) -> tuple[str, int]:
    match = _REPEATED.search(info)
    return (info[: match.start()], int(match[1])) if match else (info, 1)


def _marked(path: str, body: str) -> list[Expected]:
    return [
        Expected(path, number, match[2], match[1])
        for number, line in enumerate(body.split("\n"), start=1)
        for match in _MARK.finditer(line)
    ]


def _content(kind: str, body: str) -> bytes:
    return body.encode() if kind != "yaml-escaped" else _ESCAPE.sub(_unescaped, body).encode("utf-8", "surrogateescape")


def _unescaped(match: re.Match[str]) -> str:
    byte, short, long, letter = match.groups()
    if byte:
        return chr(int(byte, 16)) if int(byte, 16) < 0x80 else chr(0xDC00 + int(byte, 16))
    if letter:
        return {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}[letter]
    return chr(int(short or long, 16))
