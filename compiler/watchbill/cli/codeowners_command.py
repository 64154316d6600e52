"""``watchbill codeowners``: who is asked before a file changes, as a file that GitHub and GitLab read."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, options

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.reports.codeowners import System

_PLACES = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
"""Where each service looks, in its order: it takes the first file that it finds."""

_NEW = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
_MOST_BYTES = 3_000_000
"""GitHub reads no larger file."""


@click.command("codeowners")
@click.argument("directory", type=click.Path(path_type=Path, readable=False), default=".")
@click.option("--write", "action", flag_value="write", help="Write the lines into the file; all others stay.")
@click.option("--check", "action", flag_value="check", help="Exit with 1 if the lines in the file are out of date.")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file; where the service looks for it if not given.",
)
@click.option(
    "--system",
    type=click.Choice(["github", "gitlab"]),
    default="github",
    help="Whose handles are taken, and where the file lies; github if not given.",
)
@options.path_prefix
def codeowners(directory: Path, action: str | None, file: Path | None, system: System, prefix: str) -> None:
    """Print the CODEOWNERS lines for the repository in DIRECTORY: from teams, schedules, overrides and time off.

    Exit status: 0, 1 if the file is out of date or the repository cannot be read whole, 2 usage or a file that cannot
    be used, 70 an internal error.
    """
    from watchbill.reports.codeowners import owners

    compilation = _compiled(directory)
    found = owners(compilation.model, system, prefix)
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if action is None:
        click.echo("".join(f"{line}\n" for line in found.lines), nl=False)
        return
    path = _place(_root(directory, prefix), system) if file is None else file
    (_write if action == "write" else _check)(path, found.lines)


def _compiled(directory: Path) -> Compilation:
    """Compile a repository; exit with status 1 if a part of it is not understood, because its owners would vanish."""
    from watchbill.checks.catalogue import BY_NAME
    from watchbill.findings import Level
    from watchbill.pipeline import compile_tree
    from watchbill.reports import full
    from watchbill.source.tree import DirectoryTree

    compilation = compile_tree(DirectoryTree(directory), now=clock.instant(None, directory))
    families = {name: rule.family for name, rule in BY_NAME.items()}
    unread = [
        located
        for located in compilation.findings
        if located.finding.level is Level.ERROR and families.get(located.finding.rule) in ("reading", "references")
    ]
    if unread:
        click.echo(full.report_of(unread))
        click.echo("The owners of what cannot be read are not known, so nothing was done.", err=True)
        sys.exit(1)
    return compilation


def _root(directory: Path, prefix: str) -> Path:
    """Return the root of the git repository, in which ``directory`` is the folder ``prefix``."""
    folders = [part for part in prefix.split("/") if part not in ("", ".")]
    return Path(os.path.normpath(directory.joinpath(*[".."] * len(folders))))


def _place(root: Path, system: System) -> Path:
    """Return the file that the service reads; a new one where there is none."""
    there = [root / place for place in _PLACES[system] if os.path.lexists(root / place)]
    return there[0] if there else root / _NEW[system]


def _write(path: Path, lines: Sequence[str]) -> None:
    from watchbill.publish.single_file import write_whole
    from watchbill.text import printable

    before = _read(path)
    after = _merged(path, before or "", lines)
    if after == before:
        click.echo(f"{printable(str(path))} is up to date.")
        return
    write_whole(path, after.encode("utf-8", "surrogateescape"))
    click.echo(f"wrote {printable(str(path))}")


def _check(path: Path, lines: Sequence[str]) -> None:
    from difflib import unified_diff

    from watchbill.reports.codeowners import block_of
    from watchbill.reports.terminal import shown

    before = _read(path)
    if before is not None and _merged(path, before, lines) == before:
        click.echo(f"{shown(str(path))} is up to date.")
        return
    changes = unified_diff(block_of(before or ""), lines, "in the file", "from the repository", n=0, lineterm="")
    click.echo("".join(f"{shown(line)}\n" for line in changes), nl=False)
    missing = "is missing" if before is None else "is out of date"
    click.echo(f"{shown(str(path))} {missing}. Run `watchbill codeowners --write`.", err=True)
    sys.exit(1)


def _read(path: Path) -> str | None:
    """Return the text of the file, ``None`` if there is none; exit with status 2 if it is none of ours to read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError:
        if path.is_symlink():
            raise click.UsageError(f"{path} is a link; put the file itself there.") from None
        raise
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor has no path
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise click.UsageError(f"{path} is no file.")
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise click.UsageError(f"{path} is larger than 3 MB, which GitHub does not read.")
    return data.decode("utf-8", "surrogateescape")


def _merged(path: Path, before: str, lines: Sequence[str]) -> str:
    from watchbill.reports.codeowners import MarkerError, with_block

    try:
        return with_block(before, lines)
    except MarkerError as error:
        raise click.UsageError(f"{path} cannot be changed: {error}.") from None
