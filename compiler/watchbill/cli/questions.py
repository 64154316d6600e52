"""What the commands that answer questions about a roster share: their options, and the compile behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, options
from watchbill.cli.options import Decorated

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.insight.subjects import Subject
    from watchbill.intervals import Stretch
    from watchbill.source.tree import Tree

ONE_DAY = 86_400
_SHOWN = 8
"""How many known names a message lists."""


def asking(function: Decorated) -> Decorated:
    """Add the options of every question: the repository, the instant, and the format of the answer."""
    return options.added(
        function,
        options.directory(),
        click.option("--at", "--now", "at", metavar="TIME", help="The instant asked about; now if not given."),
        click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the answer is written."
        ),
    )


def of_any_commit(function: Decorated) -> Decorated:
    """Add the option to ask about a commit instead of the folder."""
    return click.option(
        "--as-of", "revision", metavar="REV", help="Ask this commit, at its own time unless --at says another."
    )(function)


@contextmanager
def tree_of(directory: Path, revision: str | None) -> Iterator[Tree]:
    """Open the tree that is asked: the folder, or a commit of its repository."""
    if revision is None:
        from watchbill.source.tree import DirectoryTree

        yield DirectoryTree(directory)
        return
    from watchbill.source.git_tree import GitTree

    with GitTree(directory, revision) as tree:
        yield tree


def instant_of(directory: Path, at: str | None, revision: str | None) -> int:
    """Return the instant that is asked about in UTC seconds: as written, else the commit's own time, else now."""
    if revision is None or at is not None:
        return clock.instant(at, directory)
    from watchbill.source.git_commands import commit_of, commit_time

    committed = commit_time(directory, commit_of(directory, revision))
    return clock.instant(None, directory) if committed is None else committed


def compiled(directory: Path, at: str | None, revision: str | None = None) -> Compilation:
    """Compile a repository for an instant; the horizon lies around it, so every instant can be asked about."""
    with tree_of(directory, revision) as tree:
        return compiled_tree(tree, instant_of(directory, at, revision))


def compiled_at(directory: Path, now: int, demanded: tuple[Stretch, ...] = ()) -> Compilation:
    """Compile a repository for an instant in UTC seconds; ``demanded`` are stretches beyond the published horizon."""
    from watchbill.source.tree import DirectoryTree

    return compiled_tree(DirectoryTree(directory), now, demanded)


def compiled_tree(tree: Tree, now: int, demanded: tuple[Stretch, ...] = ()) -> Compilation:
    """Compile a tree, and say on standard error if it has errors."""
    from watchbill.pipeline import compile_tree

    compilation = compile_tree(tree, now=now, demanded=demanded)
    errors = sum(located.finding.level.value == "error" for located in compilation.findings)
    if errors:
        words = "1 error" if errors == 1 else f"{errors} errors"
        click.echo(f"This repository has {words}; the answer is what can be read. Run `watchbill check`.", err=True)
    return compilation


def meant(word: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: the known one that was probably meant, else some of them."""
    from watchbill.text import nearest

    names = sorted(known)
    guess = nearest(word, names)
    if guess is not None:
        return f" Did you mean {guess!r}?"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f" Known: {', '.join(names[:_SHOWN]) or 'none'}{more}."


def subject(compilation: Compilation, word: str | None) -> Subject:
    """Return what a word names; exit with a suggestion if nothing has that id."""
    from watchbill.insight.subjects import subject_names, subject_of
    from watchbill.text import printable

    found = subject_of(compilation.model, word)
    if found is None:
        if word in compilation.model.people:
            raise click.UsageError(f"'{word}' is a person: ask `watchbill shifts {word}`.")
        hint = meant(word or "", subject_names(compilation.model))
        raise click.UsageError(f"No schedule, service or team is called '{printable(word or '')}'.{hint}")
    return found


def schedule(compilation: Compilation, word: str) -> str:
    """Return the id of a schedule that has a roster; exit with a suggestion if there is none."""
    from watchbill.text import printable

    schedules = compilation.model.schedules
    if word in schedules:
        if word in compilation.rosters:
            return word
        raise click.UsageError(f"The roster of {word} cannot be computed. Run `watchbill check`.")
    if ("schedule", word) in compilation.model.broken:
        raise click.UsageError(f"The schedule '{printable(word)}' cannot be understood. Run `watchbill check`.")
    service = compilation.model.services.get(word)
    if service is not None and service.schedule in schedules:
        hint = f" The service of that name is watched by {service.schedule!r}."
    else:
        hint = meant(word, schedules)
    raise click.UsageError(f"No schedule is called '{printable(word)}'.{hint}")


def team(compilation: Compilation, word: str) -> str:
    """Return the id of a team; exit with a suggestion if there is none."""
    from watchbill.text import printable

    teams = compilation.model.teams
    if word in teams:
        return word
    raise click.UsageError(f"No team is called '{printable(word)}'.{meant(word, teams)}")


def person(compilation: Compilation, word: str) -> str:
    """Return the id of a person, by id or exact name; exit with a suggestion if there is none."""
    from watchbill.text import printable

    people = compilation.model.people
    if word in people:
        return word
    by_name = [found.id for found in people.values() if found.name == word]
    if len(by_name) == 1:
        return by_name[0]
    if not compilation.model.broken.isdisjoint({("person", word), ("person", "*")}):
        raise click.UsageError(f"The person '{printable(word)}' cannot be understood. Run `watchbill check`.")
    raise click.UsageError(f"No person is called '{printable(word)}'.{meant(word, people)}")


def name_of(compilation: Compilation, person_id: str) -> str:
    """Return how a person is shown: name and id, fit for a terminal."""
    from watchbill.text import printable

    known = compilation.model.people.get(person_id)
    return f"{printable(known.name)} ({person_id})" if known is not None else person_id


def names_of(compilation: Compilation, people: Iterable[str]) -> str:
    """Return several people as text; ``nobody`` if there are none."""
    return ", ".join(name_of(compilation, person_id) for person_id in people) or "nobody"


def iso(instant: int, zone_name: str) -> str:
    """Return an instant as ISO 8601 local time with its offset."""
    from watchbill.roster.clock import spell_offset, zone

    local = zone(zone_name).local(instant)
    hours, rest = divmod(local.seconds, 3600)
    return f"{local.day}T{hours:02}:{rest // 60:02}:{rest % 60:02}{spell_offset(local.offset)}"


def print_json(value: object) -> None:
    """Print a value as JSON, the same bytes for the same value."""
    from watchbill.reports.json_text import written

    click.echo(written(value, ascii_only=False), nl=False)
