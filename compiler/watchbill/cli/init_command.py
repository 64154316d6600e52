"""``watchbill init``: writes a small repository to start from, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import click

import watchbill
from watchbill.resources import starter_folder

_MODEST = frozenset({PurePosixPath("README.md"), PurePosixPath(".gitignore")})
"""Files that many folders have already; they are kept as they are."""


class InitError(Exception):
    """A reason why nothing was written, with a way out in ``help``."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.help = way_out


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write a small example repository into FOLDER, to start from.

    Four people, one schedule, a service, an escalation policy, a severity, an incident, and a GitHub workflow that
    checks every change. Nothing that exists is overwritten.
    """
    files = starter_files()
    try:
        written = plant(files, folder)
    except OSError as error:
        raise InitError(
            f"{error.filename or folder}: {error.strerror}",
            "nothing was written; name a folder that can be made or written to",
        ) from error
    for path in written:
        click.echo(f"wrote {folder / path}")
    for path in sorted(files.keys() - set(written)):
        click.echo(f"kept  {folder / path}", err=True)
    click.echo()
    if folder != Path():
        click.echo(f"Next: cd {folder}")
    click.echo("watchbill check    # is anything wrong?")
    click.echo("watchbill who      # who is on call now?")
    click.echo("watchbill build    # write the site, the calendars and the API into build/")


def starter_files() -> dict[PurePosixPath, bytes]:
    """Return the starter repository: path in it to bytes, in order of path.

    Names of hidden files are kept with a ``dot-`` in front, so that no tool that works on Watchbill's own sources
    takes them for its own; ``@VERSION@`` stands for the version of this Watchbill.
    """
    source = starter_folder()
    files: dict[PurePosixPath, bytes] = {}
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        parts = path.relative_to(source).parts
        name = PurePosixPath(*(part.replace("dot-", ".", 1) if part.startswith("dot-") else part for part in parts))
        files[name] = path.read_bytes().replace(b"@VERSION@", watchbill.__version__.encode())
    return files


def plant(files: Mapping[PurePosixPath, bytes], folder: Path) -> list[PurePosixPath]:
    """Write ``files`` into ``folder``, all or none, and return the paths written, in order.

    What stands in the way is named in an ``InitError``; a README and a ``.gitignore`` that exist are kept. A disk that
    is full or read-only raises ``OSError`` and leaves the folder as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise InitError(f"{folder} is a file", "name a folder that is new, empty or without schedules of its own")
    wanted = [path for path in files if not (path in _MODEST and _taken(folder / path))]
    pieces = sorted({_piece(path) for path in wanted})
    obstacles = [str(piece) for piece in pieces if _taken(folder / piece)]
    if obstacles:
        raise InitError(
            f"{folder} has {', '.join(obstacles)} already, and nothing is overwritten",
            "name another folder, or move them away first",
        )
    with _made(folder), _staging(folder) as stage:
        for path in wanted:
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).write_bytes(files[path])
        _move(pieces, stage, folder)
    return sorted(wanted)


def _taken(path: Path) -> bool:
    """Whether something is at ``path``, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def _piece(path: PurePosixPath) -> PurePosixPath:
    """Return what is moved into place in one step: a file of ``.github``, else the topmost folder or file."""
    return path if path.parts[0] == ".github" else PurePosixPath(path.parts[0])


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make ``folder`` and its parents, and remove those made here again if the work inside fails."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in missing:
            path.rmdir()
        raise


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder on the same file system to write into, gone afterwards."""
    stage = Path(tempfile.mkdtemp(prefix=".watchbill-init-", dir=folder))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _move(pieces: list[PurePosixPath], stage: Path, folder: Path) -> None:
    """Move every piece from ``stage`` into ``folder``; if one cannot be moved, take back the others."""
    moved: list[PurePosixPath] = []
    made: list[Path] = []
    try:
        for piece in pieces:
            parents = [parent for parent in (folder / piece).parents if not parent.exists()]
            (folder / piece).parent.mkdir(parents=True, exist_ok=True)
            made.extend(reversed(parents))
            (stage / piece).rename(folder / piece)
            moved.append(piece)
    except BaseException:
        for piece in reversed(moved):
            (folder / piece).rename(stage / piece)
        for parent in reversed(made):
            parent.rmdir()
        raise
