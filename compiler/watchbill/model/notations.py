"""Which parser explains a value that a schema refuses: the notations named by ``x-notation``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from watchbill.model.notation import (
    Problem,
    parse_country,
    parse_date,
    parse_days,
    parse_duration,
    parse_frequency,
    parse_id,
    parse_incident_id,
    parse_instant,
    parse_moment,
    parse_period,
    parse_rate,
    parse_share,
    parse_spans,
    parse_time,
    parse_url,
)
from watchbill.model.notation.handoffs import parse_handoff
from watchbill.model.notation.problem import shown


def _says(what: str, how: str) -> Callable[[str], Problem]:
    return lambda text: Problem(text=f"{shown(text)} is no {what}", help=how)


def _handoff(text: str) -> object:
    unit = "months" if text.startswith(("first", "second", "third", "fourth", "last", "day ")) else "weeks"
    return parse_handoff(text, unit if " " in text else "days")


def _window(text: str) -> object:
    """Judge a window's days and times; a single word may be the name of a window, whatever it is."""
    return parse_spans(text) if any(letter in text for letter in " :,") else text


_EXACT: Mapping[str, Callable[[str], object]] = {
    "id": parse_id,
    "incident-id": parse_incident_id,
    "date": parse_date,
    "time": parse_time,
    "moment": parse_moment,
    "instant": parse_instant,
    "duration": parse_duration,
    "period": parse_period,
    "handoff": _handoff,
    "share": parse_share,
    "frequency": parse_frequency,
    "rate": parse_rate,
    "url": parse_url,
    "country": parse_country,
    "window-text": _window,
    "days": parse_days,
}
_WORDED: Mapping[str, Callable[[str], Problem]] = {
    "timezone": _says("time zone", "write the IANA name of a place, such as `Europe/Berlin`, or `UTC`"),
    "holidays-file": _says("holidays file", "write `holidays/` and its id, such as `holidays/company`"),
    "name": _says("name on one line", "write it on one line, without blanks at its ends"),
    "text": _says("text", "write some words"),
    "email": _says("e-mail address", "write one address, such as `ada@example.org`"),
    "phone": _says("telephone number", 'write it in international form and in quotes: `"+442071234567"`'),
    "handles": _says("place of handles", "write `handles.` and the name of the system, such as `handles.pagerduty`"),
    "tier": _says("tier", "number the tiers from 1 to 9"),
    "weight": _says("weight", "write a number such as `2` or `1.5`"),
    "subject": _says("subject", "write a kind and an id, such as `schedule/search` or `person/ada`"),
}


def examine(notation: str | None, value: object) -> Problem | None:
    """Return why a value that the schema refuses is none of its notation; ``None`` if no words are known for it."""
    if notation in _WORDED and not isinstance(value, dict | list) and value is not None:
        return _WORDED[str(notation)](str(value))
    return misread(notation, value)


def misread(notation: str | None, value: object) -> Problem | None:
    """Return what the parser of a notation says against a value, whatever the schema says."""
    if notation not in _EXACT or isinstance(value, dict | list) or value is None:
        return None
    result = _EXACT[str(notation)](str(value))
    return result if isinstance(result, Problem) else None
