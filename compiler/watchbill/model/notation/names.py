"""Ids, links and codes of countries."""

from __future__ import annotations

import re
from functools import lru_cache

from watchbill.model.notation.problem import Problem, shown

LONGEST_ID = 63
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_INCIDENT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_URL = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%{}|]*)?"
)
_HIDDEN_ADDRESS = re.compile(r"(?:[0-9]{1,3}[.-]){3}[0-9]{1,3}(?:\.|$)")
_HOW_ID = "use lower-case letters a to z, digits and single hyphens, starting with a letter, such as `payments-eu`"

RESERVED = frozenset(
    {"nobody", "any", "all", "index", "con", "prn", "aux", "nul", "constructor", "prototype"}
    | {f"{name}{number}" for name in ("com", "lpt") for number in range(10)}
)
"""Ids that would mean something else: words of the configuration, device names, page names, names inside JavaScript."""


@lru_cache(maxsize=16_384)
def parse_id(text: str) -> str | Problem:
    """Read an id: ASCII, at most 63 characters, lower-case words and numbers joined by single hyphens."""
    return _checked(text, _ID)


@lru_cache(maxsize=16_384)
def parse_incident_id(text: str) -> str | Problem:
    """Read the id of an incident, which may start with its date: ``2026-11-03-checkout-latency``."""
    return _checked(text, _INCIDENT_ID)


def _checked(text: str, pattern: re.Pattern[str]) -> str | Problem:
    if len(text) > LONGEST_ID:
        return Problem(text=f"{shown(text)} is longer than {LONGEST_ID} characters", help="choose a shorter id")
    if pattern.fullmatch(text):
        return text
    return Problem(text=f"{shown(text)} is no id{_foreign(text)}", help=_help(text))


def _foreign(text: str) -> str:
    odd = next((c for c in text if not c.isascii()), None)
    return f": its character U+{ord(odd):04X} is not ASCII" if odd else ""


def better_id(text: str) -> str:
    """Return a text as the id it was probably meant to be; it may still be none."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _help(text: str) -> str:
    better = better_id(text)
    if text.isascii() and _ID.fullmatch(better):
        return f"write `{better}`"
    return _HOW_ID


@lru_cache(maxsize=4096)
def parse_country(text: str) -> str | Problem:
    """Read a country or a part of one as ISO 3166 writes it: ``DE``, ``GB-ENG``."""
    if _COUNTRY.fullmatch(text):
        return text
    better = text.upper()
    how = f"write `{better}`" if _COUNTRY.fullmatch(better) else "write `DE`, or with a region `GB-ENG`"
    return Problem(text=f"{shown(text)} is no country code", help=how)


@lru_cache(maxsize=4096)
def parse_url(text: str) -> str | Problem:
    """Read a link that is safe to publish: https, a DNS name with a dot, no user, no address in disguise."""
    match = _URL.fullmatch(text)
    how = "write a link such as `https://runbooks.example.org/checkout`"
    if match is None or len(text) > 2000:
        return Problem(text=f"{shown(text)} is no https link", help=how)
    host = match["host"]
    if any(label.startswith("xn--") for label in host.split(".")):
        return Problem(text=f"the host of {shown(text)} hides its letters", help=how)
    if _HIDDEN_ADDRESS.match(host) or int(match["port"] or 1) > 65_535:
        return Problem(text=f"the host of {shown(text)} is an address, no name", help=how)
    return text
