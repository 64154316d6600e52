"""Starts the child process that reads calendars, and takes its answers; the only place where the roster does."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from watchbill.model.on_call import Calendar
from watchbill.records import dataclass
from watchbill.roster.calendar_answers import Answer, from_plain

_CPU_SECONDS, _CPU_SECONDS_PER_MEGABYTE = 10, 10
"""Processor time for all calendars: honest ones take about half a second for a start and one for a megabyte."""
_PATIENCE = 6
"""How much longer than its processor time the child may take on a busy machine."""
_MEMORY_BYTES = 1024**3
"""Address space of the child; the interpreter and its libraries take about 50 MB."""
_OUTPUT_BYTES = 256 * 1024**2
"""What all answers together may take."""
_READY = b"ready"
_OUT_OF_MEMORY, _TOO_MUCH_OUTPUT = 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers for the first calendars, in order; ``failure`` says why there are none for the others.

    ``started``: the reader ran, so that a failure is the doing of the first calendar without an answer; if not, the
    failure is the machine's.
    """

    read: tuple[Answer, ...]
    failure: str | None = None
    started: bool = True


def ask(calendars: Sequence[Calendar], low: int, high: int) -> Answers:
    """Return what calendars say about a stretch of the clock face. Never raises, whatever they hold."""
    texts = [(calendar.purpose, calendar.content.decode("latin-1")) for calendar in calendars]
    request = json.dumps({"low": low, "high": high, "calendars": texts}).encode()
    size = sum(len(calendar.content) for calendar in calendars)
    seconds = _CPU_SECONDS + _CPU_SECONDS_PER_MEGABYTE * size // 1024**2
    try:
        failure, output = _run(request, seconds)
    except OSError as error:
        return Answers(read=(), failure=error.strerror or type(error).__name__, started=False)
    ready, *lines = output.split(b"\n")[:-1] or [b""]
    if ready != _READY:
        return Answers(read=(), failure=f"it {failure or 'said nothing'}", started=False)
    return Answers(read=tuple(from_plain(json.loads(line)) for line in lines), failure=failure)


def _run(request: bytes, seconds: int) -> tuple[str | None, bytes]:
    """Return what went wrong, if anything, and what the child said. Raises ``OSError`` if it could not be started."""
    limits = [str(seconds), str(_MEMORY_BYTES), str(_OUTPUT_BYTES)]
    command = [sys.executable, "-I", "-m", "watchbill.roster.calendar_child", *limits]
    # Files and not pipes: a child that ends without reading would end a command whose output is piped along with it.
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as output:
        question.write(request)
        question.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own module, no shell
                command,
                stdin=question,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=seconds * _PATIENCE,
                check=False,
            )
            failure = _failure(done.returncode)
        except subprocess.TimeoutExpired:
            failure = "takes too long to read"
        output.seek(0)
        return failure, output.read()


def _failure(status: int) -> str | None:
    if status == 0:
        return None
    if status in (-int(getattr(signal, "SIGXCPU", 0)), -int(getattr(signal, "SIGKILL", 0))):
        return "takes too long to read"
    if status == _OUT_OF_MEMORY:
        return "takes too much memory to read"
    if status == _TOO_MUCH_OUTPUT:
        return "gives too many stretches"
    return f"ended its reader with status {status}"
