"""The pages of the tour: what they say is found, and what really is.

Run as a program, it writes the findings of all pages anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOUR = ROOT / "docs" / "tour"
PATCHES = sorted(TOUR.glob("*.patch"))
NOW = "2026-11-23T09:00:00+01:00"
_BLOCK = re.compile(r"(?<=```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def patched(patch: Path, folder: Path) -> Path:
    """Copy the three folders of this repository into an empty folder and apply a patch there."""
    for name in ("schedules", "policies", "incidents"):
        shutil.copytree(ROOT / name, folder / name)
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    subprocess.run(["git", "apply", str(patch)], cwd=folder, check=True, env=environment)
    return folder


def found(folder: Path) -> list[str]:
    """Return the findings of a check of a folder, one line each, without the line that counts them."""
    command = [sys.executable, "-m", "watchbill", "check", "--now", NOW, "--format", "concise", str(folder)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode in (0, 1), result.stderr
    *findings, _ = result.stdout.splitlines()
    return findings


def shown(patch: Path) -> list[str]:
    """Return the findings that the page of a patch shows."""
    return _BLOCK.findall(patch.with_suffix(".md").read_text(encoding="utf-8"))[-1].splitlines()


def _write_anew(patch: Path) -> None:
    page = patch.with_suffix(".md")
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join(f"{line}\n" for line in found(patched(patch, Path(folder))))
    page.write_text(_BLOCK.sub(lambda _: lines, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for each in PATCHES:
        _write_anew(each)
