"""Rows of long tables as HTML, put together in Python because a template would take ten times as long.

This is the only module that makes ``Markup``. Every text goes through ``bdi``, which escapes it and keeps a
right-to-left name from turning the line around it; each name is escaped once and remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from watchbill.site import addresses
from watchbill.site.local_times import LocalTimes

if TYPE_CHECKING:
    from markupsafe import Markup

    from watchbill.insight.coverage import Gap
    from watchbill.roster.timeline import CauseRow, Skip

_REASONS = {
    "away": "who is away",
    "left": "who has left",
    "not-joined": "who has not joined yet",
    "holds-role": "who holds another role then",
    "same-turn": "who already has a seat in this turn",
}


NOW = ' <strong class="at">Now</strong>'
"""The mark of the row that holds at the compile's now; the script of the site moves it."""


class Fragments:
    """Pieces of HTML during one rendering. ``internal`` says whether readers may learn who is absent."""

    def __init__(self, times: LocalTimes, names: Mapping[str, str], *, internal: bool) -> None:
        from markupsafe import Markup, escape

        self._markup = Markup
        self._escape = escape
        self._times = times
        self._names = names
        self._internal = internal
        self._bdi: dict[str, str] = {}
        self._people: dict[tuple[str, str], str] = {}

    def bdi(self, text: str) -> str:
        """Return a text escaped and isolated."""
        found = self._bdi.get(text)
        if found is None:
            found = self._bdi[text] = f"<bdi>{self._escape(text)}</bdi>"
        return found

    def person(self, person_id: str, root: str) -> str:
        """Return a person's name, linked where the person has a page."""
        found = self._people.get((person_id, root))
        if found is None:
            name = self._names.get(person_id)
            found = self.bdi(person_id) if name is None else self.link(addresses.person(person_id), name, root)
            self._people[person_id, root] = found
        return found

    def link(self, href: str, name: str, root: str) -> str:
        """Return a link to a page of this site; ``href`` must come from ``addresses``."""
        return f'<a href="{root}{href}">{self.bdi(name)}</a>'

    def shift_row(self, stretch: tuple[int, int], zone: str, what: str, why: str, *, current: bool) -> str:
        """Return the row of a shift: from, until, who or where, why. ``what`` and ``why`` are HTML."""
        tag = self._times.tag
        mark = ' class="current"' if current else ""
        now = NOW if current else ""
        return (
            f"<tr{mark}><td>{tag(stretch[0], zone)}</td><td>{tag(stretch[1], zone)}</td>"
            f"<td>{what}{now}</td><td>{why}</td></tr>\n"
        )

    def gap_row(self, gap: Gap, zone: str, *, current: bool) -> str:
        """Return the row of a gap, which says what is missing in words."""
        what = "<strong>Nobody</strong>" if gap.present == 0 else "<strong>Too few</strong>"
        now = NOW if current else ""
        tag = self._times.tag
        return (
            f'<tr class="gap"><td>{tag(gap.stretch[0], zone)}</td><td>{tag(gap.stretch[1], zone)}</td>'
            f"<td>{what}{now}</td><td>gap: {gap.present} of {gap.required} on call</td></tr>\n"
        )

    def rows(self, rows: list[str]) -> Markup:
        """Return rows made here as one value that templates leave as it is."""
        return self._markup("".join(rows))

    def why(self, cause: CauseRow, follows: str) -> str:
        """Return the cause of a shift in words. A public site never says who is absent, or that somebody is."""
        if cause.kind == "turn":
            return "own turn"
        if cause.kind == "follower":
            words = f"follows {self.bdi(follows)}" if follows else "next turn"
            return words + self._passed_over(cause) if self._internal else words
        if cause.kind == "override":
            return self._override(cause) if self._internal else "changed"
        return self._stand_in(cause) if self._internal else "stand-in"

    def _stand_in(self, cause: CauseRow) -> str:
        if cause.instead_of is None:
            return "stand-in" + self._passed_over(cause)
        reason = next((skip.reason for skip in cause.skipped if skip.person == cause.instead_of), "away")
        who = f"{self._name(cause.instead_of)}, {_REASONS[reason]}"
        words = {"cover": "stands in for", "advance": "the order moved past", "swap": "turn exchanged with"}[cause.kind]
        return f"{words} {who}{self._passed_over(cause)}"

    def _override(self, cause: CauseRow) -> str:
        kind = "swap" if cause.place.file.startswith("schedules/swaps/") else "override"
        return kind if cause.instead_of is None else f"{kind}, instead of {self._name(cause.instead_of)}"

    def _passed_over(self, cause: CauseRow) -> str:
        others = [skip for skip in cause.skipped if skip.person != cause.instead_of]
        return "; not " + "; not ".join(map(self._skip, others)) if others else ""

    def _skip(self, skip: Skip) -> str:
        return f"{self._name(skip.person)}, {_REASONS[skip.reason]}"

    def _name(self, person_id: str) -> str:
        return self.bdi(self._names.get(person_id, person_id))
