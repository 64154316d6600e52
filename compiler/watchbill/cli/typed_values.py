"""Times and texts that a person types on the command line, as they are written into files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchbill.intervals import Stretch

_DAYS = {"today": 0, "tomorrow": 1}


def moment(text: str | None, zone_name: str, now: int, option: str) -> str | None:
    """Return a time as it is written in a file: as given, or what ``now``, ``today`` or ``tomorrow`` mean in a zone.

    Exits with status 2 if the text is no date or time.
    """
    from watchbill.edit.moments import spelled_instant
    from watchbill.model.notation import Problem, parse_moment
    from watchbill.roster.clock import zone
    from watchbill.text import printable

    if text is None:
        return None
    if text == "now":
        # To the second: the minute that has begun would change what is over.
        return spelled_instant(now, zone_name)
    if text in _DAYS:
        return str(zone(zone_name).local(now).day + timedelta(days=_DAYS[text]))
    found = parse_moment(text)
    if isinstance(found, Problem):
        raise click.UsageError(f"{option}: {printable(found.text)}; {printable(found.help)}, or now, today, tomorrow.")
    return text


def day(text: str | None, zone_name: str, now: int, option: str) -> str | None:
    """Return a day as it is written in a file. Exits with status 2 if the text is no date."""
    from watchbill.model.notation import Problem, parse_date
    from watchbill.text import printable

    found = moment(text, zone_name, now, option)
    if found is not None and isinstance(parse_date(found), Problem):
        raise click.UsageError(f"{option} takes a day, such as 2026-12-24; '{printable(found)}' is none.")
    return found


def instants(span: Mapping[str, str], zone_name: str) -> Stretch | None:
    """Return the instants of ``from``, and of ``until`` or ``through``, as written; ``None`` where they name none."""
    from watchbill.model.notation import parse_date, parse_moment
    from watchbill.model.time_values import Moment
    from watchbill.roster.clock import zone

    place = zone(zone_name)
    start, until, last = (
        parse_moment(span["from"]),
        parse_moment(span.get("until", "")),
        parse_date(span.get("through", "")),
    )
    if not isinstance(start, Moment):
        return None
    if isinstance(until, Moment):
        return place.instant(start), place.instant(until)
    return (place.instant(start), place.midnight(last + timedelta(days=1))) if isinstance(last, date) else None


def words(text: str | None, option: str) -> str | None:
    """Return a text that a person has typed as it can be written. Exits with status 2 if it holds no characters."""
    import unicodedata

    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise click.UsageError(f"{option} holds bytes that are no text.") from error
    return unicodedata.normalize("NFC", text.strip()) or None


def ending(until: str | None, through: str | None, zone_name: str, now: int, *, midnight: bool) -> dict[str, str]:
    """Return the end of a stretch as it is written: ``until`` a moment, or ``through`` a last day.

    ``midnight`` writes a day with ``until`` as its midnight, which time off wants. Exits with status 2 unless exactly
    one of the two is given.
    """
    if (until is None) == (through is None):
        raise click.UsageError("Say when it ends: --until a moment, or --through the last day.")
    last = day(through, zone_name, now, "--through")
    if last is not None:
        return {"through": last}
    end = moment(until, zone_name, now, "--until") or ""
    return {"until": f"{end} 00:00" if midnight and len(end) == len("2026-12-24") else end}


def reason(text: str | None) -> dict[str, str]:
    """Return a reason as it is written, if there is one."""
    found = words(text, "--reason")
    return {} if found is None else {"reason": found}
