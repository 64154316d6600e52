"""``watchbill build``: compile a repository and publish everything that is made of it, at once or not at all."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock

if TYPE_CHECKING:
    from watchbill.compilation import Compilation
    from watchbill.feeds.revision import Revision


_LARGE_FEED = 800_000
"""Bytes from which a feed is worth a word: at a million, Google Calendar stops to read it."""

_SHOWN_PROBLEMS = 5


@click.command("build")
@click.argument("directory", type=click.Path(path_type=Path, readable=False), default=".")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder to publish into; DIRECTORY/build if not given."
)
@click.option("--now", "--at", "at", metavar="TIME", help="Build as if it were this instant; now if not given.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="MANIFEST",
    help="feeds-manifest.json of the build before: calendar events that did not change keep their revision.",
)
@click.option(
    "--revision-time",
    metavar="TIME",
    help="The time of this revision, for calendar events that changed; that of the git commit if not given.",
)
@click.option("--even-with-errors", is_flag=True, help="Publish what can be computed although there are errors.")
@click.option("--untrusted", is_flag=True, help="Use the smaller limits meant for pull requests of strangers.")
def build(
    directory: Path,
    out: Path | None,
    at: str | None,
    previous: Path | None,
    revision_time: str | None,
    even_with_errors: bool,
    untrusted: bool,
) -> None:
    """Publish the repository in DIRECTORY: site, calendar feeds, API, pager payloads and report.

    The whole output folder is replaced in one step. With errors in the repository, or a disk that is full, the
    previous output stays as it is.

    Exit status: 0 published, 1 errors in the repository, 2 usage, an unreadable repository or an output folder that
    cannot be written, 70 an internal error.
    """
    from watchbill.findings import Level
    from watchbill.pipeline import compile_tree
    from watchbill.publish.artifacts import artifacts
    from watchbill.publish.tree import publish
    from watchbill.source.limits import UNTRUSTED, Limits
    from watchbill.source.tree import DirectoryTree

    target = _target(directory, out)
    now = clock.instant(at, directory)
    compilation = compile_tree(DirectoryTree(directory), now=now, limits=UNTRUSTED if untrusted else Limits())
    broken = any(located.finding.level is Level.ERROR for located in compilation.findings)
    if broken and not even_with_errors:
        _refuse(compilation)
    files = artifacts(compilation, _revision(compilation, directory, previous, revision_time))
    publish(files, target)
    _say(compilation, files, target)
    sys.exit(int(broken))


def _target(directory: Path, out: Path | None) -> Path:
    """Return the folder to publish into; one among the sources would be read as configuration by the next run."""
    from watchbill.source.tree import FOLDERS

    target = directory / "build" if out is None else out
    for folder in FOLDERS:
        if target.resolve().is_relative_to((directory / folder).resolve()):
            raise click.UsageError(f"The output cannot lie inside {folder}/, which is read as configuration.")
    return target


def _refuse(compilation: Compilation) -> None:
    from watchbill.reports import full

    click.echo(full.render(compilation), nl=False)
    click.echo("Nothing was published; the previous output is as it was.", err=True)
    click.echo("help: mend the errors, or publish in spite of them with --even-with-errors.", err=True)
    sys.exit(1)


def _revision(compilation: Compilation, directory: Path, previous: Path | None, revision_time: str | None) -> Revision:
    from watchbill.feeds.revision import ManifestError, Revision, read_manifest
    from watchbill.source.git_commands import commit_time

    if revision_time is not None:
        time = clock.instant(revision_time, directory)
    else:
        committed = commit_time(directory)
        time = compilation.clock.now if committed is None else committed
    try:
        return Revision(time=time, previous={} if previous is None else read_manifest(previous.read_bytes()))
    except ManifestError as error:
        raise click.UsageError(
            f"{previous} cannot be used as the previous manifest: {error}. "
            "Give the feeds-manifest.json of an earlier build, or leave --previous out."
        ) from None


def _say(compilation: Compilation, files: Mapping[str, bytes], target: Path) -> None:
    from watchbill.reports.summary import summary
    from watchbill.roster.clock import spell
    from watchbill.text import printable

    feeds = {path: data for path, data in files.items() if path.endswith(".ics")}
    pages = sum(path.endswith(".html") for path in files)
    documents = sum(path.startswith("site/api/") for path in files)
    lines = (
        ("site", f"{pages} pages, {len(feeds)} calendar feeds, {documents} API documents"),
        ("providers", "payloads for the pager service"),
        ("reports", "the findings as JSON"),
    )
    site = printable(str(target / "site"))
    click.echo(summary(compilation))
    click.echo(
        f"Published into {printable(str(target))} as of {spell(compilation.clock.now, compilation.clock.timezone)}:"
    )
    for folder, what in lines:
        inside = [data for path, data in files.items() if path.startswith(f"{folder}/")]
        if inside:
            number = "1 file" if len(inside) == 1 else f"{len(inside):,} files"
            size = f"{number}, {_size(sum(map(len, inside)))}"
            click.echo(f"  {folder:<10} {size:<20} {what}")
    click.echo(f"Open {site}/index.html, or run: python3 -m http.server --directory {shlex.quote(site)}")
    _warn(files, feeds)


def _warn(files: Mapping[str, bytes], feeds: Mapping[str, bytes]) -> None:
    from watchbill.text import printable

    for path, data in sorted(feeds.items()):
        if len(data) > _LARGE_FEED:
            click.echo(f"note: {path} has {_size(len(data))}; Google Calendar takes at most 1 MB.", err=True)
    for path, data in sorted(files.items()):
        if path.startswith("providers/") and path.endswith("/report.json"):
            problems = json.loads(data)["problems"]
            for problem in problems[:_SHOWN_PROBLEMS]:
                click.echo(f"note: {path}: {printable(problem['message'])}. {problem['help']}", err=True)
            if len(problems) > _SHOWN_PROBLEMS:
                click.echo(f"note: {path} names {len(problems) - _SHOWN_PROBLEMS} more problems.", err=True)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} kB"
