"""Which findings a change brings and which it mends: findings of two checks are paired, whatever their lines.

Both checks are of one instant, so what time alone brings (an expired waiver, a roster that runs out) is on both sides
and belongs to neither. A finding that is about time must touch the other's time: a gap on Tuesday is not the one that
was mended on Monday. Findings of load are known by rule and subject, because a peak moves with every small change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from watchbill.change.records import FindingsChange, GapChange
from watchbill.checks.catalogue import BY_NAME
from watchbill.checks.settings import SEVERITY
from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding

_ABOUT_GAPS = frozenset({"coverage-gap", "not-enough-responders"})
_MORE = re.compile(r"; and \d+ more like it until .*$", re.DOTALL)
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r"(?: \d{2}:\d{2}(?::\d{2})?)?(?: \([+-]\d{2}:\d{2}\))?"
    r"|\d{4}-\d{2}-\d{2}(?:T[0-9:]+(?:Z|[+-]\d{2}:\d{2})?)?"
)
_NUMBER = re.compile(r"(?<![\w-])\d[\d.,:]*(?![\w-])")

Known = Callable[[Finding], Hashable]


def timeless(text: str) -> str:
    """Return a message without its dates and numbers, which time changes, and without how many more there are."""
    return _NUMBER.sub("#", _DATE.sub("#", _MORE.sub("", text)))


_PASSES: tuple[Known, ...] = (
    lambda f: (f.rule, f.subject, f.place.file, f.place.path, f.message),
    lambda f: (f.rule, f.subject, f.place.file, f.place.path, timeless(f.message)),
    lambda f: (f.rule, f.subject, f.place.file, timeless(f.message)),
    lambda f: (f.rule, f.subject, timeless(f.message)),
    # Why there is a gap may be told otherwise now; it is the same gap where it is of the same place and time.
    lambda f: (f.rule, f.subject, f.place.file, f.place.path) if f.stretch or _is_load(f) else id(f),
    lambda f: (f.rule, f.subject) if _is_load(f) else id(f),
)
"""What two findings of a pair have in common: first those that agree in all, then those that moved."""


def compared(
    before: Sequence[LocatedFinding],
    after: Sequence[LocatedFinding],
    opened: Iterable[GapChange],
    renamed: Mapping[str, str],
) -> FindingsChange:
    """Return the findings that are new, mended and kept, each in the order of its side.

    ``opened`` are the gaps that the change opens: a finding that tells of one is new, even where it tells of others
    too. ``renamed`` gives new ids of people and schedules by their old ones.
    """
    old = [_translated(located.finding, renamed) for located in before]
    new = [located.finding for located in after]
    pairs = _pairs(old, new)
    gaps = list(opened)
    fresh = {
        number
        for number, finding in enumerate(new)
        if number not in pairs
        or SEVERITY[finding.level] > SEVERITY[old[pairs[number]].level]
        or _tells_of_a_new_gap(finding, gaps)
    }
    paired = set(pairs.values())
    return FindingsChange(
        new=tuple(located for number, located in enumerate(after) if number in fresh),
        fixed=tuple(located for number, located in enumerate(before) if number not in paired),
        kept=tuple(located for number, located in enumerate(after) if number not in fresh),
    )


def _pairs(old: Sequence[Finding], new: Sequence[Finding]) -> dict[int, int]:
    """Return for each finding that was there before the one that it was."""
    pairs: dict[int, int] = {}
    left = set(range(len(old)))
    for known in _PASSES:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number in sorted(left):
            waiting[known(old[number])].append(number)
        for number, finding in enumerate(new):
            if number in pairs:
                continue
            found = next((n for n in waiting.get(known(finding), ()) if _at_one_time(old[n], finding)), None)
            if found is not None:
                pairs[number] = found
                left.discard(found)
                waiting[known(finding)].remove(found)
    return pairs


def _at_one_time(one: Finding, other: Finding) -> bool:
    if one.stretch is None or other.stretch is None or _is_load(one):
        return True
    return one.stretch[0] < other.stretch[1] and other.stretch[0] < one.stretch[1]


def _is_load(finding: Finding) -> bool:
    rule = BY_NAME.get(finding.rule)
    return rule is not None and rule.family == "load"


def _tells_of_a_new_gap(finding: Finding, opened: Iterable[GapChange]) -> bool:
    if finding.rule not in _ABOUT_GAPS or finding.stretch is None:
        return False
    start, end = finding.stretch
    return any(
        finding.subject == f"schedule/{gap.schedule}"
        and gap.role in finding.place.path
        and (gap.present == 0) == (finding.rule == "coverage-gap")
        and gap.stretch[0] < end
        and start < gap.stretch[1]
        for gap in opened
    )


def _translated(finding: Finding, renamed: Mapping[str, str]) -> Finding:
    """Return a finding of base with the ids that people and schedules have in head."""
    from dataclasses import replace

    if not renamed:
        return finding
    kind, slash, name = finding.subject.partition("/")
    words = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, renamed)) + r")(?![\w-])")
    return replace(
        finding,
        subject=f"{kind}{slash}{renamed.get(name, name)}",
        message=words.sub(lambda match: renamed[match[1]], finding.message),
    )
