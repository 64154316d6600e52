"""SARIF 2.1.0 for code scanning: findings with the pages of their rules, and fingerprints that no moved line changes.

Limits are those of GitHub ("SARIF results exceed one or more limits" in its documentation): 25,000 results of a run, of
which the first 5,000 are shown, and 20 tags of a rule. So the gravest come first, and what has no room is left out and
counted in a notification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from watchbill.checks.catalogue import BY_NAME
from watchbill.checks.rule import Rule
from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level, Place, Position
from watchbill.reports import json_text
from watchbill.reports.fingerprints import fingerprints
from watchbill.reports.gravity import GRAVITY
from watchbill.reports.rule_page import page, page_in_terminal
from watchbill.text import clip, printable

MOST_RESULTS = 25_000
MOST_LABELS = 100
"""Related places of a finding that are written; GitHub shows no more."""

_LONGEST_NAME, _LONGEST_MESSAGE = 255, 4000
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")

_Pair = tuple[LocatedFinding, str]


def render(compilation: Compilation) -> str:
    """Return the log of one run as JSON."""
    named = list(zip(compilation.findings, fingerprints(compilation.findings), strict=True))
    shown = sorted(named, key=lambda pair: GRAVITY[pair[0].finding.level])[:MOST_RESULTS]
    return json_text.written(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [_run(compilation, shown, len(named) - len(shown))],
        }
    )


def _run(compilation: Compilation, shown: Sequence[_Pair], left_out: int) -> dict[str, Any]:
    names = {name: number for number, name in enumerate(sorted({located.finding.rule for located, _ in shown}))}
    return {
        "tool": {"driver": _driver(compilation, names)},
        "automationDetails": {"id": "watchbill/check/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": _text("The root of the repository.")}},
        "invocations": [_invocation(left_out)],
        "results": [_result(located, name, names) for located, name in shown],
    }


def _driver(compilation: Compilation, names: Iterable[str]) -> dict[str, Any]:
    tools = compilation.tools
    return {
        "name": "Watchbill",
        "organization": "Watchbill",
        "semanticVersion": tools.watchbill,
        "version": tools.watchbill,
        "fullName": f"Watchbill {tools.watchbill} with tzdata {tools.tzdata}",
        "rules": [_rule(BY_NAME[name]) if name in BY_NAME else {"id": printable(name)} for name in names],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    level = _LEVELS[rule.level]
    markdown = page(rule).strip()
    summary = rule.summary[0].upper() + rule.summary[1:]
    return {
        "id": rule.name,
        "name": _name(rule),
        "shortDescription": _text(clip(summary, _LONGEST_NAME)),
        "fullDescription": _text(_what_it_finds(markdown) or summary),
        "help": {"text": page_in_terminal(rule).strip(), "markdown": markdown},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["on-call", rule.family],
            "precision": "very-high",
            "problem.severity": _PROBLEMS[level],
        },
    }


def _name(rule: Rule) -> str:
    """Return ``CoverageGap``; of a single word ``ReadingAlias``, because id and name must differ in more than case."""
    words = rule.name.split("-")
    return "".join(word.capitalize() for word in (words if len(words) > 1 else (rule.family, *words)))


def _what_it_finds(markdown: str) -> str:
    """Return the first paragraph of a page, on one line."""
    paragraphs = (part for part in markdown.split("\n\n") if part and not part.startswith(("#", "<!--", "```")))
    return " ".join(next(paragraphs, "").split())


def _invocation(left_out: int) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        message = f"{left_out:,} more findings have no room here. `watchbill check` lists all of them."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": _text(message)}]
    return invocation


def _result(located: LocatedFinding, name: str, rules: Mapping[str, int]) -> dict[str, Any]:
    finding = located.finding
    parts = [_sentence(finding.message), *([_sentence(f"Help: {finding.help}")] if finding.help else [])]
    result: dict[str, Any] = {
        "ruleId": printable(finding.rule),
        "ruleIndex": rules[finding.rule],
        "level": _LEVELS[finding.level],
        "message": _message(" ".join(parts)),
        "locations": [_location(finding.place, located.position)],
        # GitHub goes by the first of the two, and would else make one of the lines around.
        "partialFingerprints": {"primaryLocationLineHash": f"{name[:16]}:1", "watchbill/v1": name},
    }
    positions = (*located.label_positions, *[None] * len(finding.labels))
    if finding.labels:
        result["relatedLocations"] = [
            {"id": number, "message": _message(label.text), **_location(label.place, position)}
            for number, (label, position) in enumerate(zip(finding.labels, positions, strict=False))
            if number < MOST_LABELS
        ]
    return result


def _location(place: Place, position: Position | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file), "uriBaseId": "SRCROOT"}}
    if position is None:
        physical["region"] = {"startLine": 1}
    else:
        physical["region"] = {
            "startLine": position.line,
            "startColumn": position.column,
            "endLine": position.line,
            "endColumn": position.end_column,
            "snippet": {"text": position.text},
        }
    return {"physicalLocation": physical}


def _sentence(text: str) -> str:
    """Return a text that ends as a sentence: GitHub shows the first sentence where there is little room."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _text(text: str) -> dict[str, str]:
    return {"text": text}


def _message(text: str) -> dict[str, str]:
    """Return a message whose brackets make no link (section 3.11.6 of SARIF) and whose braces take no argument."""
    harmless = printable(text).replace("[", "\\[").replace("]", "\\]")
    return {"text": clip(_PLACEHOLDER.sub(r"{{\1}}", harmless), _LONGEST_MESSAGE)}


def _uri(path: str) -> str:
    """Return a path of the repository as a relative reference; every byte that means something there is encoded."""
    data = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)
