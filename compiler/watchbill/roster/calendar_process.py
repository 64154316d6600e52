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
_OUT_OF_MEMORY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers for the first calendars, in order; ``failure`` says why there are none for the others."""

    read: tuple[Answer, ...]
    failure: str | None = None


def ask(calendars: Sequence[Calendar], low: int, high: int) -> Answers:
    """Return what calendars say about a stretch of the clock face. Never raises for what they hold."""
    texts = [(calendar.purpose, calendar.content.decode("latin-1")) for calendar in calendars]
    request = json.dumps({"low": low, "high": high, "calendars": texts}).encode()
    size = sum(len(calendar.content) for calendar in calendars)
    seconds = _CPU_SECONDS + _CPU_SECONDS_PER_MEGABYTE * size // 1024**2
    command = [sys.executable, "-I", "-m", "watchbill.roster.calendar_child", str(seconds)]
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, no shell
                command,
                input=request,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=seconds * _PATIENCE,
                check=False,
            )
            failure = _failure(done.returncode)
        except subprocess.TimeoutExpired:
            failure = "takes too long to read"
        except OSError as error:
            failure = f"could not be read in a process of its own ({error.strerror})"
        output.seek(0)
        lines = output.read().split(b"\n")[:-1]
    return Answers(read=tuple(from_plain(json.loads(line)) for line in lines), failure=failure)


def _failure(status: int) -> str | None:
    if status == 0:
        return None
    if status in (-int(getattr(signal, "SIGXCPU", 0)), -int(getattr(signal, "SIGKILL", 0))):
        return "takes too long to read"
    if status in (_OUT_OF_MEMORY, -int(getattr(signal, "SIGXFSZ", 0))):
        return "takes too much memory to read"
    return f"ended its reader with status {status}"
