"""The ``git`` program, as far as Watchbill asks it: which commit a name means, and what two commits have in common.

Only commands that read objects are run, never one that looks at the working tree or the index: those follow settings of
the repository that start programs. Nothing goes through a shell, and no variable ``GIT_…`` of the caller is passed on.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from watchbill.text import clip, printable

_PATIENCE = 60
_OID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) [+-]\d{4}$", re.MULTILINE)

_MAIN_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
"""Where changes go to, the likeliest first."""


class GitError(Exception):
    """Git cannot answer: the message says what is missing, ``help`` what to do."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.help = way_out


def command(*arguments: str) -> list[str]:
    """Return a command line of git; replacement objects never stand in for what was committed.

    What a partial clone does not hold is not fetched: no protocol is allowed, for versions of git that know no
    ``GIT_NO_LAZY_FETCH``.
    """
    return [
        "git",
        "--no-pager",
        "--no-replace-objects",
        "--literal-pathspecs",
        "-c",
        "protocol.allow=never",
        *arguments,
    ]


def environment() -> Mapping[str, str]:
    """Return the environment of git: the caller's without ``GIT_…``, and nothing is locked, fetched or asked for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def run(directory: Path, *arguments: str) -> bytes | None:
    """Return what a git command prints; ``None`` if it fails. Raises ``GitError`` where there is no git to ask."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and names are never taken for options
            command(*arguments), cwd=directory, env=environment(), capture_output=True, timeout=_PATIENCE, check=False
        )
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        _not_started(directory, error)
    except subprocess.TimeoutExpired:
        raise GitError(f"git did not answer within {_PATIENCE} seconds", "Run the command again.") from None
    if b"not a git repository" in done.stderr:
        raise GitError(
            f"{directory} is in no git repository, and only git knows what was before",
            "Run this in a clone of the roster repository; `git init` starts one.",
        )
    if b"dubious ownership" in done.stderr:
        raise GitError(
            f"git does not trust {directory}, because it belongs to another user",
            "Tell git to: git config --global --add safe.directory <the folder>.",
        )
    return done.stdout if done.returncode == 0 else None


def _not_started(directory: Path, error: OSError) -> NoReturn:
    if directory.is_dir():
        raise GitError("the program git is not installed, or cannot be run", "Install git.") from error
    raise GitError(f"the folder {directory} cannot be read", "Name a folder that exists and that you may read.")


def commit_of(directory: Path, revision: str) -> str:
    """Return the id of the commit that a branch, tag or id means. Raises ``GitError`` if there is none."""
    asked = f"{revision}^{{commit}}"
    # A null byte ends a command line, so git would be asked for something else.
    found = run(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", asked) if "\0" not in asked else b""
    oid = (found or b"").strip()
    if _OID.fullmatch(oid):
        return oid.decode("ascii")
    shown = f"`{clip(printable(revision), 100)}`"
    if is_shallow(directory):
        raise GitError(
            f"{shown} is no commit of this clone, which is shallow: it holds only the newest commits",
            "Fetch the rest with `git fetch --unshallow`; in GitHub Actions give actions/checkout `fetch-depth: 0`.",
        )
    raise GitError(
        f"{shown} is no commit of this repository",
        "Name a branch, a tag or a commit that `git log` knows; a branch of the server may need `git fetch` first.",
    )


def is_shallow(directory: Path) -> bool:
    """Say whether the clone holds only the newest commits."""
    return run(directory, "rev-parse", "--is-shallow-repository") == b"true\n"


def merge_base(directory: Path, base: str, head: str) -> str:
    """Return the commit at which ``head`` left ``base`` (ids of commits). Raises ``GitError`` if there is none."""
    found = (run(directory, "merge-base", base, head) or b"").strip()
    if _OID.fullmatch(found):
        return found.decode("ascii")
    message = f"the commits {base[:12]} and {head[:12]} have no commit in common"
    if is_shallow(directory):
        raise GitError(
            f"{message} in this clone, which is shallow: it holds only the newest commits",
            "Fetch the rest with `git fetch --unshallow`; in GitHub Actions give actions/checkout `fetch-depth: 0`. "
            "Or compare the two as they are with --no-merge-base.",
        )
    raise GitError(message, "Compare the two as they are with --no-merge-base, or name another base.")


def main_branch(directory: Path) -> str:
    """Return the commit of the branch that changes go to; of ``HEAD`` where no branch has a usual name."""
    for name in _MAIN_BRANCHES:
        found = (run(directory, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") or b"").strip()
        if _OID.fullmatch(found):
            return found.decode("ascii")
    return commit_of(directory, "HEAD")


def commit_time(directory: Path, revision: str = "HEAD") -> int | None:
    """Return the time of a commit in UTC seconds; ``None`` if there is no such commit, or no git.

    The raw object is read, because commands for people follow settings of the repository that run programs.
    """
    try:
        raw = run(directory, "cat-file", "commit", revision)
    except GitError:
        return None
    header, _, _ = (raw or b"").partition(b"\n\n")
    found = _COMMITTER.search(header)
    return int(found[1]) if found else None


def prefix_of(directory: Path) -> str:
    """Return where a folder lies in its repository: empty at the top, else a path that ends in a slash."""
    found = run(directory, "rev-parse", "--show-prefix")
    return os.fsdecode(found or b"").removesuffix("\n")
