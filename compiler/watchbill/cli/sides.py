"""The two sides of a change, as the command line names them: ``BASE..HEAD``, ``BASE``, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from watchbill.records import dataclass

if TYPE_CHECKING:
    from watchbill.change.records import Change
    from watchbill.compilation import Compilation
    from watchbill.source.limits import Limits
    from watchbill.source.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The trees before and after, and the id of the commit before."""

    base: Tree
    head: Tree
    base_commit: str


@contextmanager
def opened(directory: Path, between: str | None, *, from_merge_base: bool = True) -> Iterator[Sides]:
    """Open the two sides that a text names.

    ``BASE..HEAD`` (or with three dots) are two commits; ``BASE`` alone is compared with the folder as it is; nothing at
    all compares the folder with the branch that changes go to. A side left empty is that branch, or ``HEAD``. The base
    is the commit at which head left it, so that what happened there since is no part of the change; without
    ``from_merge_base`` it is the commit that was named. Raises ``GitError`` where git cannot find one of them.
    """
    from watchbill.source import git_commands
    from watchbill.source.git_tree import GitTree
    from watchbill.source.tree import DirectoryTree

    before, dots, after = (between or "").partition("..")
    after = after.removeprefix(".")
    base = git_commands.commit_of(directory, before) if before else git_commands.main_branch(directory)
    head = git_commands.commit_of(directory, after or "HEAD")
    if from_merge_base:
        base = git_commands.merge_base(directory, base, head)
    with ExitStack() as stack:
        yield Sides(
            base=stack.enter_context(GitTree(directory, base)),
            head=stack.enter_context(GitTree(directory, head)) if dots else DirectoryTree(directory),
            base_commit=base,
        )


def compared(sides: Sides, *, now: int, limits: Limits, notice_days: int | None = None) -> tuple[Change, Compilation]:
    """Compile both sides at one instant; return what the change does, and the compilation after it."""
    from functools import partial

    from watchbill.change.compare import NOTICE_DAYS, compare
    from watchbill.pipeline import compile_both
    from watchbill.source.positions import locate

    base, head = compile_both(sides.base, sides.head, now=now, limits=limits)
    days = NOTICE_DAYS if notice_days is None else notice_days
    return compare(base, head, notice_days=days, locate=partial(locate, sides.head)), head
