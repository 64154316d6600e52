"""``watchbill fmt``: brings files into the canonical form, or says which are not in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchbill.edit.files import FileChange


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATHS]...")
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change, and exit with 1.")
@click.option("--diff", is_flag=True, help="Print what would change as a diff, and write nothing.")
def fmt(paths: Sequence[Path], check: bool, diff: bool) -> None:
    """Bring YAML files into the canonical form; their data, order and comments stay as they are.

    PATHS are files, folders, or repositories; the current folder if none is given. Exit status: 0 done, 1 a file that
    would change (with --check) or that cannot be read, 2 usage.
    """
    from watchbill.edit.effect import differences
    from watchbill.publish.edited_files import put_in_place
    from watchbill.text import printable

    failed = False
    for path in _files(paths or (Path(),)):
        change, problem = _formatted(path)
        if problem:
            click.echo(f"{printable(str(path))}: {problem}", err=True)
            failed = True
        if change is None:
            continue
        if diff:
            click.echo("\n".join(differences([replace(change, path=str(path))])))
        elif not check:
            put_in_place(path.parent, [change])
        click.echo(f"{'would format' if check or diff else 'formatted'} {printable(str(path))}", err=diff)
        failed = failed or check
    sys.exit(int(failed))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are meant, each once: of a repository those of its three folders, of a folder all."""
    from watchbill.source.tree import FOLDERS

    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [path / name for name in FOLDERS if (path / name).is_dir() and not (path / name).is_symlink()]
            found.update((file, None) for folder in inside or [path] for file in _below(folder))
        elif path.exists() or path.is_symlink():
            found[path] = None
        else:
            raise click.UsageError(f"There is no file or folder {str(path)!a}.")
    yield from found


def _below(folder: Path) -> list[Path]:
    """Return the YAML files below a folder, in order, without following links."""
    found: list[Path] = []
    for inside, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(inside, name) for name in sorted(names) if name.endswith(".yaml") and not name.startswith(".")]
    return found


def _formatted(path: Path) -> tuple[FileChange | None, str]:
    """Return the change of a file, if it is not in the canonical form, and what hinders one."""
    from watchbill.edit.canonical import NoCanonicalFormError, canonical
    from watchbill.edit.files import FileChange
    from watchbill.source.limits import FILE_BYTES
    from watchbill.source.strict_yaml import parse

    if path.is_symlink() or not path.is_file():
        return None, "it is no regular file, so it is left alone"
    if path.suffix != ".yaml":
        return None, "it is no .yaml file, so it is left alone"
    before = path.read_bytes()
    if len(before) > FILE_BYTES:
        return None, f"it is larger than {FILE_BYTES:,} bytes, so it is left alone"
    problems = parse(before)[1]
    if problems:
        mark = problems[0].mark
        return None, f"line {mark.line}, column {mark.column}: {problems[0].message}; it is left alone"
    try:
        after = canonical(before.decode()).encode()
    except NoCanonicalFormError:
        return None, "it is written in a way that cannot be laid out anew without a change of its meaning"
    return (FileChange(path=path.name, before=before, after=after) if after != before else None), ""
