"""``watchbill check``: compile a repository and print what is wrong with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli import clock

if TYPE_CHECKING:
    from watchbill.compilation import Compilation

_GRAVITY = {"info": 0, "warning": 1, "error": 2}


@click.command("check")
@click.argument("directory", type=click.Path(path_type=Path, readable=False), default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    help="How findings are printed; full if not given.",
)
@click.option("--now", "--at", "at", metavar="TIME", help="Judge as if it were this instant; now if not given.")
@click.option("--untrusted", is_flag=True, help="Use the smaller limits meant for pull requests of strangers.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    help="The lowest level that makes the exit status 1; error if not given.",
)
def check(directory: Path, form: str, at: str | None, untrusted: bool, fail_on: str) -> None:
    """Check the repository in DIRECTORY and print what is wrong.

    Exit status: 0 clean, 1 findings, 2 usage or an unreadable repository, 70 an internal error.
    """
    from watchbill.pipeline import compile_tree
    from watchbill.source.limits import UNTRUSTED, Limits
    from watchbill.source.tree import DirectoryTree

    now = clock.instant(at, directory)
    compilation = compile_tree(DirectoryTree(directory), now=now, limits=UNTRUSTED if untrusted else Limits())
    click.echo(_report(compilation, form), nl=False, color=True)
    grave = [_GRAVITY[located.finding.level.value] for located in compilation.findings]
    sys.exit(int(max(grave, default=-1) >= _GRAVITY[fail_on]))


def _report(compilation: Compilation, form: str) -> str:
    from watchbill.reports import concise, full, json_report

    if form == "json":
        return json_report.render(compilation)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    render = full.render if form == "full" else concise.render
    return render(compilation, colour=colour)
