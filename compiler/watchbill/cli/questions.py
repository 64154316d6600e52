"""What the commands that answer questions about a roster share: their options, and the compile behind them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from watchbill.cli import clock

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.insight.subjects import Subject
    from watchbill.intervals import Stretch

Decorated = TypeVar("Decorated", bound=Callable[..., object])

ONE_DAY = 86_400


def asking(function: Decorated) -> Decorated:
    """Add the options of every question: the repository, the instant, and the format of the answer."""
    options = (
        click.option(
            "-C",
            "--directory",
            type=click.Path(path_type=Path, readable=False),
            default=".",
            help="The repository to read; the current folder if not given.",
        ),
        click.option("--at", "--now", "at", metavar="TIME", help="The instant asked about; now if not given."),
        click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the answer is written."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def compiled(directory: Path, at: str | None) -> Compilation:
    """Compile a repository for an instant; the horizon lies around it, so every instant can be asked about."""
    return compiled_at(directory, clock.instant(at, directory))


def compiled_at(directory: Path, now: int, demanded: tuple[Stretch, ...] = ()) -> Compilation:
    """Compile a repository for an instant in UTC seconds; ``demanded`` are stretches beyond the published horizon."""
    from watchbill.pipeline import compile_tree
    from watchbill.source.tree import DirectoryTree

    compilation = compile_tree(DirectoryTree(directory), now=now, demanded=demanded)
    errors = sum(located.finding.level.value == "error" for located in compilation.findings)
    if errors:
        words = "1 error" if errors == 1 else f"{errors} errors"
        click.echo(f"This repository has {words}; the answer is what can be read. Run `watchbill check`.", err=True)
    return compilation


def subject(compilation: Compilation, word: str | None) -> Subject:
    """Return what a word names; exit with a suggestion if nothing has that id."""
    from watchbill.insight.subjects import subject_names, subject_of
    from watchbill.text import nearest, printable

    found = subject_of(compilation.model, word)
    if found is None:
        names = subject_names(compilation.model)
        guess = nearest(word or "", names)
        hint = f" Did you mean {guess!r}?" if guess else f" Known: {', '.join(names) or 'none'}."
        raise click.UsageError(f"No schedule, service or team is called '{printable(word or '')}'.{hint}")
    return found


def schedule(compilation: Compilation, word: str) -> str:
    """Return the id of a schedule that has a roster; exit with a suggestion if there is none."""
    from watchbill.text import nearest, printable

    schedules = compilation.model.schedules
    if word in schedules:
        if word in compilation.rosters:
            return word
        raise click.UsageError(f"The roster of {word} cannot be computed. Run `watchbill check`.")
    if ("schedule", word) in compilation.model.broken:
        raise click.UsageError(f"The schedule '{printable(word)}' cannot be understood. Run `watchbill check`.")
    guess = nearest(word, schedules)
    service = compilation.model.services.get(word)
    if service is not None and service.schedule in schedules:
        hint = f" The service of that name is watched by {service.schedule!r}."
    else:
        hint = f" Did you mean {guess!r}?" if guess else f" Known: {', '.join(sorted(schedules)) or 'none'}."
    raise click.UsageError(f"No schedule is called '{printable(word)}'.{hint}")


def team(compilation: Compilation, word: str) -> str:
    """Return the id of a team; exit with a suggestion if there is none."""
    from watchbill.text import nearest, printable

    teams = compilation.model.teams
    if word in teams:
        return word
    guess = nearest(word, teams)
    hint = f" Did you mean {guess!r}?" if guess else f" Known: {', '.join(sorted(teams)) or 'none'}."
    raise click.UsageError(f"No team is called '{printable(word)}'.{hint}")


def person(compilation: Compilation, word: str) -> str:
    """Return the id of a person, by id or exact name; exit with a suggestion if there is none."""
    from watchbill.text import nearest, printable

    people = compilation.model.people
    if word in people:
        return word
    by_name = [found.id for found in people.values() if found.name == word]
    if len(by_name) == 1:
        return by_name[0]
    guess = nearest(word, people)
    hint = f" Did you mean {guess!r}?" if guess else ""
    raise click.UsageError(f"No person is called '{printable(word)}'.{hint}")


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
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
