"""The last line of a report: how many findings there are, of which levels."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.compilation import Compilation
from watchbill.findings import Level

_NOUNS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def counts(compilation: Compilation) -> dict[Level, int]:
    """Return the number of findings of each level, the gravest first."""
    levels = [located.finding.level for located in compilation.findings]
    return {level: levels.count(level) for level in Level}


def summary(compilation: Compilation) -> str:
    """Return one line: ``Found 2 errors and 1 warning in 43 files.`` or ``All checks passed.``."""
    return sentence(counts(compilation), compilation.files)


def sentence(numbers: Mapping[Level, int], files: int) -> str:
    """Return the line for so many findings of each level in so many files."""
    parts = [spelled(number, level) for level, number in numbers.items() if number]
    where = f" in {_count(files, 'file')}" if files else ""
    if not parts:
        return f"All checks passed{where}."
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"Found {listed}{where}."


def spelled(number: int, level: Level) -> str:
    """Return ``2 errors``, ``1 warning`` or ``1 note``."""
    return _count(number, _NOUNS[level])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
