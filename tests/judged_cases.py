"""Reads ``findings.toml`` of a miniature repository: what the whole compiler must say of it, and must not say.

    now = 2026-11-23T00:00:00+01:00      when it is compiled
    errors = ["coverage-gap schedule/payments"]       all errors there are: rule and subject
    warnings = ["too-many-weekends person/ada"]       warnings that must be among those there are
    says = ["alan is away"]              words that must stand in an error or a warning
    silent = ["person/bo"]               subjects of which no error and no warning may speak
    [uncovered]                          seconds without enough people from now to the end of the horizon, exactly
    "payments/primary" = 144_000

The numbers are worked out by hand, with the working as a comment.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from watchbill.compilation import Compilation
from watchbill.findings import Finding, Level
from watchbill.intervals import clip, union
from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree


def check_findings(folder: Path) -> None:
    """Compile the repository of a case and compare everything that its ``findings.toml`` says."""
    wanted = tomllib.loads((folder / "findings.toml").read_text(encoding="utf-8"))
    assert set(wanted) <= {"now", "errors", "warnings", "says", "silent", "uncovered"}, folder
    compilation = compile_tree(DirectoryTree(folder), now=int(wanted["now"].timestamp()))
    found = [located.finding for located in compilation.findings]
    told = "\n".join(f"{finding.level.value} {_spell(finding)}: {finding.message}" for finding in found)
    errors = {_spell(finding) for finding in found if finding.level is Level.ERROR}
    warnings = {_spell(finding) for finding in found if finding.level is Level.WARNING}
    assert errors == set(wanted["errors"]), told
    assert set(wanted.get("warnings", ())) <= warnings, told
    loud = {finding.subject for finding in found if finding.level is not Level.INFO}
    messages = " | ".join(finding.message for finding in found if finding.level is not Level.INFO)
    assert [words for words in wanted.get("says", ()) if words not in messages] == [], told
    assert not loud & set(wanted.get("silent", ())), told
    assert uncovered(compilation) == Counter(wanted.get("uncovered", {})), told
    assert all(located.position is not None for located in compilation.findings), told


def _spell(finding: Finding) -> str:
    return f"{finding.rule} {finding.subject}".rstrip()


def uncovered(compilation: Compilation) -> Counter[str]:
    """Return the seconds of each ``schedule/role`` that lack somebody from now on; each second counts once."""
    ahead = compilation.clock.now, compilation.horizon[1]
    stretches: dict[str, list[tuple[int, int]]] = {}
    for gap in compilation.gaps:
        stretches.setdefault(f"{gap.schedule}/{gap.role}", []).append(gap.stretch)
    return Counter(
        {name: sum(end - start for start, end in clip(union(listed), *ahead)) for name, listed in stretches.items()}
    )
