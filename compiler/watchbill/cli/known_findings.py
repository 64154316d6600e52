"""Which findings a check leaves out, because they are known: from before the change, or from a baseline."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watchbill.cli.options import Decorated, added

if TYPE_CHECKING:
    from watchbill.change.baseline import Baseline
    from watchbill.change.records import Change
    from watchbill.compilation import Compilation
    from watchbill.source.limits import Limits

_LARGEST = 16 * 1024 * 1024


def options(function: Decorated) -> Decorated:
    """Add the options that say what is known."""
    return added(
        function,
        click.option(
            "--new-from",
            metavar="BASE",
            help="Show, and fail on, only what is new since the commit where HEAD left BASE.",
        ),
        click.option("--no-merge-base", "as_named", is_flag=True, help="With --new-from: compare with BASE itself."),
        click.option(
            "--baseline",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Leave out the findings of this file, which --write-baseline made.",
        ),
        click.option(
            "--write-baseline",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Write the findings there are into this file, to be left out from now on.",
        ),
    )


def compiled(
    directory: Path, *, now: int, limits: Limits, new_from: str | None, as_named: bool, baseline: Path | None
) -> Compilation:
    """Compile a folder; its findings are those that are not known. What is left out is counted on standard error."""
    known = None if baseline is None else _read(baseline)
    compilation = _compiled(directory, now, limits, new_from, as_named=as_named)
    return compilation if known is None else _without(compilation, known)


def _compiled(directory: Path, now: int, limits: Limits, new_from: str | None, *, as_named: bool) -> Compilation:
    if new_from is None:
        from watchbill.pipeline import compile_tree
        from watchbill.source.tree import DirectoryTree

        return compile_tree(DirectoryTree(directory), now=now, limits=limits)
    from watchbill.cli import sides

    if not new_from or ".." in new_from:
        raise click.UsageError("--new-from takes one commit: the folder as it is now is compared with it.")
    with sides.opened(directory, new_from, from_merge_base=not as_named) as both:
        change, head = sides.compared(both, now=now, limits=limits)
        return _only_new(change, head, both.base_commit)


def _only_new(change: Change, head: Compilation, commit: str) -> Compilation:
    """Return the compilation with the findings of the change; those of records of incidents where it has only such."""
    found = change.findings.new
    if change.only_incidents:
        found = tuple(located for located in found if located.finding.place.file.startswith("incidents/"))
    from watchbill.checks.wording import spell_count

    old = len(change.findings.kept)
    if old:
        click.echo(f"Left out {_spelled(old)} that {commit[:12]} has too.", err=True)
    if change.base_errors:
        click.echo(f"{commit[:12]} has {spell_count(len(change.base_errors), 'error')} of its own.", err=True)
    return replace(head, findings=found)


def _without(compilation: Compilation, known: Baseline) -> Compilation:
    from watchbill.change.baseline import left_over

    left, mended = left_over(compilation.findings, known)
    out = len(compilation.findings) - len(left)
    if out:
        click.echo(f"Left out {_spelled(out)} of the baseline.", err=True)
    if mended:
        click.echo(
            f"The baseline knows {_spelled(mended)} that {'is' if mended == 1 else 'are'} no longer there. "
            "Write it anew with --write-baseline.",
            err=True,
        )
    return replace(compilation, findings=left)


def write(path: Path, compilation: Compilation) -> None:
    """Write the findings of a compilation as a baseline, whole or not at all."""
    from watchbill.change.baseline import baseline_of
    from watchbill.publish.single_file import write_whole
    from watchbill.reports.json_text import written

    document = baseline_of(compilation.findings)
    write_whole(path, written(document).encode("ascii"))
    number = sum(entry["count"] for entry in document["findings"])
    click.echo(f"Wrote a baseline of {_spelled(number)}.", err=True)


def _read(path: Path) -> Baseline:
    from watchbill.change.baseline import BaselineError, read_baseline

    data = b""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise BaselineError("it is larger than 16 MB")
        return read_baseline(json.loads(data))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
    except (ValueError, RecursionError):
        reason = "it is no JSON"
    except BaselineError as error:
        reason = str(error)
    raise click.UsageError(f"{path} cannot be used as a baseline: {reason}. --write-baseline makes one.")


def _spelled(number: int) -> str:
    return f"{number:,} finding" if number == 1 else f"{number:,} findings"
