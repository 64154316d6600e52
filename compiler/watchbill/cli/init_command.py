"""``watchbill init``: writes a small repository to start from, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import click

import watchbill
from watchbill.resources import starter_folder

PROFILES = ("small", "medium", "large")
"""Sizes of an organisation, with limits that fit: up to 10 people, up to 50, more."""

_MODEST = frozenset({PurePosixPath("README.md"), PurePosixPath(".gitignore"), PurePosixPath(".editorconfig")})
"""Files that many folders have already; they are kept as they are, and so is what is in ``.vscode``."""

_SHARED = frozenset({".github", ".vscode"})
"""Folders that many have already: files are added to them one by one."""

_NO_NAME = re.compile(r"rosters?|rotas?|on|call|oncall|watchbill|schedules?")
"""Words of a folder's name that name no organisation."""

PIPELINES = {"github": ".github", "gitlab": ".gitlab-ci.yml", "none": ""}
"""Where the pipelines of each service lie, by its name."""


class InitError(Exception):
    """A reason why nothing was written, with a way out in ``help``."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.help = way_out


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default="small",
    help="The size of the organisation: up to 10 people on call, up to 50, or more; small if not given.",
)
@click.option(
    "--pipelines",
    type=click.Choice(list(PIPELINES)),
    default="github",
    help="The service whose pipelines are written; github if not given.",
)
@click.option("--name", help="The name of the organisation; made of the name of the folder if not given.")
@click.option("--timezone", metavar="ZONE", help="Its time zone; that of this machine if not given.")
def init(folder: Path, profile: str, pipelines: str, name: str | None, timezone: str | None) -> None:
    """Write a small example repository into FOLDER, to start from.

    People, rosters, services, escalation, an incident and scenarios that compile without a finding, pipelines that
    check every change and publish the main branch, and settings for editors. Nothing that exists is overwritten.
    """
    files = starter_files(pipelines, profile, _name(folder, name), _zone(timezone))
    try:
        written = plant(files, folder)
    except OSError as error:
        raise InitError(
            f"{error.filename or folder}: {error.strerror}",
            "nothing was written; name a folder that can be made or written to",
        ) from error
    _tell(folder, sorted(files), written)


def _tell(folder: Path, files: list[PurePosixPath], written: list[PurePosixPath]) -> None:
    from watchbill.model.editor_settings import SCHEMA_FOLDER

    schemas = [path for path in written if path.is_relative_to(SCHEMA_FOLDER)]
    for path in written:
        if path not in schemas:
            click.echo(f"wrote {folder / path}")
    if schemas:
        click.echo(f"wrote {folder / SCHEMA_FOLDER} ({len(schemas)} schemas for editors)")
    for path in (path for path in files if path not in set(written)):
        click.echo(f"kept  {folder / path}", err=True)
    click.echo()
    if folder != Path():
        click.echo(f"Next: cd {folder}")
    click.echo("watchbill check    # is anything wrong?")
    click.echo("watchbill who      # who is on call now?")
    click.echo("watchbill test     # does what was promised hold?")
    click.echo("watchbill build    # write the site, the calendars and the API into build/")


def _name(folder: Path, name: str | None) -> str:
    """Return the name of the organisation: as given, else made of the folder's name."""
    from watchbill.source.plain_scalars import value_of

    if name is not None:
        plain = re.fullmatch(r"[^\W\d_][\w &.'-]{0,99}", name) and not name.endswith((" ", "."))
        if not plain or not isinstance(value_of(name), str):
            raise click.UsageError(
                "A name here has letters, digits, blanks and & . ' - alone; change it in policies/organization.yaml."
            )
        return name
    words = re.findall(r"[A-Za-z][A-Za-z0-9]*", folder.resolve().name)
    named = [word for word in words if not _NO_NAME.fullmatch(word.lower())]
    return " ".join(word[0].upper() + word[1:] for word in named)[:99] or "Example"


def _zone(name: str | None) -> str:
    """Return the zone of the organisation: as given, else that of this machine by name, else UTC."""
    from watchbill import timezones
    from watchbill.text import nearest

    known = timezones.names()
    if name is not None:
        if name not in known:
            guess = nearest(name, known)
            hint = f" Did you mean {guess!r}?" if guess else " Write it like Europe/Berlin, or UTC."
            raise click.UsageError(f"There is no time zone {name!a}.{hint}")
        return name
    link = Path("/etc/localtime")
    linked = os.path.realpath(link).partition("zoneinfo/")[2] if link.is_symlink() else ""
    return next((zone for zone in (os.environ.get("TZ", "").lstrip(":"), linked) if zone in known), "UTC")


def starter_files(
    pipelines: str = "github", profile: str = "small", name: str = "Example", timezone: str = "UTC"
) -> dict[PurePosixPath, bytes]:
    """Return the starter repository: path in it to bytes, in order of path.

    Names of hidden files are kept with a ``dot-`` in front, so that no tool that works on Watchbill's own sources
    takes them for its own; ``@VERSION@`` stands for the version of this Watchbill, ``organization@name`` and
    ``organization@timezone`` for those of the organisation. What only a profile has lies in ``profiles/<profile>``;
    ``pipelines`` is one of ``PIPELINES``.
    """
    source = starter_folder()
    own = source / "profiles" / profile
    words = {b"@VERSION@": watchbill.__version__, b"organization@name": name, b"organization@timezone": timezone}
    others = {where for service, where in PIPELINES.items() if service != pipelines}
    files = _editor_files()
    for path in (path for path in source.rglob("*") if path.is_file()):
        if path.is_relative_to(source / "profiles") and not path.is_relative_to(own):
            continue
        target = _in_repository(path.relative_to(own if path.is_relative_to(own) else source))
        if target.parts[0] not in others:
            files[target] = _filled(path.read_bytes(), words)
    return dict(sorted(files.items()))


def _in_repository(path: Path) -> PurePosixPath:
    """Return where a file of the starter lies in a repository."""
    return PurePosixPath(*(part.replace("dot-", ".", 1) if part.startswith("dot-") else part for part in path.parts))


def _filled(content: bytes, words: Mapping[bytes, str]) -> bytes:
    for word, value in words.items():
        content = content.replace(word, value.encode())
    return content


def _editor_files() -> dict[PurePosixPath, bytes]:
    """Return what editors need: which schema is for which file, and the schemas."""
    from watchbill.cli.schema_command import schema_of
    from watchbill.model.editor_settings import EXTENSIONS, SCHEMA_FOLDER, editor_settings, schema_files

    documents: dict[str, object] = {
        ".vscode/settings.json": editor_settings(),
        ".vscode/extensions.json": EXTENSIONS,
        **{f"{SCHEMA_FOLDER}/{name}": schema_of(kind.name, whole) for name, kind, whole in schema_files()},
    }
    return {
        PurePosixPath(path): f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
        for path, document in documents.items()
    }


def plant(files: Mapping[PurePosixPath, bytes], folder: Path) -> list[PurePosixPath]:
    """Write ``files`` into ``folder``, all or none, and return the paths written, in order.

    What stands in the way is named in an ``InitError``; a README and a ``.gitignore`` that exist are kept. A disk that
    is full or read-only raises ``OSError`` and leaves the folder as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise InitError(f"{folder} is a file", "name a folder that is new, empty or without schedules of its own")
    wanted = [path for path in files if not (_is_modest(path) and _taken(folder / path))]
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


def _is_modest(path: PurePosixPath) -> bool:
    return path in _MODEST or path.parts[0] == ".vscode"


def _taken(path: Path) -> bool:
    """Whether something is at ``path``, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def _piece(path: PurePosixPath) -> PurePosixPath:
    """Return what is moved into place in one step: a file of a shared folder, else the topmost folder or file."""
    return path if path.parts[0] in _SHARED else PurePosixPath(path.parts[0])


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
