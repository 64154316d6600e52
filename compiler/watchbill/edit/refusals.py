"""Why an edit cannot be made."""

from __future__ import annotations


class EditRefusedError(Exception):
    """What was asked for makes no sense in this repository. The message says why; ``help`` what to do instead."""

    def __init__(self, message: str, way_out: str = "") -> None:
        super().__init__(message)
        self.help = way_out


class CannotEditError(EditRefusedError):
    """A file is written in a way that cannot be edited in place. The message says what is in the way."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message, "Bring the file into the usual form with `watchbill fmt`, or make this change by hand."
        )
