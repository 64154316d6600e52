"""``watchbill check``: compile a repository and print what is wrong with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock, known_findings, options, report_files
from watchbill.reports.formats import FORMATS

if TYPE_CHECKING:
    from watchbill.compilation import Compilation

_GRAVITY = {"info": 0, "warning": 1, "error": 2}


@click.command("check")
@click.argument("directory", type=click.Path(path_type=Path, readable=False), default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    help="How findings are printed; full if not given.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file instead of the standard output, whole or not at all.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write one more report, such as sarif=build/check.sarif; may be given several times.",
)
@options.path_prefix
@click.option("--now", "--at", "at", metavar="TIME", help="Judge as if it were this instant; now if not given.")
@click.option("--untrusted", is_flag=True, help="Use the smaller limits meant for pull requests of strangers.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    help="The lowest level that makes the exit status 1; error if not given.",
)
@known_findings.options
def check(
    directory: Path,
    form: str,
    output: Path | None,
    reports: tuple[str, ...],
    prefix: str,
    at: str | None,
    untrusted: bool,
    fail_on: str,
    new_from: str | None,
    as_named: bool,
    baseline: Path | None,
    write_baseline: Path | None,
) -> None:
    """Check the repository in DIRECTORY and print what is wrong.

    Exit status: 0 clean, 1 findings, 2 usage, an unreadable repository or a file that cannot be written, 70 an
    internal error.
    """
    from watchbill.source.limits import UNTRUSTED, Limits

    files = report_files.chosen(reports, form, output, directory)
    if write_baseline is not None:
        report_files.refuse_among_sources(write_baseline, directory)
    now = clock.instant(at, directory)
    compilation = known_findings.compiled(
        directory,
        now=now,
        limits=UNTRUSTED if untrusted else Limits(),
        new_from=new_from,
        as_named=as_named,
        baseline=baseline,
    )
    if write_baseline is not None:
        known_findings.write(write_baseline, compilation)
        sys.exit(0)
    _write(compilation, files, None if output else form, prefix, fail_on)
    grave = [_GRAVITY[located.finding.level.value] for located in compilation.findings]
    sys.exit(int(max(grave, default=-1) >= _GRAVITY[fail_on]))


def _write(compilation: Compilation, files: Mapping[Path, str], printed: str | None, prefix: str, fail_on: str) -> None:
    """Render all reports, then write the files, then print; ``printed`` is the format of what is printed."""
    from watchbill.findings import Level
    from watchbill.reports.formats import render

    failing = Level(fail_on)
    made = {path: render(compilation, form, failing=failing, prefix=prefix) for path, form in files.items()}
    if made:
        from watchbill.publish.single_file import write_whole

        for path, text in made.items():
            write_whole(path, text.encode("utf-8", "backslashreplace"))
    if printed:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        text = render(compilation, printed, failing=failing, colour=colour, prefix=prefix)
        click.echo(text, nl=False, color=True)
