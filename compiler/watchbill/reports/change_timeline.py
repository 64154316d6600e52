"""A role before and after a change, drawn with letters: a line each, and a line that marks where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from watchbill.change.records import Beside, Change, Holders
from watchbill.intervals import Stretch
from watchbill.reports.terminal import shown
from watchbill.roster.clock import DAY, spell, zone

_MARKS = 84
_LENGTHS = tuple(hours * 3600 for hours in (1, 2, 3, 4, 6, 8, 12, 24, 48, 168))
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOBODY, _TOO_MANY = ".", "?"
_MARGIN = 10
_WEEKS_FROM = 10
"""From so many days on, only the first day of each week has its date above."""


def timeline(beside: Beside, change: Change) -> str:
    """Return the drawing of one role, fit for a terminal, with a line that says what the letters mean."""
    start, end = beside.stretch
    length = next((each for each in _LENGTHS if (end - start) / each <= _MARKS), _LENGTHS[-1])
    slots = [(at, min(at + length, end)) for at in range(start, end, length)]
    before = [_longest(beside.before, slot) for slot in slots]
    after = [_longest(beside.after, slot) for slot in slots]
    moved = [move.stretch for move in change.moves if (move.schedule, move.role) == (beside.schedule, beside.role)]
    letters = _letters([*before, *after])
    zone_name = change.zones[beside.schedule]
    title = f"{shown(beside.schedule)}/{shown(beside.role)}"
    lines = (
        f"{title} from {spell(start, zone_name)}, one letter for {_spelled(length)}",
        " " * _MARGIN + _dates(slots, zone_name),
        "before".ljust(_MARGIN) + "".join(letters[people] for people in before),
        "after".ljust(_MARGIN) + "".join(letters[people] for people in after),
        " " * _MARGIN + "".join("^" if _touches(moved, slot) else " " for slot in slots),
        " " * _MARGIN + ", ".join(_legend(letters, change.names)),
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _longest(holders: Sequence[Holders], slot: Stretch) -> tuple[str, ...]:
    """Return who holds most of a slot, of equally long ones the first; nobody only where nobody holds any of it."""
    held: dict[tuple[str, ...], int] = {}
    for each in holders:
        seconds = min(each.stretch[1], slot[1]) - max(each.stretch[0], slot[0])
        if seconds > 0:
            held[each.people] = held.get(each.people, 0) + seconds
    return max(held, key=lambda people: (bool(people), held[people]), default=())


def _letters(drawn: Sequence[tuple[str, ...]]) -> Mapping[tuple[str, ...], str]:
    """Give each set of people a letter, in the order in which they are drawn."""
    people = [each for each in dict.fromkeys(drawn) if each]
    marks = [*_LETTERS, *_TOO_MANY * max(0, len(people) - len(_LETTERS))]
    return {(): _NOBODY, **dict(zip(people, marks, strict=False))}


def _legend(letters: Mapping[tuple[str, ...], str], names: Mapping[str, str]) -> Iterator[str]:
    for people, letter in letters.items():
        if people and letter != _TOO_MANY:
            yield f"{letter} {' and '.join(shown(names.get(person, person)) for person in people)}"
    yield f"{_NOBODY} nobody"


def _dates(slots: Sequence[Stretch], zone_name: str) -> str:
    """Return the line of dates: each above the first letter of its day."""
    place = zone(zone_name)
    weekly = (slots[-1][1] - slots[0][0]) / DAY >= _WEEKS_FROM
    line, told = "", None
    for number, (start, _) in enumerate(slots):
        day = place.local(start).day
        if day == told or (weekly and told is not None and day.isocalendar()[:2] == told.isocalendar()[:2]):
            continue
        told = day
        if number == 0 or number > len(line):
            line = line.ljust(number) + " ".join(spell(start, zone_name).split(" ")[:3])
    return line


def _touches(moved: Sequence[Stretch], slot: Stretch) -> bool:
    return any(start < slot[1] and slot[0] < end for start, end in moved)


def _spelled(length: int) -> str:
    hours = length // 3600
    if hours < 24:
        return "an hour" if hours == 1 else f"{hours} hours"
    return "a day" if hours == 24 else f"{hours // 24} days"
