"""The one exception boundary of all commands: whatever happens, a sentence and an exit status, never a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from watchbill import __version__

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
        if (sys.argv[1:] if arguments is None else list(arguments)) in (["--version"], ["-V"]):
            # Asked by scripts, again and again: answered before the command line is put together.
            sys.stdout.write(f"watchbill {__version__}\n")
            sys.stdout.flush()
            sys.exit(0)
        from watchbill.cli.commands import watchbill

        watchbill(args=arguments, prog_name="watchbill")
    except _Stopped as stopped:
        _say("\nStopped before the end; no output was replaced by half of a new one.")
        sys.exit(128 + stopped.number)
    except OSError as error:
        _stop(UNREADABLE, *_of_the_machine(error))
    except Exception as error:
        message, way_out = str(error), getattr(error, "help", None)
        if isinstance(way_out, str):
            _stop(UNREADABLE, message, way_out)
        _internal(error)
    sys.exit(0)


def leave(ended: SystemExit) -> NoReturn:
    """End the process with a status, without taking apart what it has built: the system frees memory at once.

    The interpreter would let go of each record by itself, which takes a large repository as long as checking a tenth
    of it. A profiler or a debugger still has something to write, so it gets the usual end.
    """
    if sys.getprofile() is not None or sys.gettrace() is not None or not isinstance(ended.code, int):
        raise ended
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        os._exit(ended.code or UNREADABLE)
    os._exit(ended.code)


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


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _stop(status: int, message: str, way_out: str) -> NoReturn:
    from watchbill.text import printable

    _say(f"error: {printable(message)}")
    if way_out:
        _say(f"help: {printable(way_out)}")
    sys.exit(status)


def _internal(error: Exception) -> NoReturn:
    import traceback

    from watchbill.text import printable

    if os.environ.get("WATCHBILL_TRACEBACK"):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    _say(
        f"internal error: {type(error).__name__}: {printable(str(error))} ({frame.name}, line {frame.lineno})\n"
        "This is a bug in Watchbill, not in your files. Nothing was changed.\n"
        "help: set WATCHBILL_TRACEBACK=1, run the command again, and report what it prints."
    )
    sys.exit(INTERNAL)
