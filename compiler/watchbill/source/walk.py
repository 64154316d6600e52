"""What a walk over the three folders has found, be they folders of a disk or of a commit."""

from __future__ import annotations

from watchbill.findings import Finding
from watchbill.source import obstacles
from watchbill.source.file_names import Fate, fate_of, folder_fits


class Walk:
    """The files to read so far, and the findings about all else."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.findings: list[Finding] = []

    def may_enter(self, path: str, names: set[str]) -> bool:
        """Say whether a folder is walked, and note it if its name does not fit; ``names`` are all beside it."""
        if folder_fits(path.rpartition("/")[2]):
            return True
        self.findings.append(obstacles.odd_name(path, names, is_folder=True))
        return False

    def add(self, path: str, names: set[str]) -> None:
        """Take in a regular file: read it, leave it, or say why it cannot be one of the repository."""
        fate = fate_of(path)
        if fate is Fate.READ:
            self.files.append(path)
        elif fate is Fate.ODD_NAME:
            self.findings.append(obstacles.odd_name(path, names, is_folder=False))
        elif fate is Fate.UNEXPECTED:
            self.findings.append(obstacles.unexpected(path))
