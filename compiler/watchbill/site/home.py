"""The home page, in parts of a hundred schedules."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.insight.coverage import Gap
from watchbill.roster import clock
from watchbill.site import addresses
from watchbill.site.edition import Edition
from watchbill.site.pages import HomePage
from watchbill.site.standing import card, first_of_each_role, gap_line, open_gaps

SCHEDULES_PER_PAGE = 100
"""More make a phone slow: 200 schedules with their timelines cost half a second of blocked time."""

GAPS_SHOWN = 10
ACCEPTED_AHEAD_DAYS = 7
"""A gap that a waiver accepts comes to the home page when it is this near: who always warns is not heard."""


def home_pages(edition: Edition) -> Iterator[tuple[str, HomePage]]:
    """Yield the parts of the home page with their addresses; an empty organisation has one part."""
    schedules = list(edition.model.schedules.values())
    gaps = _alarming(edition, open_gaps(edition, edition.compilation.gaps))
    lines = tuple(gap_line(edition, gap) for gap in first_of_each_role(gaps)[:GAPS_SHOWN])
    count = max(1, -(-len(schedules) // SCHEDULES_PER_PAGE))
    for number in range(1, count + 1):
        part = schedules[(number - 1) * SCHEDULES_PER_PAGE : number * SCHEDULES_PER_PAGE]
        yield (
            addresses.home(number),
            HomePage(
                number=number,
                count=count,
                gaps=lines if number == 1 else (),
                gap_count=len(gaps) if number == 1 else 0,
                cards=tuple(card(edition, schedule) for schedule in part),
                previous=addresses.home(number - 1) if number > 1 else "",
                next=addresses.home(number + 1) if number < count else "",
            ),
        )


def _alarming(edition: Edition, gaps: list[Gap]) -> list[Gap]:
    near = edition.now + ACCEPTED_AHEAD_DAYS * clock.DAY
    return [gap for gap in gaps if gap.stretch[0] < near or not edition.accepted(gap)]
