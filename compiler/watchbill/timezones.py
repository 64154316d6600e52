"""The pinned time-zone data: which zones exist, and when their clocks change.

Everything comes from the ``tzdata`` package, never from the machine's own copy: two machines with different system
data would otherwise publish different rosters. The version is part of every output.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tzdata

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# ``importlib.resources`` would cost a repository without schedules as much as all its files.
_DATA = Path(tzdata.__file__).parent

_PROBE = 6 * 86_400
"""Seconds between probes: since 1970 no zone has changed its offset twice within 6.9 days (2026f)."""

_REFUSED = frozenset({"Factory", "localtime", "posixrules"})

_ABBREVIATIONS = frozenset({"CET", "EET", "EST", "GMT", "HST", "MET", "MST", "WET"})
"""Links whose targets say less than is meant: ``EST`` is Panama, and who writes it is mostly in New York."""


def version() -> str:
    """Return the version of the IANA data in use, for example ``2026f``."""
    return str(tzdata.IANA_VERSION)


@cache
def names() -> frozenset[str]:
    """Return the zone names a repository may use: ``Area/Place`` names, and ``UTC``.

    Abbreviations such as ``EST`` or ``CET`` and the system aliases are left out: they hide which rules apply.
    """
    listed = (_DATA / "zones").read_text(encoding="ascii").split("\n")
    return frozenset(name for name in listed if ("/" in name or name == "UTC") and name not in _REFUSED)


@cache
def _links() -> dict[str, str]:
    """Return what old names without a place stand for, by the ``backward`` links of the IANA data."""
    lines = (_DATA / "zoneinfo" / "tzdata.zi").read_text(encoding="ascii").split("\n")
    links = (line.split() for line in lines if line.startswith("L "))
    return {link: target for _, target, link in links if "/" not in link and link not in _ABBREVIATIONS}


def new_name(name: str) -> str | None:
    """Return the name to write for an old one that is refused: ``Europe/Dublin`` for ``Eire``; ``None`` if unknown."""
    target = _links().get(name)
    return "UTC" if target is not None and target.startswith("Etc/") else target


@cache
def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    with (_DATA / "zoneinfo" / name).open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


def _offset(zone: ZoneInfo, instant: int) -> int:
    moment = datetime.fromtimestamp(instant, zone)
    offset = moment.utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


@cache
def offsets(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """Return the offsets of a zone in one UTC year: ``((since, seconds east of UTC), ...)``.

    The first entry starts with the year. Clock changes are found by probing every six days and bisecting to the
    second, which is exact as long as no zone changes twice in six days; a test compares this with the zone files.
    ``name`` must be one of ``names()``.
    """
    zone = _zone(name)
    start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    current = _offset(zone, start)
    result = [(start, current)]
    for probe in range(start, end, _PROBE):
        after = _offset(zone, min(probe + _PROBE, end))
        if after == current:
            continue
        low, high = probe, min(probe + _PROBE, end)
        while high - low > 1:
            middle = (low + high) // 2
            if _offset(zone, middle) == current:
                low = middle
            else:
                high = middle
        current = after
        if high < end:
            result.append((high, current))
    return tuple(result)
