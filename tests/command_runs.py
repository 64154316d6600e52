"""Runs Watchbill as a user does: a process, with what it prints and its exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command; ``environment`` are more variables. Text goes both ways as UTF-8."""
    return subprocess.run(
        [sys.executable, "-m", "watchbill", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
    )


def write(files: Mapping[str, str], root: Path) -> Path:
    """Write files below a folder, and return the folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root
