"""What all builders of records share: findings, known ids, values read from text, references looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from watchbill import timezones
from watchbill.findings import Label, Place
from watchbill.model.finding_log import FindingLog
from watchbill.model.kinds import ALL, KINDS
from watchbill.model.notation import (
    Problem,
    parse_date,
    parse_days,
    parse_duration,
    parse_id,
    parse_instant,
    parse_moment,
    parse_url,
)
from watchbill.model.notation.problem import shown
from watchbill.model.time_values import DatedStretch, Moment
from watchbill.text import nearest, printable

T = TypeVar("T")
Body = Mapping[str, Any]
"""A mapping of a document whose shape the schema has accepted."""

_ABBREVIATION = re.compile(r"[A-Z]{2,5}[0-9A-Z+-]*")
_MOST_LISTED = 8
_MOST_COMPARISONS = 20_000
_WORDS = {
    "schedule": "schedule",
    "incident-role": "incident role",
    "holidays": "holidays file",
    "escalation": "escalation policy",
}
_HOMES = {kind.word: kind for kind in KINDS}


def _where_to_add(word: str, name: str) -> str:
    """Return what to write where there is nothing of a kind at all."""
    home = _HOMES.get(word)
    if home is None:
        return "add it"
    own_file = f"`{home.home}/{name}.yaml`" if parse_id(name) == name else f"a file in `{home.home}/`"
    return f"write {own_file}" + (f" or `{home.home}.yaml`" if home.collection else "")


class Resolver:
    """Collects findings while records are built, and knows what exists.

    A builder takes ``troubles`` before it starts: if the number has grown when it ends, the record is broken.
    """

    def __init__(self, zones: frozenset[str]) -> None:
        self.zones = zones
        self.log = FindingLog()
        self.troubles = 0
        self.places: dict[tuple[str, str], Place] = {}
        self.broken: set[tuple[str, str]] = set()
        self._ids: dict[str, list[str]] = {}
        self._comparisons = _MOST_COMPARISONS
        self._listed: dict[str, str] = {}

    def report(self, rule: str, place: Place, message: str, help_text: str, *labels: Label) -> None:
        """Add an error; see ``FindingLog.report``."""
        self.troubles += 1
        self.log.report(rule, place, message, help_text, *labels)

    def declare(self, word: str, name: str, place: Place) -> None:
        """Say that something exists, whether or not it can be understood."""
        self.places[word, name] = place
        self._ids.setdefault(word, []).append(name)

    def ids(self, word: str) -> list[str]:
        """Return the ids that exist of a kind."""
        return self._ids.get(word, [])

    def usable(self, word: str) -> frozenset[str]:
        """Return the ids of a kind that exist and have been understood; to be asked when the kind is complete."""
        return frozenset(name for name in self.ids(word) if (word, name) not in self.broken)

    def exists(self, word: str, name: str) -> bool:
        """Say whether something exists or may exist."""
        return (word, name) in self.places or (word, name) in self.broken or (word, ALL) in self.broken

    def reference(self, word: str, name: str, place: Place, *steps: str | int) -> bool:
        """Say whether a reference leads to something usable. If nothing is there, that is a finding at the place.

        A reference to something broken is no finding, but counts as trouble.
        """
        if (word, name) in self.places:
            if (word, name) in self.broken:
                self.troubles += 1
                return False
            return True
        if self.exists(word, name):
            self.troubles += 1
            return False
        self.unknown(word, name, place.at(*steps) if steps else place)
        return False

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """Return what a name may be a misspelling of.

        The work for one repository is limited: after that many comparisons no more guesses are made.
        """
        if len(known) > self._comparisons:
            return None
        self._comparisons -= len(known)
        return nearest(name, known)

    def choose(self, name: str, known: Collection[str], what: str) -> str:
        """Return a help text: the name probably meant, or those that there are."""
        close = self.nearest(name, known)
        return f"did you mean `{close}`?" if close else f"{what}: {_some(known)}"

    def unknown(self, word: str, name: str, place: Place) -> None:
        """Report a reference to something that does not exist."""
        known = self.ids(word)
        close = self.nearest(name, known)
        called = _WORDS.get(word, word)
        labels: tuple[Label, ...] = ()
        if close:
            help_text = f"did you mean `{close}`?"
            labels = (Label(place=self.places[word, close], text=f"`{close}` is defined here"),)
        elif known:
            help_text = f"known: {self._all_of(word)}"
        else:
            help_text = f"there is no {called} in this repository yet; {_where_to_add(word, name)}"
        self.troubles += 1
        message = f"there is no {called} {shown(name)}"
        self.log.report_alike("unknown-reference", place, message, help_text, *labels)

    def _all_of(self, word: str) -> str:
        if word not in self._listed:
            self._listed[word] = _some(sorted(self.ids(word)))
        return self._listed[word]

    def no_role(self, schedule: str, role: str, known: Collection[str], place: Place, *labels: Label) -> None:
        """Report a role that a schedule does not have."""
        message = f"schedule `{schedule}` has no role {shown(role)}"
        self.report("unknown-reference", place, message, self.choose(role, known, "its roles"), *labels)

    def references(self, word: str, names: Iterable[str], place: Place, *steps: str | int) -> tuple[str, ...]:
        """Return the usable ones of several references; report the unknown ones."""
        return tuple([name for index, name in enumerate(names) if self.reference(word, name, place, *steps, index)])

    def optional(self, word: str, body: Body, key: str, place: Place) -> str | None:
        """Return the reference under a key, or ``None`` if there is none or it leads nowhere."""
        name = body.get(key)
        if name is None or not self.reference(word, name, place, key):
            return None
        return str(name)

    def value(self, parse: Callable[[str], T | Problem], text: object, place: Place, *steps: str | int) -> T | None:
        """Return a parsed text, or ``None`` and a finding ``wrong-value``."""
        result = parse(str(text))
        if isinstance(result, Problem):
            self.wrong(result, place, *steps)
            return None
        return result

    def wrong(self, problem: Problem, place: Place, *steps: str | int) -> None:
        """Report a value that cannot be read."""
        names = [step for step in steps if isinstance(step, str)]
        label = f"`{names[-1]}`: " if names else ""
        self.report("wrong-value", place.at(*steps), f"{label}{problem.text}", problem.help)

    def date(self, body: Body, key: str, place: Place) -> date | None:
        """Return the date under a key, if any."""
        return self.value(parse_date, body[key], place, key) if key in body else None

    def instant(self, body: Body, key: str, place: Place) -> int | None:
        """Return the instant under a key as UTC seconds, if any."""
        return self.value(parse_instant, body[key], place, key) if key in body else None

    def duration(self, body: Body, key: str, place: Place) -> int | None:
        """Return the duration under a key in seconds, if any."""
        return self.value(parse_duration, body[key], place, key) if key in body else None

    def days(self, body: Body, key: str, place: Place, default: int) -> int:
        """Return the number of whole days under a key, 0 included."""
        if key not in body:
            return default
        days = self.value(parse_days, body[key], place, key)
        return default if days is None else days

    def url(self, body: Body, key: str, place: Place) -> str:
        """Return the link under a key, or nothing."""
        return self.value(parse_url, body[key], place, key) or "" if key in body else ""

    def timezone(self, body: Body, place: Place) -> str | None:
        """Return the zone under ``timezone``, if any; an unknown one is a finding."""
        name = body.get("timezone")
        if name is None or name in self.zones:
            return name
        close = timezones.new_name(str(name))
        if close is None and not _ABBREVIATION.fullmatch(str(name)):
            close = self._zone_meant(str(name))
        how = "write the IANA name of a place, such as `Europe/Berlin`, or `UTC`"
        help_text = f"did you mean `{close}`?" if close else how
        self.report("unknown-timezone", place.at("timezone"), f"there is no time zone {shown(name)}", help_text)
        return None

    def _zone_meant(self, name: str) -> str | None:
        """Return the zone whose name, or whose place alone (``Berlin``), is nearest."""
        wanted = name.replace(" ", "_")
        places = {zone.rpartition("/")[2]: zone for zone in sorted(self.zones, reverse=True)}
        if "/" in wanted:
            close = self.nearest(wanted, self.zones)
            if close:
                return close
        place = self.nearest(wanted.rpartition("/")[2], places)
        return places[place] if place else None

    def stretch(self, body: Body, place: Place, *, days: bool = False) -> DatedStretch | None:
        """Return ``from`` … ``until`` or ``through``; with ``days``, a bare date after ``until`` is refused."""
        start = self.value(parse_moment, body["from"], place, "from")
        until = self.value(parse_moment, body["until"], place, "until") if "until" in body else None
        through = self.date(body, "through", place)
        self._check_end(body, place)
        if days and until is not None and until.seconds is None:
            self.report(
                "bare-date-after-until",
                place.at("until"),
                f"`until: {printable(str(body['until']))}` leaves open whether that day still belongs to it",
                f"write `through:` and the last day, or a time: `until: {body['until']} 18:00`",
            )
        if start is None:
            return None
        if not ends_after(start, until, through):
            key = "until" if until else "through"
            self.report(
                "ends-before-it-starts",
                place.at(key),
                f"{shown(body[key])} is not after {shown(body['from'])}",
                "exchange them, or correct one",
                Label(place=place.at("from"), text="starts here"),
            )
            return None
        return DatedStretch(place=place, start=start, until=until, through=through)

    def _check_end(self, body: Body, place: Place) -> None:
        """Report a stretch whose end is written twice, or not at all."""
        if "until" in body and "through" in body:
            self.report(
                "wrong-value", place.key("through"), "`until` and `through` both say when it ends", "keep one of them"
            )
        elif "until" not in body and "through" not in body:
            self.report(
                "missing-key",
                place,
                "nothing says when this ends",
                "add `through` with the last day, or `until` with a moment",
            )


def _some(known: Iterable[str]) -> str:
    """Return the first few of several names."""
    first = list(islice(known, _MOST_LISTED + 1))
    listed = ", ".join(f"`{name}`" for name in first[:_MOST_LISTED])
    return f"{listed}{' …' if len(first) > _MOST_LISTED else ''}"


def ends_after(start: Moment, until: Moment | None, through: date | None) -> bool:
    """Say whether an end lies after a start, as far as wall clocks tell."""
    if through is not None and through < start.day:
        return False
    if until is None:
        return True
    return wall(until) - (until.offset or 0) > wall(start) - (start.offset or 0) if same_clock(start, until) else True


def same_clock(a: Moment, b: Moment) -> bool:
    """Say whether two moments can be compared without a zone: both have an offset or none, or they are days apart."""
    return (a.offset is None) == (b.offset is None) or abs(wall(a) - wall(b)) > 2 * 86_400


def wall(moment: Moment) -> int:
    """Return the seconds of a moment on the wall calendar, its offset left aside."""
    return moment.day.toordinal() * 86_400 + (moment.seconds or 0)
