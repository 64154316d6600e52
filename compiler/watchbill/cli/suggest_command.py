"""``watchbill suggest cover``: who could take over the shifts of a person, and the override to paste."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, questions

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.insight.prospects import ShiftToCover
    from watchbill.intervals import Stretch
    from watchbill.reports.cover import Proposal

_LONGEST = 366 * questions.ONE_DAY
_FARTHEST = 2 * _LONGEST


@click.group("suggest")
def suggest() -> None:
    """Suggest who could take over the shifts of a person."""


@suggest.command("cover")
@click.argument("who", metavar="PERSON")
@click.option("--from", "start", required=True, metavar="TIME", help="The first instant that must be covered.")
@click.option("--until", "end", required=True, metavar="TIME", help="The instant from which PERSON is back.")
@click.option("--schedule", "schedule", metavar="SCHEDULE", help="Only the shifts of one schedule.")
@click.option("--role", "role", metavar="ROLE", help="Only the shifts of one role.")
@questions.asking
def cover(
    who: str,
    start: str,
    end: str,
    schedule: str | None,
    role: str | None,
    directory: Path,
    at: str | None,
    form: str,
) -> None:
    """Rank who could take over the shifts of PERSON.

    Each choice is compiled and judged by the rules. A date without a time is its midnight, in the zone of the
    organisation.
    """
    now = clock.instant(at, directory)
    asked = stretch_asked(start, end, now, directory)
    compilation = questions.compiled_at(directory, now, (around(asked),))
    person = questions.person(compilation, who)
    schedule_id = None if schedule is None else questions.schedule(compilation, schedule)
    if role is not None:
        _check_role(compilation, schedule_id, role)
    shifts = shifts_to_cover(compilation, person, asked, schedule_id, role)
    proposal = _proposal(directory, compilation, person, shifts)
    if form == "json":
        questions.print_json(_as_json(compilation, person, asked, shifts, proposal))
    else:
        _print(compilation, person, asked, shifts, proposal)


def around(asked: Stretch) -> Stretch:
    """Return the stretch that fairness looks at."""
    from watchbill.planning.cover_choices import AROUND
    from watchbill.roster.clock import END_OF_TIME, START_OF_TIME

    return max(asked[0] - AROUND, START_OF_TIME), min(asked[1] + AROUND, END_OF_TIME)


def shifts_to_cover(
    compilation: Compilation, person: str, asked: Stretch, schedule: str | None, role: str | None
) -> list[ShiftToCover]:
    """Return what a person holds in a stretch, with who could take it over."""
    from watchbill.planning.cover import MOST_SHIFTS, covers, held_by
    from watchbill.planning.judging import Judging

    (first, last), published, clock_of = around(asked), compilation.horizon, compilation.clock
    horizon = min(first, published[0]), max(last, published[1])
    judging = Judging(compilation.model, now=clock_of.now, horizon=horizon, timezone=clock_of.timezone)
    number = len(held_by(judging.base, person, asked, schedule, role))
    if number > MOST_SHIFTS:
        raise click.UsageError(
            f"{person} holds {number} shifts in this time, and {MOST_SHIFTS} are looked at. Ask for a shorter time."
        )
    return covers(judging, person, asked, schedule, role)


def stretch_asked(start: str, end: str, now: int, directory: Path) -> Stretch:
    """Return the stretch that is asked about, less what is over."""
    first, last = clock.instant(start, directory), clock.instant(end, directory)
    if first >= last:
        raise click.UsageError("--until is not after --from. A date is its midnight: for a whole day, name the next.")
    if last <= now:
        raise click.UsageError("This time is over, and the past cannot be covered any more.")
    if last - max(first, now) > _LONGEST:
        raise click.UsageError("This is more than a year. Ask for a shorter time.")
    if last - now > _FARTHEST:
        raise click.UsageError("This is more than two years ahead. Ask for an earlier time.")
    return max(first, now), last


def _check_role(compilation: Compilation, schedule: str | None, role: str) -> None:
    from watchbill.text import nearest, printable

    schedules = compilation.model.schedules
    known = {each.id for name in ([schedule] if schedule is not None else schedules) for each in schedules[name].roles}
    if role not in known:
        guess = nearest(role, known)
        hint = f" Did you mean {guess!r}?" if guess else f" Known: {', '.join(sorted(known)) or 'none'}."
        where = f" of {schedule}" if schedule is not None else ""
        raise click.UsageError(f"No role{where} is called '{printable(role)}'.{hint}")


def _proposal(directory: Path, compilation: Compilation, person: str, shifts: list[ShiftToCover]) -> Proposal | None:
    """Return the file that gives each shift to the first choice, tried on the repository itself."""
    from watchbill.planning.cover_choices import overrides_of
    from watchbill.reports.cover import Proposal
    from watchbill.reports.override_text import file_name, written
    from watchbill.source.limits import Limits
    from watchbill.source.tree import DirectoryTree

    overrides = [
        override for shift in shifts if shift.best for override in overrides_of(shift, person, shift.best.person)
    ]
    if not overrides:
        return None
    file = file_name(overrides, person, DirectoryTree(directory).list(Limits().files).files)
    text = written(overrides)
    return Proposal(file=file, text=text, problem=_problem(directory, compilation, file, text, shifts))


def _problem(directory: Path, compilation: Compilation, file: str, text: str, shifts: list[ShiftToCover]) -> str:
    """Compile the repository with the file in it; return what is wrong then, or nothing."""
    from watchbill.pipeline import compile_tree
    from watchbill.source.overlay import Overlay
    from watchbill.source.tree import DirectoryTree

    tree = Overlay({file: text.encode()}, DirectoryTree(directory))
    whole = shifts[0].stretch[0], max(shift.stretch[1] for shift in shifts)
    tried = compile_tree(tree, now=compilation.clock.now, demanded=(whole,))
    own = next((each.finding.message for each in tried.findings if each.finding.place.file == file), None)
    if own is not None:
        return own
    for shift in shifts:
        best = shift.best
        timeline = tried.rosters[shift.schedule].timelines[shift.role]
        if best is not None and not all(
            best.person in {held.person for held in timeline.at(instant)}
            for start, end in shift.pieces
            for instant in (start, end - 1)
        ):
            return f"{best.person} would not hold all of {shift.schedule}/{shift.role}"
    return ""


def _as_json(
    compilation: Compilation, person: str, asked: Stretch, shifts: list[ShiftToCover], proposal: Proposal | None
) -> object:
    from watchbill.reports.cover import as_data

    zone_name = compilation.clock.timezone
    override = None
    if proposal is not None:
        override = {"file": proposal.file, "text": proposal.text, "problem": proposal.problem or None}
    return {
        "version": 1,
        "at": questions.iso(compilation.clock.now, zone_name),
        "tzdata": compilation.tools.tzdata,
        "person": person,
        "from": questions.iso(asked[0], zone_name),
        "until": questions.iso(asked[1], zone_name),
        "shifts": as_data(compilation.model, shifts, questions.iso),
        "override": override,
    }


def _print(
    compilation: Compilation, person: str, asked: Stretch, shifts: list[ShiftToCover], proposal: Proposal | None
) -> None:
    from watchbill.checks.wording import spell_stretch
    from watchbill.reports.cover import text

    if shifts:
        click.echo(text(compilation.model, person, shifts, proposal), nl=False)
        return
    name = questions.name_of(compilation, person)
    click.echo(f"{name} holds no shift {spell_stretch(asked, compilation.clock.timezone)}; there is nothing to cover.")
