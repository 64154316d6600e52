"""Who owes whom: the time that people have stood in for each other, on balance."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.roster.timeline import Roster


def debts_to(person: str, rosters: Mapping[str, Roster]) -> dict[str, int]:
    """Return the seconds that others owe a person: what was covered for them, less what they covered for the person.

    Covers and overrides count that say for whom they are, in all of the timelines.
    """
    found: dict[str, int] = {}
    for roster in rosters.values():
        for timeline in roster.timelines.values():
            instead = [row.instead_of if row.kind in ("cover", "override") else None for row in timeline.causes]
            if not any(instead):
                continue
            for start, end, holder, cause in zip(
                timeline.start, timeline.end, timeline.person, timeline.cause, strict=True
            ):
                absent, stand_in = instead[cause], timeline.people[holder]
                if absent is None or absent == stand_in:
                    continue
                if stand_in == person:
                    found[absent] = found.get(absent, 0) + end - start
                elif absent == person:
                    found[stand_in] = found.get(stand_in, 0) - (end - start)
    return found
