"""The one exception boundary of all commands: whatever happens, a sentence and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from watchbill.text import printable

UNREADABLE = 2
INTERNAL = 70


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    Status: 0 clean, 1 findings, 2 usage, unreadable configuration or an output that cannot be written, 70 a fault of
    Watchbill itself. The variable ``WATCHBILL_TRACEBACK`` shows the traceback of a fault.
    """
    from watchbill.cli.commands import watchbill

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        watchbill(args=arguments, prog_name="watchbill")
    except OSError as error:
        _stop(UNREADABLE, _of_the_machine(error), "")
    except Exception as error:
        message, way_out = str(error), getattr(error, "help", None)
        if isinstance(way_out, str):
            _stop(UNREADABLE, message, way_out)
        _internal(error)
    sys.exit(0)


def _of_the_machine(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _stop(status: int, message: str, way_out: str) -> NoReturn:
    click.echo(f"error: {printable(message)}", err=True)
    if way_out:
        click.echo(f"help: {printable(way_out)}", err=True)
    sys.exit(status)


def _internal(error: Exception) -> NoReturn:
    if os.environ.get("WATCHBILL_TRACEBACK"):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"internal error: {type(error).__name__}: {printable(str(error))} ({frame.name}, line {frame.lineno})\n"
        "This is a bug in Watchbill, not in your files. Nothing was changed.\n"
        "help: set WATCHBILL_TRACEBACK=1, run the command again, and report what it prints.",
        err=True,
    )
    sys.exit(INTERNAL)
