"""What the reader finds wrong with one file, before it becomes findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchbill.findings import Finding, Label, Level, Mark, Place
from watchbill.source.limits import PROBLEMS_PER_FILE


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: the rule, where, what, and the way out; and another place that has a part in it."""

    rule: str
    mark: Mark
    message: str
    help: str
    label: tuple[Mark, str] | None = None


def at(text: str, start: int, end: int | None = None) -> Mark:
    """Return the mark of a stretch of characters; a stretch over several lines is marked on its first.

    Lines end with a line feed, a lone carriage return included: it is what a text editor shows.
    """
    before = text.rfind("\n", 0, start) + 1
    line = text.count("\n", 0, start) + 1
    last = text.find("\n", start)
    stop = min(start + 1 if end is None else end, len(text) if last < 0 else last)
    column = start - before + 1
    return Mark(line=line, column=column, end_column=max(stop - before + 1, column + 1))


def findings(path: str, problems: Iterable[Problem]) -> list[Finding]:
    """Return the findings of one file in order of place, at most ``PROBLEMS_PER_FILE``."""
    ordered = sorted(problems, key=lambda problem: (problem.mark.line, problem.mark.column, problem.rule))
    return [_finding(path, problem) for problem in ordered[:PROBLEMS_PER_FILE]]


def _finding(path: str, problem: Problem) -> Finding:
    labels: tuple[Label, ...] = ()
    if problem.label:
        mark, text = problem.label
        labels = (Label(place=Place(file=path, mark=mark), text=text),)
    place = Place(file=path, mark=problem.mark)
    return Finding(
        rule=problem.rule,
        level=Level.ERROR,
        place=place,
        message=problem.message,
        help=problem.help,
        labels=labels,
    )
