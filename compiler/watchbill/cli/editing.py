"""What the commands that edit a roster share: their options, the compile before and after, the refusal, the writing."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, options, questions
from watchbill.cli.options import Decorated

if TYPE_CHECKING:
    from watchbill.compilation import Compilation, LocatedFinding
    from watchbill.edit.effect import Track
    from watchbill.edit.files import FileChange, Files
    from watchbill.intervals import Stretch
    from watchbill.source.tree import Tree

REFUSED = 1
_MOST_SHOWN = 10
_FARTHEST = 2 * 366 * 86_400


class RefusedError(click.ClickException):
    """A reason why nothing is written; the exit status is that of wrong usage."""

    exit_code = 2


def editing(function: Decorated) -> Decorated:
    """Add the options of every command that edits: the repository, the instant, and whether to write."""
    return options.added(
        function,
        options.directory("edit"),
        click.option("--now", "--at", "at", metavar="TIME", help="Edit as if it were this instant; now if not given."),
        click.option("--dry-run", is_flag=True, help="Print what would change as a diff, and write nothing."),
    )


class Edit:
    """One edit of a repository: what it is before, the files in work, and what is told at the end.

    ``concerned`` are roles whose next handoffs are shown even if they do not move; ``notes`` are lines for people.
    ``void`` are rules whose warnings about the edited files refuse the edit too, because it would do nothing.
    ``asked`` are stretches beyond the published horizon that the edit is about, which begins ``around`` an instant.
    """

    def __init__(self, directory: Path, at: str | None, *, dry_run: bool) -> None:
        from watchbill.edit.files import Files
        from watchbill.source.limits import Limits
        from watchbill.source.tree import DirectoryTree

        self.now = clock.instant(at, directory)
        self.directory, self.dry_run = directory, dry_run
        self._tree = DirectoryTree(directory)
        self.asked: list[Stretch] = []
        self.around = self.now
        self.before = self._compiled(self._tree)
        self.files: Files = Files(self._tree, Limits().files)
        self.concerned: list[Track] = []
        self.notes: list[str] = []
        self.void: frozenset[str] = frozenset()

    def look_at(self, stretch: Stretch | None) -> None:
        """Let a stretch be compiled too, if it reaches beyond the published horizon and is not too far away."""
        if stretch is None:
            return
        first, last = self.before.horizon
        low, high = max(stretch[0], self.now), min(stretch[1], self.now + _FARTHEST)
        self.around = low
        if low < high and (low < first or last < high):
            self.asked.append((low, high))
            self.before = self._compiled(self._tree)

    def person(self, word: str) -> str:
        """Return the id of a person, by id or exact name."""
        return questions.person(self.before, word)

    def team(self, word: str) -> str:
        """Return the id of a team."""
        return questions.team(self.before, word)

    def zone_of(self, person: str) -> str:
        """Return the zone in which the days of a person are counted."""
        known = self.before.model.people[person]
        return known.timezone or self.before.clock.timezone

    def zone_of_schedule(self, schedule: str) -> str:
        """Return the zone in which the days of a schedule are counted."""
        return self.before.model.schedules[schedule].timezone

    def track(self, schedule: str, role: str | None) -> Track:
        """Return the schedule and the role that are meant; without a role, primary or the only one."""
        from watchbill.text import nearest, printable

        name = questions.schedule(self.before, schedule)
        roles = [each.id for each in self.before.model.schedules[name].roles]
        if role in roles:
            return name, role
        known = ", ".join(roles)
        if role is not None:
            guess = nearest(role, roles)
            hint = f" Did you mean {guess!r}?" if guess else f" Known: {known}."
            raise click.UsageError(f"No role of {name} is called '{printable(role)}'.{hint}")
        if "primary" not in roles and len(roles) != 1:
            raise click.UsageError(f"{name} has several roles. Name one with --role: {known}.")
        return name, "primary" if "primary" in roles else roles[0]

    def finish(self) -> None:
        """Show what the edit does, and write it. Exits with status 1 if the rules refuse it; then nothing changes."""
        changes = self.files.changes()
        if not changes:
            click.echo("\n".join([*self.notes, "There is nothing to change."]))
            return
        after = self.tried(changes)
        self._refuse(after, {change.path for change in changes})
        if self.dry_run:
            self._diff(changes)
        self._tell(after)
        if self.dry_run:
            click.echo("\nNothing was written, because of --dry-run.")
            return
        from watchbill.publish.edited_files import put_in_place

        put_in_place(self.directory, changes)
        click.echo()
        for change in changes:
            click.echo(f"{'wrote' if change.before is None else 'changed'} {change.path}")

    def tried(self, changes: Iterable[FileChange]) -> Compilation:
        """Compile the repository as it would be."""
        from watchbill.source.overlay import Overlay

        return self._compiled(Overlay({change.path: change.after for change in changes}, self._tree))

    def _compiled(self, tree: Tree) -> Compilation:
        from watchbill.pipeline import compile_tree

        return compile_tree(tree, now=self.now, demanded=tuple(self.asked))

    def _diff(self, changes: Iterable[FileChange]) -> None:
        from watchbill.edit.effect import differences

        for line in differences(changes):
            click.echo(line)
        click.echo()

    def _tell(self, after: Compilation) -> None:
        from watchbill.edit.effect import effect

        for note in self.notes:
            click.echo(note)
        for line in effect(self.before, after, self.concerned, self.around):
            click.echo(line)

    def _refuse(self, after: Compilation, edited: Collection[str]) -> None:
        """Exit if the edit brings an error or would do nothing; tell what else it brings."""
        from watchbill.change.compare import compare
        from watchbill.findings import Level
        from watchbill.reports.concise import line
        from watchbill.reports.full import report_of

        new = compare(self.before, after).findings.new
        errors = [
            located
            for located in new
            if located.finding.level is Level.ERROR
            or (located.finding.rule in self.void and located.finding.place.file in edited)
        ]
        others = [located for located in new if located.finding.level is Level.WARNING]
        if errors:
            click.echo(report_of(errors[:_MOST_SHOWN]), err=True)
            more = len(errors) - _MOST_SHOWN
            click.echo(f"\n{_refusal(errors)}" + (f" {more} more are not shown." if more > 0 else ""), err=True)
            sys.exit(REFUSED)
        for located in others[:_MOST_SHOWN]:
            click.echo(line(located), err=True)
        if len(others) > _MOST_SHOWN:
            click.echo(f"and {len(others) - _MOST_SHOWN} more warnings; `watchbill check` lists all", err=True)
        if others:
            click.echo(err=True)


def _refusal(errors: list[LocatedFinding]) -> str:
    from watchbill.findings import Level

    rules = ", ".join(dict.fromkeys(located.finding.rule for located in errors))
    if not any(located.finding.level is Level.ERROR for located in errors):
        return f"Nothing was written: the change would do nothing ({rules})."
    return f"Nothing was written: the change would bring {'an error' if len(errors) == 1 else 'errors'} ({rules})."


@contextmanager
def in_place() -> Iterator[None]:
    """Turn a reason why an edit cannot be made into a message. Exits with status 2."""
    from watchbill.edit.refusals import EditRefusedError
    from watchbill.text import printable

    try:
        yield
    except EditRefusedError as error:
        way_out = f"\nhelp: {printable(error.help)}" if error.help else ""
        raise RefusedError(f"{printable(str(error))}. Nothing was written.{way_out}") from error
