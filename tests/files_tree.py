"""A repository in memory: files as text, read through the same door as a folder on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from watchbill.findings import Finding
from watchbill.source.tree import Listing


class FilesTree:
    """A tree of files given by path. Reading it touches no disk, so thousands of repositories take seconds."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = {path: text.encode() for path, text in files.items()}

    def list(self, at_most: int) -> Listing:
        """Return the paths, sorted."""
        return Listing(files=tuple(sorted(self.files)), findings=(), too_many=len(self.files) > at_most)

    def contents(self, paths: Sequence[str], at_most: int) -> Iterator[tuple[str, bytes | Finding]]:
        """Yield the bytes of each path in order."""
        for path in paths:
            assert len(self.files[path]) <= at_most, path
            yield path, self.files[path]
