"""Public holidays by country, from the package ``holidays``. It is imported only where somebody names a country.

Codes are those of ISO 3166: ``DE``, or with a part of the country ``GB-ENG``. Names of holidays are not used: the
package takes their language from the environment.
"""

from __future__ import annotations

from functools import cache

from watchbill.model.repository import Model
from watchbill.roster.windows import DaysOff
from watchbill.text import nearest


def version() -> str:
    """Return the version of the data in use, for example ``0.109``."""
    from importlib import metadata

    return metadata.version("holidays")


def are_used(model: Model) -> bool:
    """Say whether anybody's holidays are those of a country."""
    return any(is_country(person.holidays) for person in model.people.values())


def is_country(code: str | None) -> bool:
    """Say whether a person's holidays are those of a country; else they are a holidays file, or nothing."""
    return code is not None and "/" not in code


_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes of the style guide of the European Union that ISO 3166 spells otherwise."""


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Return the known countries, each with its parts."""
    import holidays

    return {
        country: tuple(parts) for country, parts in holidays.list_supported_countries(include_aliases=False).items()
    }


def supported(code: str) -> bool:
    """Say whether the holidays of a country, or of a part of one, are known."""
    country, _, part = code.partition("-")
    return country in _parts() and (not part or part in _parts()[country])


def suggestion(code: str) -> str:
    """Return what to write instead of a code that is not supported."""
    country, dash, part = code.partition("-")
    if country in _OTHER_CODES:
        meant = _OTHER_CODES[country] + dash + part
        return f"did you mean `{meant if supported(meant) else _OTHER_CODES[country]}`?"
    if country not in _parts():
        close = nearest(country, _parts())
        return f"did you mean `{close}`?" if close else "write a country such as `DE`, or a holidays file"
    parts = [f"{country}-{name}" for name in _parts()[country]]
    if not parts:
        return f"write `{country}`: its parts have no holidays of their own"
    close = nearest(code, parts)
    return (
        f"did you mean `{close}`?" if close else f"write `{country}`, or one of: " + ", ".join(f"`{p}`" for p in parts)
    )


@cache
def days_off(code: str, first: int, last: int) -> DaysOff:
    """Return the public holidays of the years ``first`` to ``last``; nothing for a code that is not supported."""
    import holidays

    if not supported(code):
        return ()
    country, _, part = code.partition("-")
    found = holidays.country_holidays(country, subdiv=part or None, years=range(first, last + 1), expand=False)
    return tuple((day, day) for day in sorted(found))
