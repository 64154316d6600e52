"""The rule ``history-rewritten``: a change says something else of the past than was true when it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchbill.change.likeness import alike, saying
from watchbill.change.records import Move
from watchbill.checks.catalogue import BY_NAME
from watchbill.checks.hygiene.history_rewritten import RULE
from watchbill.checks.judge import settled
from watchbill.checks.rule import Facts
from watchbill.checks.wording import spell_list, spell_stretch
from watchbill.compilation import Compilation
from watchbill.findings import Finding, Level, Place


def findings(moves: Sequence[Move], head: Compilation, base: Compilation) -> list[Finding]:
    """Return a finding for each role whose past changes, at the levels and without the waivers of head."""
    facts = Facts(
        model=head.model,
        rosters=head.rosters,
        measures=head.measures,
        gaps=head.gaps,
        now=head.clock.now,
        judged=(head.clock.now, max(head.clock.now, head.horizon[1])),
        options={},
        timezone=head.clock.timezone,
        rules=BY_NAME,
    )
    return settled(_raised(moves, head, base), facts)


def _raised(moves: Sequence[Move], head: Compilation, base: Compilation) -> Iterator[Finding]:
    groups: dict[tuple[str, str, bool], list[Move]] = {}
    for move in moves:
        groups.setdefault((move.schedule, move.role, move.deliberate), []).append(move)
    unplanned = _moved_by_unplanned_absence(moves, head, base)
    for (schedule, role, deliberate), group in groups.items():
        known = head.model.schedules.get(schedule) or base.model.schedules[schedule]
        first = group[0]
        place = next((move.place for move in group if move.place), known.place)
        message = (
            f"{schedule}/{role} {spell_stretch(first.stretch, known.timezone)} lies in the past and changes "
            f"from {_named(first.before)} to {_named(first.after)}{_more(len(group) - 1)}"
        )
        yield _finding(message, place, schedule, deliberate=deliberate, unplanned=schedule in unplanned)


def _moved_by_unplanned_absence(moves: Sequence[Move], head: Compilation, base: Compilation) -> set[str]:
    """Return the schedules that are written as before, whose past moves only because somebody fell ill meanwhile.

    Nobody can write that down before it happens, and while a change waits to be merged its beginning becomes the past.
    """
    known = {saying(entry) for entry in base.model.time_off}
    fresh = [entry for entry in head.model.time_off if saying(entry) not in known]
    ill = {entry.person for entry in fresh if entry.unplanned}
    planned = {entry.person for entry in fresh if not entry.unplanned}
    found = set()
    for name in {move.schedule for move in moves}:
        people = {person for move in moves if move.schedule == name for person in (*move.before, *move.after)}
        same = alike(base.model.schedules.get(name), head.model.schedules.get(name))
        if same and people & ill and not people & planned:
            found.add(name)
    return found


def _finding(message: str, place: Place, schedule: str, *, deliberate: bool, unplanned: bool) -> Finding:
    if unplanned and not deliberate:
        way_out = (
            "leave it so if whoever was away could not be there from then on; otherwise let the time off begin later"
        )
    elif deliberate:
        way_out = "leave it so if this is who really was on call; the override's `reason` can say why it comes late"
    else:
        way_out = (
            "leave what was in force as it was: put the old version back and add a new one from the next handoff on; "
            "who really was on call is written as an override"
        )
    return Finding(
        rule=RULE.name,
        level=Level.INFO if deliberate or unplanned else RULE.level,
        place=place,
        message=message,
        help=way_out,
        subject=f"schedule/{schedule}",
    )


def _named(people: Sequence[str]) -> str:
    return spell_list(people) or "nobody"


def _more(number: int) -> str:
    if not number:
        return ""
    return "; another stretch before now changes too" if number == 1 else f"; {number} more before now change too"
