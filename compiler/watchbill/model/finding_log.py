"""Collects the findings of the model: each once, and no flood from one file."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from watchbill.findings import Finding, Label, Level, Place

MOST = 100
"""So many findings of a rule in a file are told one by one; the rest is counted. One file could yield 20,000."""

MOST_ALIKE = 3
"""So many places of one and the same fault are told one by one; more are one finding that counts them, up to `MOST`."""
_MOST_LABELS = 4


class FindingLog:
    """Errors in the order in which they are reported."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._seen: set[tuple[str, Place, str]] = set()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._alike: dict[tuple[str, str], list[Finding]] = {}

    def report(self, rule: str, place: Place, message: str, help_text: str, *labels: Label) -> None:
        """Add an error, unless it is there already (a version repeats the faults of what it inherits)."""
        if (rule, place, message) in self._seen:
            return
        self._counts[rule, place.file] += 1
        if self._counts[rule, place.file] <= MOST:
            self._seen.add((rule, place, message))
            self._findings.append(
                Finding(rule=rule, level=Level.ERROR, place=place, message=message, help=help_text, labels=labels)
            )

    def report_alike(self, rule: str, place: Place, message: str, help_text: str, *labels: Label) -> None:
        """Add an error that one change may mend at many places, such as the name of somebody whose file is gone."""
        finding = Finding(rule=rule, level=Level.ERROR, place=place, message=message, help=help_text, labels=labels)
        found = self._alike.get((rule, message))
        if found is None:
            self._counts[rule, place.file] += 1
            if self._counts[rule, place.file] <= MOST:
                self._alike[rule, message] = [finding]
        elif len(found) < MOST and all(other.place != place for other in found):
            found.append(finding)

    def extend(self, findings: tuple[Finding, ...]) -> None:
        """Add findings that are few already."""
        self._findings.extend(findings)

    def findings(self) -> list[Finding]:
        """Return all findings, and one for each flood that was cut."""
        cut = [
            Finding(
                rule=rule,
                level=Level.ERROR,
                place=Place(file=file),
                message=f"this file has {count - MOST:,} more findings of this rule",
                help="mend those shown, then check again",
            )
            for (rule, file), count in self._counts.items()
            if count > MOST
        ]
        return [*self._findings, *self._gathered(), *cut]

    def _gathered(self) -> Iterator[Finding]:
        for found in self._alike.values():
            if len(found) <= MOST_ALIKE:
                yield from found
                continue
            first, *others = sorted(found, key=lambda finding: order_of(finding.place))
            labels = [Label(place=other.place, text="here too") for other in others[:_MOST_LABELS]]
            count = f"{len(found)}{' or more' if len(found) == MOST else ''}"
            message = f"{first.message}, named in {count} places"
            yield dataclasses.replace(first, message=message, labels=(*first.labels, *labels))


def order_of(place: Place) -> tuple[str, list[tuple[int, str]]]:
    """Return what places are sorted by: the file, then the path in it."""
    return place.file, [(step, "") if isinstance(step, int) else (-1, step) for step in place.path]
