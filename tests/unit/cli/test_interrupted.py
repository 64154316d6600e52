"""A command that somebody stops: no traceback, no status that means findings, no half of an output."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

# Sends the signal from within, at the moment the last file would be written, so that no machine is too fast for it.
_STOPPED_WHILE_WRITING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
number = int(sys.argv.pop())
from watchbill.publish.file_system import FileSystem
write = FileSystem.write
def stop(self, path, data):
    write(self, path, data)
    if path.name == "check.json":
        os.kill(os.getpid(), number)
FileSystem.write = stop
from watchbill.__main__ import main
main()
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_leaves_nothing_behind(tmp_path: Path, number: signal.Signals, status: int) -> None:
    arguments = ("build", str(ROOT), "--now", "2026-11-23T08:00Z", "--out", str(tmp_path / "out"))
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED_WHILE_WRITING, *arguments, str(int(number))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr == "\nStopped before the end; no output was replaced by half of a new one.\n"
    assert list(tmp_path.iterdir()) == []
