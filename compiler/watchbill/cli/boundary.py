"""The one exception boundary of all commands: whatever happens, a sentence and an exit status, never a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from watchbill.text import printable

UNREADABLE = 2
INTERNAL = 70

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class _Stopped(BaseException):
    """Somebody asked the process to end. No ``KeyboardInterrupt``: click would exit with 1, which means findings."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    Status: 0 clean, 1 findings, 2 usage, unreadable configuration or an output that cannot be written, 70 a fault of
    Watchbill itself, 130 and 143 stopped by Ctrl-C or SIGTERM (what was begun is cleaned away). The variable
    ``WATCHBILL_TRACEBACK`` shows the traceback of a fault. Where the reader of a pipe has gone (``| head -1``), the
    process ends by SIGPIPE like every other tool, so that no status lies about findings.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    _prepare_streams()
    try:
        _listen()
        from watchbill.cli.commands import watchbill

        watchbill(args=arguments, prog_name="watchbill")
    except _Stopped as stopped:
        click.echo("\nStopped before the end; no output was replaced by half of a new one.", err=True)
        sys.exit(128 + stopped.number)
    except OSError as error:
        _stop(UNREADABLE, *_of_the_machine(error))
    except Exception as error:
        message, way_out = str(error), getattr(error, "help", None)
        if isinstance(way_out, str):
            _stop(UNREADABLE, message, way_out)
        _internal(error)
    sys.exit(0)


def _listen() -> None:
    """Let Ctrl-C and SIGTERM end the command in order, unless whoever started it has them ignored."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise_stopped)


def _raise_stopped(number: int, _frame: FrameType | None) -> NoReturn:
    # A second Ctrl-C must not cut the cleaning short.
    signal.signal(number, signal.SIG_IGN)
    raise _Stopped(number)


def _prepare_streams() -> None:
    """Give a closed standard stream a place to write to, and let no character stop the others."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _of_the_machine(error: OSError) -> tuple[str, str]:
    """Return what the system refused, and a way out if there is one to name."""
    if error.filename:
        return f"{error.filename}: {error.strerror or error}", ""
    reason = (error.strerror or str(error)).lower()
    if error.errno in _NO_ROOM:
        return f"the answer cannot be written: {reason}", "Free some space where the output of this command goes."
    return reason, ""


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
