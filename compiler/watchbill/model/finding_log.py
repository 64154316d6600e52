"""Collects the findings of the model: each once, and no flood from one file."""

from __future__ import annotations

from collections import Counter

from watchbill.findings import Finding, Label, Level, Place

MOST = 100
"""So many findings of a rule in a file are told one by one; the rest is counted. One file could yield 20,000."""


class FindingLog:
    """Errors in the order in which they are reported."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._seen: set[tuple[str, Place, str]] = set()
        self._counts: Counter[tuple[str, str]] = Counter()

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
        return [*self._findings, *cut]
