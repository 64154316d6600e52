"""The time of the commit that is built: the only thing this command asks git."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) [+-]\d{4}$", re.MULTILINE)


def commit_time(directory: Path) -> int | None:
    """Return the time of the commit checked out in a folder, in UTC seconds; ``None`` if it is in no git work tree.

    The raw object is read, because commands for people follow settings of the repository that run programs.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "--no-pager", "--no-replace-objects", "cat-file", "commit", "HEAD"],  # noqa: S607
            cwd=directory,
            env={**environment, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"},
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    header, _, _ = done.stdout.partition(b"\n\n")
    found = _COMMITTER.search(header)
    return int(found[1]) if done.returncode == 0 and found else None
