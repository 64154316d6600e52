"""Instants as local text, spelled once each: neighbours share their handoffs, and schedules their zones."""

from __future__ import annotations

from watchbill.roster import clock
from watchbill.site.pages import TimeText


class LocalTimes:
    """The spelling of instants during one rendering; remembers what it has spelled."""

    def __init__(self) -> None:
        self._texts: dict[tuple[int, str], TimeText] = {}
        self._tags: dict[tuple[int, str], str] = {}

    def text(self, instant: int, zone: str) -> TimeText:
        """Return an instant (UTC seconds) as local time of a zone."""
        key = (instant, zone)
        found = self._texts.get(key)
        if found is None:
            spelled = clock.spell(instant, zone).removesuffix(f" {zone}")
            found = self._texts[key] = TimeText(text=spelled, day=_day_of(spelled), zone=zone, iso=_iso(instant, zone))
        return found

    def tag(self, instant: int, zone: str) -> str:
        """Return a ``<time>`` element without the zone, for tables that name their zone once."""
        key = (instant, zone)
        found = self._tags.get(key)
        if found is None:
            time = self.text(instant, zone)
            found = self._tags[key] = f'<time datetime="{time.iso}">{time.text}</time>'
        return found


def _day_of(spelled: str) -> str:
    return " ".join(spelled.split(" ")[:4])


def _iso(instant: int, zone: str) -> str:
    local = clock.zone(zone).local(instant)
    minutes, seconds = divmod(local.seconds, 60)
    exact = f":{seconds:02}" if seconds else ""
    return f"{local.day}T{minutes // 60:02}:{minutes % 60:02}{exact}{clock.spell_offset(local.offset)}"
