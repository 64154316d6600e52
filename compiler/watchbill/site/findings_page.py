"""The findings of the compile, by level, without what this site's readers must not learn.

A message may quote what stands in a file: a telephone number with a letter in it, the days on which somebody is away.
So a finding is shown only where it cannot: on a public site if it is about a schedule, service or team and touches no
file about people; on an internal site unless it touches a private field. The others are counted, and
``watchbill check`` shows them.
"""

from __future__ import annotations

from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding, Level, Place
from watchbill.site.edition import Edition
from watchbill.site.pages import FindingGroup, FindingLine, FindingsPage
from watchbill.text import printable

SHOWN = 200
"""Findings shown of each level; a page with thousands helps nobody."""

_PUBLIC_SUBJECTS = ("schedule/", "service/", "team/")
_ABOUT_PEOPLE = ("schedules/people", "schedules/time-off/", "schedules/overrides/", "schedules/swaps/", "incidents/")
_PRIVATE_KEYS = frozenset({"contact", "kind", "reason"})


def findings_page(edition: Edition) -> FindingsPage:
    """Return the findings, most serious level first, each level in the order of files and lines."""
    tellable = _internal if edition.audience == "internal" else _public
    groups = []
    for level in Level:
        of_level = [located for located in edition.compilation.findings if located.finding.level is level]
        told = [located for located in of_level if tellable(located.finding)]
        if of_level:
            lines = tuple(map(_line, told[:SHOWN]))
            withheld = len(of_level) - len(told)
            groups.append(FindingGroup(level=level.value, count=len(of_level), withheld=withheld, lines=lines))
    return FindingsPage(groups=tuple(groups))


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


def _places(finding: Finding) -> list[Place]:
    return [finding.place, *(label.place for label in finding.labels)]


def _public(finding: Finding) -> bool:
    about_people = any(place.file.startswith(_ABOUT_PEOPLE) for place in _places(finding))
    return finding.subject.startswith(_PUBLIC_SUBJECTS) and not about_people


def _internal(finding: Finding) -> bool:
    return not any(_PRIVATE_KEYS.intersection(map(str, place.path)) for place in _places(finding))
