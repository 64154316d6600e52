"""A baseline: findings that a repository had when it adopted Watchbill, and that do not fail it for now.

A finding is known again by rule, subject, file and text without dates and numbers, so neither time nor what is written
above it makes it new. Each entry counts how many it stands for. What cannot be read is never in a baseline: nothing
after it could be trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from watchbill.change.finding_changes import timeless
from watchbill.checks.catalogue import BY_NAME
from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding

VERSION = 1


class Entry(NamedTuple):
    """What a finding is known by."""

    rule: str
    subject: str
    file: str
    text: str


Baseline = Mapping[Entry, int]
"""How many findings each entry stands for."""


class BaselineError(Exception):
    """A document is no baseline; the message says why."""


def baseline_of(findings: Iterable[LocatedFinding]) -> dict[str, Any]:
    """Return the document of the findings there are, as plain data for JSON."""
    numbers = Counter(_entry(located.finding) for located in findings if not _is_fixed(located.finding))
    return {
        "version": VERSION,
        "findings": [{**entry._asdict(), "count": number} for entry, number in sorted(numbers.items())],
    }


def read_baseline(document: Any) -> Baseline:
    """Return the baseline of a document. Raises ``BaselineError`` if it is none."""
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise BaselineError(f"it does not say `version`: {VERSION}")
    listed = document.get("findings")
    if not isinstance(listed, list):
        raise BaselineError("it has no list of `findings`")
    numbers: Counter[Entry] = Counter()
    for index, found in enumerate(listed):
        texts = [found.get(name) for name in Entry._fields] if isinstance(found, dict) else []
        number = found.get("count", 1) if isinstance(found, dict) else 0
        if not texts or not all(isinstance(text, str) for text in texts) or type(number) is not int or number < 1:
            raise BaselineError(f"entry {index + 1} of `findings` lacks {', '.join(Entry._fields)} or a `count`")
        numbers[Entry(*map(str, texts))] += number
    return numbers


def left_over(findings: Sequence[LocatedFinding], baseline: Baseline) -> tuple[tuple[LocatedFinding, ...], int]:
    """Return the findings that a baseline does not know, and how many of those it knows are mended."""
    known = Counter(baseline)
    left = []
    for located in findings:
        entry = _entry(located.finding)
        if known[entry] > 0 and not _is_fixed(located.finding):
            known[entry] -= 1
        else:
            left.append(located)
    return tuple(left), known.total()


def _entry(finding: Finding) -> Entry:
    return Entry(finding.rule, finding.subject, finding.place.file, timeless(finding.message))


def _is_fixed(finding: Finding) -> bool:
    rule = BY_NAME.get(finding.rule)
    return rule is not None and rule.fixed
