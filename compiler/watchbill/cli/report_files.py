"""Which reports a command writes into which files: ``--report sarif=build/check.sarif``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from watchbill.reports.formats import FORMATS


def chosen(reports: Sequence[str], form: str, output: Path | None, directory: Path) -> dict[Path, str]:
    """Return the format of each file to write. Exits with status 2 if one is unknown, meant twice, or in the way."""
    files: dict[Path, str] = {}
    for written in reports:
        name, equals, file = written.partition("=")
        if not equals or not file:
            raise click.UsageError(f"'{_shown(written)}' names no file. Write FORMAT=FILE, as in sarif=check.sarif.")
        if name not in FORMATS:
            raise click.UsageError(f"There is no format '{_shown(name)}'.{_hint(name)}")
        _add(files, Path(file), name, directory)
    if output is not None:
        _add(files, output, form, directory)
    return files


def _add(files: dict[Path, str], path: Path, form: str, directory: Path) -> None:
    if path in files:
        raise click.UsageError(f"Two reports cannot be written into one file, {_shown(str(path))}.")
    refuse_among_sources(path, directory)
    files[path] = form


def refuse_among_sources(path: Path, directory: Path) -> None:
    """Exit with status 2 if a file to be written lies in one of the folders that are read."""
    from watchbill.source.tree import FOLDERS

    for folder in FOLDERS:
        if path.resolve().is_relative_to((directory / folder).resolve()):
            raise click.UsageError(f"A report cannot lie inside {folder}/, which is read as configuration.")


def _hint(name: str) -> str:
    from watchbill.text import nearest

    guess = nearest(name, FORMATS)
    return f" Did you mean '{guess}'?" if guess else f" Formats: {', '.join(FORMATS)}."


def _shown(text: str) -> str:
    from watchbill.text import printable

    return printable(text)
