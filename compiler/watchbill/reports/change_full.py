"""A change for a terminal: one sentence first, then tables, and each role before and after."""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.change.records import Change
from watchbill.compilation import LocatedFinding
from watchbill.reports.change_tables import MOST_ROWS, findings, notes, tables, where
from watchbill.reports.change_timeline import timeline
from watchbill.reports.table import written
from watchbill.reports.terminal import shown


def render(change: Change) -> str:
    """Return the report as text that ends in a line feed. All text of the repository is made printable."""
    blocks = [f"{shown(change.sentence)}\n"]
    blocks += [f"{shown(note)}\n" for note in notes(change)]
    blocks += [_listed(title, found) for title, found in findings(change)]
    blocks += [written([table], "table", {}) for table in tables(change)]
    blocks += [timeline(beside, change) for beside in change.beside]
    more = len({(move.schedule, move.role) for move in change.moves}) - len(change.beside)
    if more:
        blocks.append(f"{more:,} more {'role changes' if more == 1 else 'roles change'}.\n")
    return "\n".join(blocks)


def _listed(title: str, found: Sequence[LocatedFinding]) -> str:
    lines = [title, ""]
    for located in found[:MOST_ROWS]:
        finding = located.finding
        lines.append(f"{shown(where(located))}: {finding.level.value}[{shown(finding.rule)}] {shown(finding.message)}")
    if len(found) > MOST_ROWS:
        lines.append(f"{len(found) - MOST_ROWS:,} more")
    return "\n".join(lines) + "\n"
