"""``watchbill comment``: the comment on a pull request, made of the report that the untrusted job left behind."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("comment")
@click.argument("report", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file instead of the standard output, whole or not at all.",
)
def comment(report: Path, output: Path | None) -> None:
    """Print the comment on a pull request for REPORT, the JSON report of `watchbill check`.

    The job that may write comments must not run what a stranger has changed. It takes REPORT from the job that did:
    the file is read as data, at most 16 MiB of it, and must have the shape of a report.

    Exit status: 0 written, 2 if REPORT is none.
    """
    from watchbill.reports.markdown import comment as written
    from watchbill.reports.report_reading import MOST_BYTES, ReportError, read_report

    with report.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    try:
        text = written(read_report(data))
    except ReportError as error:
        raise click.UsageError(f"{report} cannot be used as a report: {error}.") from None
    if output is None:
        click.echo(text, nl=False)
        return
    from watchbill.publish.single_file import write_whole

    write_whole(output, text.encode())
