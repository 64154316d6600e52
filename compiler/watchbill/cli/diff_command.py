"""``watchbill diff``: what a change does to people, before it is merged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watchbill.cli import clock, options

if TYPE_CHECKING:
    from watchbill.change.records import Change

ERROR, CHANGED = 1, 2
"""What ``--detailed-exitcode`` tells apart, as in Terraform."""

_DETAILED = "--detailed-exitcode"


class _Diff(click.Command):
    """Makes wrong usage status 1 where the caller takes status 2 for a change."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        detailed = _DETAILED in args
        try:
            return super().make_context(info_name, args, *rest, **extra)
        except click.UsageError as error:
            if detailed:
                _as_error(error)
            raise


@click.command("diff", cls=_Diff)
@click.argument("between", metavar="[BASE..HEAD]", required=False)
@options.directory()
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "markdown", "json"]),
    default="full",
    help="How the change is told; full if not given.",
)
@click.option("--now", "--at", "at", metavar="TIME", help="Compare as if it were this instant; now if not given.")
@click.option(
    "--notice",
    type=click.IntRange(0, 366),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="Shifts that move within so many days are short notice.",
)
@click.option(
    "--no-merge-base",
    "as_named",
    is_flag=True,
    help="Compare with BASE as it is, not with the commit where HEAD left it.",
)
@click.option("--untrusted", is_flag=True, help="Use the smaller limits meant for pull requests of strangers.")
@click.option(
    _DETAILED, "detailed", is_flag=True, help="Exit with 0 if nothing changes, 2 if something does, 1 on errors."
)
def diff(
    between: str | None,
    directory: Path,
    form: str,
    at: str | None,
    notice: int,
    as_named: bool,
    untrusted: bool,
    detailed: bool,
) -> None:
    """Say what a change does: whose shifts move, what people gain and lose, which gaps open, what is newly wrong.

    BASE..HEAD are two commits. With BASE alone the folder as it is now is compared with that commit, and without
    either with the branch that changes go to. Nothing is written, neither to the folder nor to git.

    Exit status: 0; with --detailed-exitcode 0 if nothing changes, 1 on any error, 2 if something changes. Otherwise 2
    is wrong usage or an unreadable repository. 70 is an internal error.
    """
    try:
        change = _change(between, directory, at, notice, as_named=as_named, untrusted=untrusted)
    except Exception as error:
        if detailed:
            _leave(error)
        raise
    click.echo(_report(change, form), nl=False)
    sys.exit(CHANGED if detailed and not change.is_empty else 0)


def _change(
    between: str | None, directory: Path, at: str | None, notice: int, *, as_named: bool, untrusted: bool
) -> Change:
    from watchbill.cli import sides
    from watchbill.source.limits import UNTRUSTED, Limits

    now = clock.instant(at, directory)
    limits = UNTRUSTED if untrusted else Limits()
    with sides.opened(directory, between, from_merge_base=not as_named) as both:
        return sides.compared(both, now=now, limits=limits, notice_days=notice)[0]


def _as_error(error: click.UsageError) -> None:
    """Make click end with another status than the one it has for wrong usage."""
    error.__dict__["exit_code"] = ERROR


def _leave(error: Exception) -> None:
    """End with status 1 where the error is one of the caller's, said as everywhere."""
    from watchbill.text import printable

    if isinstance(error, click.UsageError):
        _as_error(error)
        return
    way_out = getattr(error, "help", None)
    if isinstance(way_out, str):
        click.echo(f"error: {printable(str(error))}\nhelp: {printable(way_out)}", err=True)
        sys.exit(ERROR)


def _report(change: Change, form: str) -> str:
    from watchbill.reports import change_full, change_json, change_markdown

    if form == "json":
        return change_json.render(change)
    return change_markdown.render(change) if form == "markdown" else change_full.render(change)
