"""``watchbill why``: the cause of each shift at an instant, with the places in the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import questions

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.findings import Finding, Place
    from watchbill.insight.coverage import Gap
    from watchbill.model.on_call import Schedule
    from watchbill.roster.timeline import Shift
    from watchbill.source.tree import Tree

_GAP_RULES = ("coverage-gap", "not-enough-responders")


@click.command("why")
@click.argument("about", metavar="SCHEDULE|SERVICE|TEAM")
@questions.of_any_commit
@questions.asking
def why(about: str, directory: Path, at: str | None, form: str, revision: str | None) -> None:
    """Explain who is on call and why: the layer, the turn, who was passed over, and where that is written."""
    with questions.tree_of(directory, revision) as tree:
        compilation = questions.compiled_tree(tree, questions.instant_of(directory, at, revision))
        _answer(compilation, tree, about, form)


def _answer(compilation: Compilation, tree: Tree, about: str, form: str) -> None:
    found = questions.subject(compilation, about)
    answers = [
        (schedule, role.id, compilation.rosters[schedule.id].timelines[role.id].at(compilation.clock.now))
        for schedule in found.schedules
        if schedule.id in compilation.rosters
        for role in schedule.roles
    ]
    if form == "json":
        questions.print_json(_as_json(compilation, tree, answers))
        return
    for schedule, role, shifts in answers:
        _print(compilation, tree, schedule, role, shifts)


def _as_json(compilation: Compilation, tree: Tree, answers: list[tuple[Schedule, str, list[Shift]]]) -> object:
    return {
        "version": 1,
        "at": questions.iso(compilation.clock.now, compilation.clock.timezone),
        "tzdata": compilation.tools.tzdata,
        "roles": [
            {
                "schedule": schedule.id,
                "role": role,
                "shifts": [_shift_as_json(tree, schedule, shift) for shift in shifts],
                "gap": _gap_as_json(compilation, tree, schedule, role),
            }
            for schedule, role, shifts in answers
        ],
    }


def _gap_as_json(compilation: Compilation, tree: Tree, schedule: Schedule, role: str) -> object:
    gap = _gap_now(compilation, schedule, role)
    if gap is None:
        return None
    return {
        "from": questions.iso(gap.stretch[0], schedule.timezone),
        "until": questions.iso(gap.stretch[1], schedule.timezone),
        "required": gap.required,
        "present": gap.present,
        "place": _where(tree, gap.requirement),
    }


def _gap_now(compilation: Compilation, schedule: Schedule, role: str) -> Gap | None:
    """Return the gap of a role at the instant asked about, if there is one."""
    now = compilation.clock.now
    return next(
        (
            gap
            for gap in compilation.gaps
            if (gap.schedule, gap.role) == (schedule.id, role) and gap.stretch[0] <= now < gap.stretch[1]
        ),
        None,
    )


def _shift_as_json(tree: Tree, schedule: Schedule, shift: Shift) -> object:
    cause = shift.cause
    return {
        "person": shift.person,
        "seat": shift.seat,
        "from": questions.iso(shift.start, schedule.timezone),
        "until": questions.iso(shift.end, schedule.timezone),
        "cause": cause.kind,
        "layer": cause.layer,
        "version": cause.version,
        "turn": cause.turn,
        "instead-of": cause.instead_of,
        "place": _where(tree, cause.place),
        "skipped": [
            {
                "person": skip.person,
                "reason": skip.reason,
                "place": None if skip.place is None else _where(tree, skip.place),
            }
            for skip in cause.skipped
        ],
    }


def _where(tree: Tree, place: Place) -> str:
    from watchbill.source.positions import locate

    position = locate(tree, place)
    return place.file if position is None else f"{place.file}:{position.line}"


def _print(compilation: Compilation, tree: Tree, schedule: Schedule, role: str, shifts: list[Shift]) -> None:
    from watchbill.reports.shift_causes import sentence, skipped
    from watchbill.roster.clock import spell
    from watchbill.text import printable

    title = f"{printable(schedule.name)}/{role}"
    if not shifts:
        click.echo(f"{title}: nobody is on call at {spell(compilation.clock.now, schedule.timezone)}")
    gap = _gap_now(compilation, schedule, role)
    if gap is not None:
        _print_gap(compilation, tree, schedule, gap)
    for shift in shifts:
        start, end = spell(shift.start, schedule.timezone), spell(shift.end, schedule.timezone)
        click.echo(f"{title}: {questions.name_of(compilation, shift.person)} from {start} until {end}")
        click.echo(f"  because {sentence(compilation.model, shift.cause)}")
        click.echo(f"  written in {_where(tree, shift.cause.place)}")
        for skip in shift.cause.skipped:
            place = "" if skip.place is None else f", see {_where(tree, skip.place)}"
            click.echo(f"  passed over: {skipped(compilation.model, skip)}{place}")


def _print_gap(compilation: Compilation, tree: Tree, schedule: Schedule, gap: Gap) -> None:
    """Say what is owed, and why it is not given where the check has found that out."""
    from watchbill.roster.clock import spell
    from watchbill.text import printable

    owed = "coverage is owed" if gap.required == 1 else f"{gap.required} are owed"
    until = spell(gap.stretch[1], schedule.timezone)
    click.echo(f"  GAP until {until}: {owed}, see {_where(tree, gap.requirement)}")
    for located in compilation.findings:
        finding = located.finding
        if finding.rule in _GAP_RULES and finding.place == gap.requirement and _is_now(compilation, finding):
            click.echo(f"  {finding.rule}: {printable(finding.message)}")
            for label in finding.labels:
                click.echo(f"  {printable(label.text)}, see {_where(tree, label.place)}")


def _is_now(compilation: Compilation, finding: Finding) -> bool:
    return finding.stretch is not None and finding.stretch[0] <= compilation.clock.now < finding.stretch[1]
