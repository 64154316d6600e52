"""Runs the cases of pages (``rule_pages.py``) through the whole compiler, for rules about whole repositories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from rule_pages import Expected, PageCase
from watchbill.change.compare import compare
from watchbill.checks.catalogue import BY_NAME
from watchbill.compilation import Compilation, LocatedFinding
from watchbill.model.notation import parse_instant
from watchbill.pipeline import compile_tree
from watchbill.source.limits import Limits
from watchbill.source.overlay import Overlay
from watchbill.source.positions import locate
from watchbill.source.tree import DirectoryTree

NOW = "2026-11-23T09:00:00+01:00"
"""When a case does not say ``now``: a Monday morning in Berlin."""

AROUND: Mapping[str, tuple[str, str]] = {
    "policies/organization": ("policies/organization.yaml", "name: Example\ntimezone: Europe/Berlin\n"),
    "schedules/people": (
        "schedules/people.yaml",
        "ada: {name: Ada Lovelace}\ngrace: {name: Grace Hopper}\nlinus: {name: Linus Pauling}\n",
    ),
    "schedules/teams": (
        "schedules/teams.yaml",
        "payments:\n  name: Payments\n  members: [ada, grace, linus]\n",
    ),
}
"""Files that a case gets unless it has some whose path starts so: an organisation in Berlin, three people, a team."""

UNLIMITED: Mapping[str, tuple[str, str]] = {
    "policies/workload": (
        "policies/workload.yaml",
        "limits:\n"
        "  share: {any: {warning: 100%}}\n"
        "  consecutive-days: {any: {warning: 366}}\n"
        "  rest: {any: {warning: 1 minute}}\n"
        "  weekends: {any: {warning: 12 per 12 weeks}}\n"
        "  nights: {any: {warning: 84 per 12 weeks}}\n",
    ),
}
"""What lets two people carry a schedule, for tests about something else than load."""


def compile_files(files: Mapping[str, str], folder: Path, now: str = NOW) -> Compilation:
    """Write files, and what they lack, into an empty folder and compile it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return _compile(folder, files, now, Limits(), {**AROUND, **UNLIMITED})


def compile_case(case: PageCase, folder: Path) -> Compilation:
    """Write the files of a case, and what it lacks, into an empty folder and compile it."""
    case.write(folder)
    limits = Limits(shifts=int(case.settings["shifts"])) if "shifts" in case.settings else Limits()
    return _compile(folder, case.files, case.settings.get("now", NOW), limits, AROUND)


def _compile(
    folder: Path, files: Collection[str], moment: str, limits: Limits, around: Mapping[str, tuple[str, str]]
) -> Compilation:
    for start, (path, text) in around.items():
        if not any(known.startswith(start) for known in files):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    now = parse_instant(moment)
    assert isinstance(now, int), f"{moment} must be an instant with an offset"
    return compile_tree(DirectoryTree(folder), now=now, limits=limits)


def _rewritten(case: PageCase, folder: Path, head: Compilation) -> list[LocatedFinding]:
    """Return what is found by comparing with the tree that a case says was there before."""
    if not case.before:
        return []
    tree = DirectoryTree(folder)
    base = compile_tree(Overlay(case.before, tree), now=head.clock.now, horizon=head.horizon)
    new = compare(base, head, locate=partial(locate, tree)).findings.new
    return [located for located in new if BY_NAME[located.finding.rule].compares]


def check_case(case: PageCase, folder: Path) -> None:
    """Assert that a case finds what it announces, and nothing else but warnings and notes of other rules.

    Errors of load are left to the pages of that family: two people are enough for an example about something else.
    """
    compilation = compile_case(case, folder)
    findings = (*compilation.findings, *_rewritten(case, folder, compilation))
    expected, found = Counter(case.expected), Counter[Expected]()
    for located in findings:
        finding = located.finding
        line = located.position.line if located.position else 0
        row = Expected(finding.place.file, line, finding.rule, finding.level.value)
        grave = finding.level.value == "error" and BY_NAME[finding.rule].family != "load"
        if finding.rule == case.rule or grave or row in expected:
            found[row] += 1
    messages = "\n".join(f"{located.finding.rule}: {located.finding.message}" for located in findings)
    assert not expected - found, f"announced but not found: {expected - found}\nfound:\n{messages}"
    assert not found - expected, f"found but not announced: {found - expected}\nfound:\n{messages}"
