"""The clock: wall-clock times of a zone to UTC seconds and back.

A wall-clock time in a hole (clocks go forward) means the first instant after the hole; in a fold (clocks go back) the
earlier of the two. This makes the step from wall clock to UTC monotone, so turns that meet on the wall meet exactly.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime
from functools import cache, lru_cache

from watchbill import timezones
from watchbill.model.time_values import Moment
from watchbill.records import dataclass

HOUR = 3600
DAY = 86_400
EPOCH = date(1970, 1, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 1969, 2101
END_OF_TIME = int(datetime(2101, 1, 1, tzinfo=UTC).timestamp())
"""The end of what has no end: an explicit last turn, a person who does not come back. Later dates are refused."""
START_OF_TIME = int(datetime(1970, 1, 1, tzinfo=UTC).timestamp())

_CLOCKS_GO_BACK = (1200, 1800, 3600, 7200)
"""Every step back that a zone has made since 1970, in seconds (2026f)."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTime:
    """What a clock on the wall shows: the day, the seconds of the clock face, and the offset from UTC in seconds."""

    day: date
    seconds: int
    offset: int


def wall(day: date, seconds: int = 0) -> int:
    """Return a wall-clock time as a number: seconds since 1970-01-01 00:00 on the clock face, without a zone."""
    return (day.toordinal() - EPOCH) * DAY + seconds


def day_of(wall_time: int) -> date:
    """Return the day of a wall-clock number."""
    return date.fromordinal(wall_time // DAY + EPOCH)


class Zone:
    """One time zone of the pinned data. Immutable as seen from outside; its table grows by years on demand."""

    __slots__ = ("_first", "_high", "_last", "_low", "_offsets", "_since", "_wall_keys", "_wall_values", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._first = self._last = 0
        self._low = self._high = 0
        self._since: list[int] = []
        self._offsets: list[int] = []
        self._wall_keys: list[int] = []
        self._wall_values: list[tuple[int, int | None]] = []

    def _reach(self, seconds: int) -> None:
        """Make the table cover a time given as UTC or wall seconds, with a day to spare on both sides."""
        low = min(max(datetime.fromtimestamp(seconds - 2 * DAY, UTC).year, FIRST_YEAR), LAST_YEAR)
        high = max(min(datetime.fromtimestamp(seconds + 2 * DAY, UTC).year, LAST_YEAR), FIRST_YEAR)
        if not self._since:
            self._first, self._last = low, high
        elif self._first <= low and high <= self._last:
            return
        self._first, self._last = min(low, self._first), max(high, self._last)
        self._build()

    def _build(self) -> None:
        self._since, self._offsets = [], []
        for year in range(self._first, self._last + 1):
            for since, offset in timezones.offsets(self.name, year):
                if not self._offsets or self._offsets[-1] != offset:
                    self._since.append(since)
                    self._offsets.append(offset)
        self._low = wall(date(self._first, 1, 1)) + 2 * DAY
        self._high = wall(date(self._last + 1, 1, 1)) - 2 * DAY
        self._wall_keys, self._wall_values = [-(2**62)], [(self._offsets[0], None)]
        for since, before, after in zip(self._since[1:], self._offsets, self._offsets[1:], strict=False):
            if after > before:
                self._wall_keys.append(since + before)
                self._wall_values.append((0, since))
                self._wall_keys.append(since + after)
            else:
                self._wall_keys.append(since + before)
            self._wall_values.append((after, None))

    def utc_of(self, wall_time: int) -> int:
        """Return the UTC seconds of a wall-clock number (see ``wall``)."""
        if not self._low <= wall_time < self._high:
            self._reach(wall_time)
        offset, fixed = self._wall_values[bisect_right(self._wall_keys, wall_time) - 1]
        return wall_time - offset if fixed is None else fixed

    def utc_of_many(self, wall_times: list[int]) -> list[int]:
        """Return the UTC seconds of ascending wall-clock numbers; faster than one by one."""
        if not wall_times:
            return []
        for edge in (wall_times[0], wall_times[-1]):
            if not self._low <= edge < self._high:
                self._reach(edge)
        result: list[int] = []
        at = 0
        while at < len(wall_times):
            entry = bisect_right(self._wall_keys, wall_times[at]) - 1
            if entry + 1 < len(self._wall_keys):
                stop = bisect_right(wall_times, self._wall_keys[entry + 1] - 1, at)
            else:
                stop = len(wall_times)
            offset, fixed = self._wall_values[entry]
            if fixed is None:
                result += [w - offset for w in wall_times[at:stop]]
            else:
                result += [fixed] * (stop - at)
            at = stop
        return result

    def utc(self, day: date, seconds: int = 0) -> int:
        """Return the UTC seconds of a wall-clock time: ``seconds`` of the clock face (up to 24:00) on a day."""
        return self.utc_of(wall(day, seconds))

    def midnight(self, day: date) -> int:
        """Return the first instant of a local day."""
        return self.utc_of(wall(day))

    def offset_at(self, instant: int) -> int:
        """Return the seconds east of UTC at an instant."""
        if not self._low <= instant < self._high:
            self._reach(instant)
        return self._offsets[max(bisect_right(self._since, instant) - 1, 0)]

    def wall_at(self, instant: int) -> int:
        """Return the wall-clock number that the zone shows at an instant."""
        return instant + self.offset_at(instant)

    def local(self, instant: int) -> LocalTime:
        """Return what the wall shows at an instant."""
        offset = self.offset_at(instant)
        days, seconds = divmod(instant + offset, DAY)
        return LocalTime(day=date.fromordinal(days + EPOCH), seconds=seconds, offset=offset)

    def instant(self, moment: Moment) -> int:
        """Return the UTC seconds of a moment; its own offset wins over this zone, a bare date is local midnight."""
        if moment.offset is not None:
            return wall(moment.day, moment.seconds or 0) - moment.offset
        return self.utc_of(wall(moment.day, moment.seconds or 0))


@cache
def zone(name: str) -> Zone:
    """Return a zone by name, one of ``timezones.names()``."""
    return Zone(name)


@lru_cache(maxsize=16_384)
def spell(instant: int, zone_name: str) -> str:
    """Spell an instant in local time with its zone: ``Sat 28 Mar 2026 09:00 Europe/Berlin``.

    Seconds are shown only where there are any; in a fold the offset follows, because the time alone says two instants.
    """
    place = zone(zone_name)
    local = place.local(instant)
    hours, rest = divmod(local.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock_face = f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    weekday, month = _WEEKDAYS[local.day.weekday()], _MONTHS[local.day.month - 1]
    wall_time = instant + local.offset
    twice = place.utc_of(wall_time) != instant or any(
        place.wall_at(instant + back) == wall_time for back in _CLOCKS_GO_BACK
    )
    offset = f" ({spell_offset(local.offset)})" if twice else ""
    return f"{weekday} {local.day.day} {month} {local.day.year} {clock_face}{offset} {zone_name}"


def spell_stretch(stretch: tuple[int, int], zone_name: str) -> str:
    """Spell a stretch in local time: ``from Sat 28 Mar 2026 09:00 until Sun 29 Mar 2026 09:00 Europe/Berlin``."""
    start = spell(stretch[0], zone_name).removesuffix(f" {zone_name}")
    return f"from {start} until {spell(stretch[1], zone_name)}"


def spell_offset(offset: int) -> str:
    """Spell an offset in seconds as ``+05:30``."""
    sign, absolute = ("-" if offset < 0 else "+"), abs(offset)
    return f"{sign}{absolute // 3600:02}:{absolute % 3600 // 60:02}"
