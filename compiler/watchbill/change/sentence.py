"""The first line of every report of a change: one sentence with the most important of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from watchbill.change.records import Change, Move, PersonChange
from watchbill.checks.catalogue import BY_NAME
from watchbill.checks.wording import spell_count, spell_list
from watchbill.roster.clock import HOUR

_NAMED = 2
"""People whose load the sentence tells; the rest is counted."""

_HOURS_TOLD = 8
"""Fewer hours more or less are nothing that a sentence must tell."""

_MEASURES = (("weekends", "weekend"), ("holidays", "holiday"), ("nights", "night"))


def sentence(change: Change) -> str:
    """Return the sentence. Names are as written: whoever prints it escapes it for where it is printed."""
    parts = [*_moves(change), *_gaps(change), *_findings(change), *_history(change), *_load(change), *_others(change)]
    if not parts:
        return "Changes nothing that anybody could notice."
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _moves(change: Change) -> Iterator[str]:
    moved = [move for move in change.moves if move.before and move.after]
    added = [move for move in change.moves if not move.before]
    dropped = [move for move in change.moves if not move.after]
    told = [
        f"{verb} {spell_count(len(moves), 'shift')} of {_people(moves)}"
        for verb, moves in (("moves", moved), ("adds", added), ("removes", dropped))
        if moves
    ]
    if told:
        yield spell_list(told)
    elif not change.only_incidents and change.items:
        yield "moves no shift"
    if change.unknown:
        names = spell_list([change.titles.get(each.schedule, each.schedule) for each in change.unknown])
        yield f"cannot say what happens to {names}"


def _people(moves: Iterable[Move]) -> str:
    number = len({person for move in moves for person in (*move.before, *move.after)})
    return "1 person" if number == 1 else f"{number} people"


def _gaps(change: Change) -> Iterator[str]:
    if change.gaps_opened:
        yield f"opens {spell_count(len(change.gaps_opened), 'gap')}"
    elif change.moves:
        yield "opens no gap"
    if change.gaps_closed:
        yield f"closes {spell_count(len(change.gaps_closed), 'gap')}"


def _findings(change: Change) -> Iterator[str]:
    levels = Counter(located.finding.level.value for located in change.findings.new)
    told = [spell_count(levels[level], level) for level in ("error", "warning") if levels[level]]
    if told:
        yield f"brings {spell_list(told)}"
    if change.findings.fixed:
        yield f"mends {spell_count(len(change.findings.fixed), 'finding')}"


def _history(change: Change) -> Iterator[str]:
    new = {item.id for item in change.items if item.kind == "schedule" and item.what == "added"}
    number = sum(move.schedule not in new for move in change.history)
    if number:
        yield f"rewrites {spell_count(number, 'past shift')}"


def _load(change: Change) -> Iterator[str]:
    """Tell what weighs most: for each person the first of weekends, holidays and nights that goes up or down.

    Hours are told where nothing else changes for anybody.
    """
    told = [(person, words) for person in change.people if (words := _heaviest(person))]
    told = told or [(person, words) for person in change.people if (words := _hours(person))]
    told.sort(key=lambda entry: (not entry[1].startswith("gains"), entry[0].person))
    shown = [f"{_short(person.person, change.names)} {words}" for person, words in told[:_NAMED]]
    if len(told) > _NAMED:
        more = len(told) - _NAMED
        shown.append(f"{more} more {'gains or loses' if more == 1 else 'gain or lose'} some")
    if shown:
        yield ", ".join(shown)


def _heaviest(person: PersonChange) -> str:
    for field, noun in _MEASURES:
        net = getattr(person.gained, field) - getattr(person.lost, field)
        if net:
            return _words(net, noun)
    return ""


def _hours(person: PersonChange) -> str:
    net = person.gained.seconds - person.lost.seconds
    return _words(net // HOUR, "hour") if abs(net) >= _HOURS_TOLD * HOUR else ""


def _words(net: int, noun: str) -> str:
    number = "one" if abs(net) == 1 else f"{abs(net):,}"
    return f"{'gains' if net > 0 else 'loses'} {number} {noun if abs(net) == 1 else noun + 's'}"


def _short(person: str, names: Mapping[str, str]) -> str:
    """Return the first word of a name, if nobody else's name begins with it; else the name."""
    name = names.get(person, person)
    first = name.split(" ")[0]
    return first if sum(other.split(" ")[0] == first for other in names.values()) == 1 else name


def _others(change: Change) -> Iterator[str]:
    """Tell of records of incidents, and of anything else only if there is nothing better to tell."""
    if _cannot_be_read(change):
        return
    incidents = {item.id for item in change.items if item.kind == "incident"}
    pages = sum(item.kind == "page" for item in change.items)
    if incidents:
        yield f"changes {spell_count(len(incidents), 'incident record')}"
    if pages:
        yield f"changes {spell_count(pages, 'record')} of pages"
    others = Counter(item.kind for item in change.items if item.kind not in ("incident", "page"))
    if others and not (change.moves or change.history):
        yield f"changes {spell_list([f'{number} {kind}' if number > 1 else kind for kind, number in others.items()])}"


def _cannot_be_read(change: Change) -> bool:
    """Say whether what seems to be gone may only be what cannot be read any more."""
    rules = (BY_NAME.get(located.finding.rule) for located in (*change.findings.new, *change.findings.fixed))
    return any(rule is not None and rule.family in ("reading", "references") for rule in rules)
