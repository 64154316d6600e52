"""What a template receives: the contract between Watchbill and the templates of the site.

Every template gets three names: ``site`` (``Site``), ``page`` (the record of its page) and ``root`` (the way back to
the top of the site: ``""``, ``"../../"``, …, to be put before every address). All addresses (``href``) are relative
to the top. Text is plain and escaped by the template; only values of the type ``Markup`` are HTML already: rows of
long tables, made by ``watchbill.site.fragments``. A record only ever gains fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from watchbill.records import dataclass

if TYPE_CHECKING:
    from markupsafe import Markup

HoldingState = Literal["held", "short", "gap", "free"]
"""``held``: enough people. ``short``: fewer than promised. ``gap``: nobody, though promised. ``free``: none needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeText:
    """An instant for people and machines.

    ``text`` is local time without the zone (``Sat 28 Mar 2026 09:00``), ``day`` the part of it before the clock face,
    ``zone`` the IANA name, ``iso`` the value of a ``datetime`` attribute, with its offset.
    """

    text: str
    day: str
    zone: str
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name with the address of its page; ``href`` is empty where there is no page."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages share. ``errors`` and ``warnings`` count findings; ``published`` is the horizon.

    ``holidays`` is the version of the public holidays, empty where nobody's are those of a country.
    """

    organization: str
    audience: Literal["public", "internal"]
    now: TimeText
    published: tuple[TimeText, TimeText]
    watchbill: str
    tzdata: str
    holidays: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLine:
    """A stretch in which the same people hold a role, as one line.

    ``label`` is Now, Next or Then. ``end`` is ``None`` where nothing ends within the published horizon.
    ``present`` of ``required`` responders matter only where the state is ``short`` or ``gap``.
    """

    label: str
    state: HoldingState
    people: tuple[Link, ...]
    start: TimeText
    end: TimeText | None
    current: bool
    required: int = 0
    present: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleStanding:
    """Who holds a role now and next. ``promise`` names the windows of its coverage; empty where none is promised."""

    role: str
    promise: str
    lines: tuple[HoldingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleCard:
    """A schedule in short. ``roles`` is empty where its roster could not be computed.

    ``name`` carries the id where two schedules have one name, here and in links.
    """

    id: str
    name: str
    href: str
    team: str
    timezone: str
    roles: tuple[RoleStanding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A gap that is not over. ``current`` says that it has begun. ``present`` is the fewest responders in it.

    ``accepted`` says that a waiver covers all of it.
    """

    schedule: Link
    role: str
    start: TimeText
    end: TimeText
    required: int
    present: int
    current: bool
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Who is on call now. ``gaps`` are the first ones, of ``gap_count``; long homes go on at ``previous``/``next``."""

    number: int
    count: int
    gaps: tuple[GapLine, ...]
    gap_count: int
    cards: tuple[ScheduleCard, ...]
    previous: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """A service that this schedule answers for.

    ``page`` and ``runbook`` are as written: pass them to ``safe_url``. Both are empty on a public site.
    """

    name: str
    tier: int | None
    page: str
    runbook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationTarget:
    """Whom a step notifies. ``role`` is set where the link is to a schedule; ``severities`` limit it."""

    link: Link
    role: str
    severities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """One step: whom it notifies, and how long it waits for an answer, in words; empty where nothing is said."""

    targets: tuple[EscalationTarget, ...]
    wait: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """What happens when nobody answers for some services: the steps, how often they are repeated, the last resort."""

    services: tuple[str, ...]
    steps: tuple[EscalationStep, ...]
    repeat: int
    last_resort: EscalationTarget | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTable:
    """Shifts in order of time. ``rows`` are ``<tr>`` elements of four cells: from, until, who or where, why.

    A ``folded`` table is shown only when the reader asks for it; its ``title`` says what is in it.
    """

    title: str
    count: int
    rows: Markup
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTimeline:
    """The timeline of a role over the page's stretch: what is past and what is to come, or a table a month."""

    role: str
    tables: tuple[ShiftTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage:
    """A schedule: now and next, gaps, services, whom to turn to, timelines over ``start`` to ``end``.

    ``whole`` says that the page shows the whole published horizon; ``other`` is the address of the shorter or longer
    page beside it.
    """

    card: ScheduleCard
    description: str
    gaps: tuple[GapLine, ...]
    gap_count: int
    services: tuple[ServiceLine, ...]
    escalations: tuple[Escalation, ...]
    timelines: tuple[RoleTimeline, ...]
    start: TimeText
    end: TimeText
    whole: bool
    other: str
    feed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person's shifts over all schedules; ``past`` is newest first.

    ``timezone`` is the person's on an internal site; a public one has all people in the organisation's zone.
    """

    name: str
    timezone: str
    teams: tuple[str, ...]
    upcoming: ShiftTable
    past: ShiftTable
    feed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A plain list of pages: all people, all schedules."""

    title: str
    entries: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding; ``place`` is ``file:line:column``."""

    rule: str
    place: str
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UntoldFindings:
    """Findings of one rule whose messages are not for this site's readers: how many, and what the rule says."""

    rule: str
    summary: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """The findings of one level: the first ones of ``count``. ``withheld`` are not for this site's readers.

    ``untold`` says by rule what the withheld ones are about.
    """

    level: str
    count: int
    withheld: int
    lines: tuple[FindingLine, ...]
    untold: tuple[UntoldFindings, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """All findings, most serious level first; empty where there are none."""

    groups: tuple[FindingGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage:
    """The page for addresses that do not exist."""

    title: str = "No such page"
