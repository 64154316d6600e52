"""``watchbill comment``: the comment on a pull request, made of the report that the untrusted job left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

Read = TypeVar("Read")


@click.command("comment")
@click.argument("report", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--change",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The JSON of `watchbill diff`: what the change does comes first.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file instead of the standard output, whole or not at all.",
)
def comment(report: Path, change: Path | None, output: Path | None) -> None:
    """Print the comment on a pull request for REPORT, the JSON report of `watchbill check`.

    The job that may write comments must not run what a stranger has changed. It takes the files from the job that did:
    they are read as data, at most 16 MiB of each, and must have the shape of a report.

    Exit status: 0 written, 2 if a file is no such report.
    """
    from watchbill.reports.change_reading import read_change
    from watchbill.reports.markdown import comment as written
    from watchbill.reports.report_reading import read_report

    text = written(_read(report, read_report), None if change is None else _read(change, read_change))
    if output is None:
        click.echo(text, nl=False)
        return
    from watchbill.publish.single_file import write_whole

    write_whole(output, text.encode())


def _read(path: Path, reader: Callable[[bytes], Read]) -> Read:
    from watchbill.reports.report_reading import MOST_BYTES, ReportError

    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    try:
        return reader(data)
    except ReportError as error:
        raise click.UsageError(f"{path} cannot be used as a report: {error}.") from None
