"""The findings of the compile, by level, without what this site's readers must not learn.

A finding that is not for them is told by its rule alone: what is wrong, how often, and not about whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from watchbill.checks.catalogue import BY_NAME
from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding, Level
from watchbill.site.edition import Edition
from watchbill.site.pages import FindingGroup, FindingLine, FindingsPage, UntoldFindings
from watchbill.site.telling import audience_of_finding
from watchbill.text import printable

SHOWN = 200
"""Findings shown of each level; a page with thousands helps nobody."""


def findings_page(edition: Edition) -> FindingsPage:
    """Return the findings, most serious level first, each level in the order of files and lines."""
    everything = edition.compilation.findings
    by_level = ((level, [found for found in everything if found.finding.level is level]) for level in Level)
    return FindingsPage(groups=tuple(_group(edition, level, found) for level, found in by_level if found))


def _group(edition: Edition, level: Level, found: list[LocatedFinding]) -> FindingGroup:
    told: list[LocatedFinding] = []
    untold: list[str] = []
    for located in found:
        if _may_tell(edition, located.finding):
            told.append(located)
        else:
            untold.append(located.finding.rule)
    return FindingGroup(
        level=level.value,
        count=len(found),
        withheld=len(untold),
        lines=tuple(map(_line, told[:SHOWN])),
        untold=_untold(untold),
    )


def _may_tell(edition: Edition, finding: Finding) -> bool:
    kind, _, subject = finding.subject.partition("/")
    person = edition.model.people.get(subject) if kind == "person" else None
    audience = audience_of_finding(finding, person, edition.compilation.clock.timezone)
    return audience == "public" or (audience == "team" and edition.audience == "internal")


def _untold(rules: Iterable[str]) -> tuple[UntoldFindings, ...]:
    counted = Counter(rules)
    summaries = {rule: BY_NAME[rule].summary if rule in BY_NAME else "" for rule in counted}
    return tuple(
        UntoldFindings(rule=rule, summary=summaries[rule], count=count) for rule, count in sorted(counted.items())
    )


def _line(located: LocatedFinding) -> FindingLine:
    finding = located.finding
    return FindingLine(
        rule=finding.rule,
        place=printable(_place(located)),
        message=printable(finding.message),
        help=printable(finding.help),
    )


def _place(located: LocatedFinding) -> str:
    file, position = located.finding.place.file, located.position
    return file if position is None else f"{file}:{position.line}:{position.column}"
