"""A tree with some files put over it: to see what a change would do before it is written anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from watchbill.findings import Finding
from watchbill.source.tree import Listing, Tree


class Overlay:
    """A repository in which some files (path to bytes) are new or changed; without a tree below, these files alone."""

    def __init__(self, files: Mapping[str, bytes], below: Tree | None = None) -> None:
        self._files, self._below = files, below

    def list(self, at_most: int) -> Listing:
        """Return the files of both. Raises ``TreeError`` if there is no repository below."""
        below = Listing(files=(), findings=()) if self._below is None else self._below.list(at_most)
        return Listing(
            files=tuple(sorted({*below.files, *self._files})), findings=below.findings, too_many=below.too_many
        )

    def contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        """Yield the bytes of each path in order, or the finding why it cannot be read."""
        for ours, group in groupby(paths, key=self._files.__contains__):
            if ours:
                yield from ((path, self._files[path]) for path in group)
            elif self._below is not None:
                yield from self._below.contents(list(group), at_most)
