"""JUnit XML, which nearly every build server shows as tests: an error is a failed test, the rest is skipped.

One suite for each file with findings, one case for each finding. A case is known by its class and its name, so both
hold no line and nothing that changes from day to day.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level
from watchbill.reports import concise
from watchbill.reports.fingerprints import fingerprints
from watchbill.reports.gravity import GRAVITY
from watchbill.reports.terminal import shown

_Pair = tuple[LocatedFinding, str]


def render(compilation: Compilation, *, failing: Level = Level.ERROR) -> str:
    """Return the report as XML in UTF-8. Findings of the level ``failing`` and of graver ones are failed tests.

    Where nothing was found there is one passed test, because some servers take an empty report for a broken one.
    """
    root = ElementTree.Element("testsuites", {"name": "watchbill"})
    named = list(zip(compilation.findings, fingerprints(compilation.findings), strict=True))
    for file, pairs in groupby(named, key=lambda pair: pair[0].finding.place.file):
        root.append(_suite(file, list(pairs), failing))
    if not named:
        suite = ElementTree.SubElement(root, "testsuite", _counts("watchbill", 1, 0, 0))
        ElementTree.SubElement(suite, "testcase", {"classname": "watchbill", "name": "check", "time": "0"})
    totals = {
        name: str(sum(int(suite.attrib[name]) for suite in root)) for name in ("tests", "failures", "errors", "skipped")
    }
    root.attrib.update(totals)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.replace("##[", "#&#35;[")


def _counts(name: str, tests: int, failures: int, skipped: int) -> dict[str, str]:
    counts = {"tests": tests, "failures": failures, "errors": 0, "skipped": skipped}
    return {"name": name, **{key: str(value) for key, value in counts.items()}, "time": "0"}


def _suite(file: str, pairs: Sequence[_Pair], failing: Level) -> ElementTree.Element:
    failures = sum(_fails(located, failing) for located, _ in pairs)
    suite = ElementTree.Element("testsuite", _counts(shown(file), len(pairs), failures, len(pairs) - failures))
    suite.extend(_case(located, name, failing) for located, name in pairs)
    return suite


def _fails(located: LocatedFinding, failing: Level) -> bool:
    return GRAVITY[located.finding.level] <= GRAVITY[failing]


def _case(located: LocatedFinding, name: str, failing: Level) -> ElementTree.Element:
    finding = located.finding
    about = shown(finding.subject or finding.place.file)
    case = ElementTree.Element(
        "testcase",
        {
            "classname": f"watchbill.{shown(finding.rule)}",
            "name": f"{about} {name[:8]}",
            "file": shown(finding.place.file),
            **({"line": str(located.position.line)} if located.position else {}),
            "time": "0",
        },
    )
    message = shown(finding.message)
    if _fails(located, failing):
        failure = ElementTree.SubElement(case, "failure", {"message": message, "type": finding.level.value})
        failure.text = "\n".join(filter(None, (concise.line(located), finding.help and f"help: {shown(finding.help)}")))
    else:
        ElementTree.SubElement(case, "skipped", {"message": f"{finding.level.value}: {message}"})
    return case
