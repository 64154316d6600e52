"""The example organisation adds up, shows what it says it shows, and stays clean while time goes by."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from example_organisation import BERLIN, DAY, FIRST_MONDAY, LAST_MONDAY, NOW, ROOT, WEEK, instant, on, whole
from watchbill.checks.work_limits import limits_in_force
from watchbill.insight.coverage import days_off_of, owed
from watchbill.model.incidents import Incident, LogEntry
from watchbill.model.on_call import Version
from watchbill.roster.timeline import Shift, Timeline

KOLKATA = "Asia/Kolkata"
NEW_YORK = "America/New_York"
SYDNEY = "Australia/Sydney"
MONDAYS = [FIRST_MONDAY + timedelta(weeks=n) for n in range((LAST_MONDAY - FIRST_MONDAY).days // 7 + 1)]
CLOCK_CHANGES_AND_YEAR_ENDS = [
    date(2026, 11, 23),
    date(2026, 12, 28),
    date(2027, 1, 4),
    date(2027, 3, 15),
    date(2027, 3, 29),
    date(2027, 4, 5),
    date(2027, 10, 4),
    date(2027, 11, 1),
    date(2027, 12, 27),
    date(2028, 12, 25),
]
LARGEST_SHARE_AS_PRIMARY = 0.27
LARGEST_SHARE = 0.55


def _assert_clean(day: date) -> None:
    """Assert that there is no finding at all, not even a note."""
    found = [
        f"{located.finding.level.value} {located.finding.place.file}: {located.finding.rule}: {located.finding.message}"
        for located in on(day).findings
    ]
    assert found == []


@pytest.mark.parametrize("day", CLOCK_CHANGES_AND_YEAR_ENDS, ids=str)
def test_is_clean_on(day: date) -> None:
    assert day in MONDAYS
    _assert_clean(day)


@pytest.mark.deep
@pytest.mark.parametrize("day", MONDAYS, ids=str)
def test_is_clean_on_every_monday(day: date) -> None:
    _assert_clean(day)


# What adds up.


def _timelines() -> Iterator[Timeline]:
    """Yield the timelines of the roles that owe coverage."""
    for schedule in whole().model.schedules.values():
        for role in schedule.roles:
            if role.coverage:
                yield whole().rosters[schedule.id].timelines[role.id]


def _seconds(timeline: Timeline, low: int, high: int) -> dict[str, int]:
    """Return the seconds each person holds a role inside a stretch."""
    held: dict[str, int] = defaultdict(int)
    for shift in timeline:
        if shift.start < high and low < shift.end:
            held[shift.person] += min(shift.end, high) - max(shift.start, low)
    return held


def test_has_about_forty_people_at_four_sites() -> None:
    people = [person for person in whole().model.people.values() if person.left is None]
    assert 38 <= len(people) <= 45
    assert {person.timezone for person in people} == {BERLIN, NEW_YORK, SYDNEY, KOLKATA}
    assert {person.holidays for person in people} == {"DE-BE", "US-NY", "AU-NSW", "IN-WB"}
    assert all(person.joined and person.trained.get("on-call") and person.contact for person in people)


@pytest.mark.parametrize(
    ("schedule", "people"),
    [("payments", 8), ("platform", 9), ("search", 6), ("mobile", 5), ("data", 4), ("security", 4), ("commanders", 8)],
)
def test_people_times_share_fill_the_seats(schedule: str, people: int) -> None:
    timeline = whole().rosters[schedule].timelines["primary"]
    low, high = instant("2027-03-01 09:00"), instant("2028-02-28 09:00")
    held = _seconds(timeline, low, high)
    seats = sum(held.values()) / (high - low)
    assert len(held) == people
    assert people * LARGEST_SHARE_AS_PRIMARY >= seats


def test_people_times_share_fill_what_is_promised() -> None:
    """Seats are what the model promises, people those of the orders in force, shares the limits that warn."""
    model, (low, high) = on(FIRST_MONDAY).model, (NOW, on(FIRST_MONDAY).horizon[1])
    limits = {one.role: one.warning.value for one in limits_in_force(model) if one.measure == "share" and one.warning}
    days_off, everybody, all_seats = days_off_of(model), set[str](), Fraction()
    for schedule in model.schedules.values():
        seats = {
            role.id: Fraction(
                sum(
                    (end - start) * promise.responders
                    for promise in role.coverage
                    for start, end in owed(schedule, role, promise, (low, high), days_off)
                ),
                high - low,
            )
            for role in schedule.roles
        }
        people = {
            person
            for role in schedule.roles
            for layer in role.layers
            for version in [one for one in layer.versions if one.start <= FIRST_MONDAY][-1:]
            for member in version.members
            for person in member
        }
        assert len(people) * limits["primary"] >= seats["primary"] > 0, schedule.id
        assert len(people) * limits["any"] >= sum(seats.values()), schedule.id
        everybody |= people
        all_seats += sum(seats.values())
    assert len(everybody) * limits["any"] >= all_seats


def test_the_table_of_the_page_is_right() -> None:
    page = (ROOT / "docs" / "example.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\w+)\]\(.*?\) \| (\d+) \| .* \| ([\d.]+) \| ([\d.]+)% \|$", page, re.MULTILINE)
    assert [row[0] for row in rows] == ["payments", "platform", "search", "mobile", "data", "security", "commanders"]
    low, high = instant("2027-03-01 09:00"), instant("2028-02-28 09:00")
    for schedule, people, seats, share in rows:
        held = _seconds(whole().rosters[schedule].timelines["primary"], low, high)
        filled = sum(held.values()) / (high - low)
        assert (len(held), f"{filled:.2f}") == (int(people), seats)
        assert filled / len(held) == pytest.approx(float(share) / 100, abs=0.0015)


def test_the_page_leads_to_files_that_exist() -> None:
    page = ROOT / "docs" / "example.md"
    links = re.findall(r"\]\((.*?)\)", page.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_nobody_carries_too_much_in_any_twelve_weeks() -> None:
    for low in range(NOW, instant("2028-09-01 00:00"), WEEK):
        primary: dict[str, int] = defaultdict(int)
        any_role: dict[str, int] = defaultdict(int)
        for timeline in _timelines():
            for person, seconds in _seconds(timeline, low, low + 12 * WEEK).items():
                any_role[person] += seconds
                primary[person] += seconds if timeline.role == "primary" else 0
        assert max(primary.values()) / (12 * WEEK) <= LARGEST_SHARE_AS_PRIMARY
        assert max(any_role.values()) / (12 * WEEK) <= LARGEST_SHARE


def test_nobody_holds_two_roles_at_once() -> None:
    shifts: dict[str, list[Shift]] = defaultdict(list)
    for timeline in _timelines():
        for shift in timeline:
            shifts[shift.person].append(shift)
    for held in shifts.values():
        held.sort(key=lambda shift: shift.start)
        assert all(earlier.end <= later.start for earlier, later in pairwise(held))


def test_the_sun_never_sets_on_platform() -> None:
    timeline = whole().rosters["platform"].timelines["primary"]
    shifts = list(timeline)
    assert all(earlier.end == later.start for earlier, later in pairwise(shifts))
    assert shifts[0].start <= instant("2026-01-12 00:00")
    assert shifts[-1].end >= instant("2029-01-01 00:00")
    hours = {
        hour for shift in shifts for hour in _local_hours(shift, whole().model.people[shift.person].timezone or BERLIN)
    }
    assert min(hours) >= 9
    assert max(hours) < 19


def _local_hours(shift: Shift, timezone: str) -> set[int]:
    local = ZoneInfo(timezone)
    return {datetime.fromtimestamp(at, local).hour for at in range(shift.start, shift.end, 3600)}


# What it shows.


def _holders(schedule: str, role: str, at: int) -> list[str]:
    return [shift.person for shift in whole().rosters[schedule].timelines[role].at(at)]


def _shift(schedule: str, role: str, at: int) -> Shift:
    (shift,) = whole().rosters[schedule].timelines[role].at(at)
    return shift


def _causes(schedule: str, role: str = "primary") -> set[str]:
    return {shift.cause.kind for shift in whole().rosters[schedule].timelines[role]}


def _versions() -> Iterator[Version]:
    for schedule in whole().model.schedules.values():
        for role in schedule.roles:
            for layer in role.layers:
                yield from layer.versions


def _shows_names_of_the_world() -> None:
    names = [person.name for person in whole().model.people.values()]
    assert any("," in name for name in names)
    assert any("'" in name for name in names)
    assert any(unicodedata.decomposition(letter) for name in names for letter in name)
    assert any(unicodedata.bidirectional(letter) == "R" for name in names for letter in name)
    assert any(unicodedata.bidirectional(letter) == "AL" for name in names for letter in name)


def _shows_a_part_timer_without_nights() -> None:
    meera = whole().model.people["meera"]
    assert meera.limits.no_nights
    assert meera.limits.share
    shifts = [shift for shift in whole().rosters["data"].timelines["primary"] if shift.person == "meera"]
    assert {hour for shift in shifts for hour in _local_hours(shift, KOLKATA)} == set(range(9, 17))


def _shows_a_joiner_in_shadow_who_gets_a_version() -> None:
    assert _holders("payments", "shadow", NOW) == ["barbara"]
    turns = [shift.start for shift in whole().rosters["payments"].timelines["primary"] if shift.person == "barbara"]
    assert min(turns) == instant("2027-02-22 09:00")


def _shows_that_a_version_for_a_joiner_moves_nobody_forward() -> None:
    before, after = list(_versions_of("payments", "weekly"))[-2:]
    assert after.members == (*before.members, ("barbara",))


def _versions_of(schedule: str, layer_id: str) -> Iterator[Version]:
    for role in whole().model.schedules[schedule].roles:
        for layer in role.layers:
            if layer.id == layer_id:
                yield from layer.versions


def _shows_a_leaver_with_history() -> None:
    shifts = [shift for shift in whole().rosters["payments"].timelines["primary"] if shift.person == "konrad"]
    left = whole().model.people["konrad"].left
    assert left is not None
    assert shifts
    assert max(shift.end for shift in shifts) <= instant(f"{left} 00:00")


def _shows_all_four_modes() -> None:
    assert {version.when_away for version in _versions()} == {"cover", "advance", "swap", "leave-gap"}
    assert "cover" in _causes("payments")
    assert "advance" in _causes("platform")
    assert "swap" in _causes("commanders")
    assert _holders("payments", "shadow", instant("2026-12-23 12:00")) == []


def _shows_a_christmas_swap() -> None:
    assert _holders("payments", "primary", instant("2026-12-24 12:00")) == ["katherine"]
    assert _holders("payments", "primary", instant("2027-01-05 12:00")) == ["margaret"]


def _shows_a_sick_cover_at_three_in_the_morning() -> None:
    assert _shift("payments", "primary", instant("2026-11-11 03:05")).person == "alan"
    at_night = _shift("payments", "primary", instant("2026-11-11 03:15"))
    assert (at_night.person, at_night.cause.kind) == ("margaret", "override")
    by_day = _shift("payments", "primary", instant("2026-11-11 09:00"))
    assert (by_day.person, by_day.cause.kind, by_day.cause.instead_of) == ("katherine", "cover", "alan")
    assert _shift("payments", "primary", instant("2026-11-13 09:00")).person == "alan"


def _shows_a_handoff_in_the_nights_in_which_clocks_change() -> None:
    starts = {shift.start for shift in whole().rosters["commanders"].timelines["primary"]}
    assert int(datetime(2027, 3, 28, 1, 0, tzinfo=UTC).timestamp()) in starts
    assert int(datetime(2027, 10, 31, 0, 30, tzinfo=UTC).timestamp()) in starts


def _shows_a_holiday_in_one_country_only() -> None:
    thanksgiving = instant("2026-11-26 12:00", NEW_YORK)
    assert _holders("mobile", "release", thanksgiving) == []
    assert _holders("mobile", "release", thanksgiving - DAY) != []
    assert _holders("data", "primary", instant("2026-11-26 12:00", KOLKATA)) != []
    assert not [gap for gap in whole().gaps if gap.role == "release"]


def _shows_company_holidays_as_a_waived_gap() -> None:
    closed = instant("2026-12-28 12:00", KOLKATA)
    assert _holders("data", "primary", closed) == []
    assert any(gap.schedule == "data" and gap.stretch[0] <= closed < gap.stretch[1] for gap in whole().gaps)
    assert {gap.schedule for gap in whole().gaps if gap.stretch[1] > NOW} == {"data"}
    assert ("coverage-gap", "schedule/data") in {(w.rule, w.subject) for w in whole().model.checks.waivers}


def _shows_an_appointment_in_the_middle_of_a_shift() -> None:
    during = _shift("payments", "primary", instant("2026-12-09 13:00"))
    assert (during.start, during.end) == (instant("2026-12-09 13:00"), instant("2026-12-09 18:00"))
    assert during.cause.instead_of == "grace"
    assert _holders("payments", "primary", during.start - 1) == ["grace"]
    assert _holders("payments", "primary", during.end) == ["grace"]


def _shows_an_override_of_one_seat() -> None:
    shift = _shift("payments", "primary", instant("2026-12-31 23:59"))
    assert (shift.person, shift.cause.kind, shift.cause.instead_of) == ("linus", "override", "alan")


def _shows_an_override_to_nobody_where_nothing_is_owed() -> None:
    (hole,) = [override for override in whole().model.overrides if override.person is None]
    (role,) = [role for role in whole().model.schedules[hole.schedule].roles if role.id == hole.role]
    assert any(stretch.start.day <= hole.stretch.start.day for stretch in role.unstaffed)
    assert _holders(hole.schedule, hole.role, instant("2026-12-24 12:00", NEW_YORK)) == []


def _shows_a_group() -> None:
    assert any(len(member) > 1 for version in _versions() for member in version.members)
    assert _holders("data", "primary", instant("2026-12-15 12:00", KOLKATA)) == ["meera", "farhan"]


def _shows_a_free_afternoon_from_a_calendar() -> None:
    assert _holders("data", "primary", instant("2026-12-18 12:00", KOLKATA)) == ["meera", "farhan"]
    afternoon = _holders("data", "primary", instant("2026-12-18 14:00", KOLKATA))
    assert "farhan" in afternoon
    assert "meera" not in afternoon


def _shows_explicit_turns() -> None:
    days = [instant(f"2026-11-{day} 12:00") for day in (27, 28, 29, 30)]
    assert [_holders("payments", "primary", day) for day in days] == [["emmy"], ["margaret"], ["alan"], ["ada"]]


def _shows_a_following_secondary() -> None:
    for week in range(NOW, instant("2026-12-14 09:00"), WEEK):
        assert _holders("payments", "secondary", week + DAY) == _holders("payments", "primary", week + WEEK)


def _shows_twelve_hour_shifts() -> None:
    shifts = [shift for shift in whole().rosters["search"].timelines["primary"] if shift.cause.kind == "turn"]
    assert sum(shift.end - shift.start == 12 * 3600 for shift in shifts) > 0.99 * len(shifts)


def _shows_services_in_three_tiers_with_a_way_to_page() -> None:
    services = whole().model.services.values()
    assert {service.tier for service in services} == {1, 2, 3}
    assert all(service.page and service.runbook and service.escalation and service.needs for service in services)


def _shows_escalation_that_ends_in_a_last_resort() -> None:
    assert "major-incident" in whole().model.escalation
    assert all(policy.last_resort for policy in whole().model.escalation.values())


FEATURES: tuple[Callable[[], None], ...] = (
    _shows_names_of_the_world,
    _shows_a_part_timer_without_nights,
    _shows_a_joiner_in_shadow_who_gets_a_version,
    _shows_that_a_version_for_a_joiner_moves_nobody_forward,
    _shows_a_leaver_with_history,
    _shows_all_four_modes,
    _shows_a_christmas_swap,
    _shows_a_sick_cover_at_three_in_the_morning,
    _shows_a_handoff_in_the_nights_in_which_clocks_change,
    _shows_a_holiday_in_one_country_only,
    _shows_company_holidays_as_a_waived_gap,
    _shows_an_appointment_in_the_middle_of_a_shift,
    _shows_an_override_of_one_seat,
    _shows_an_override_to_nobody_where_nothing_is_owed,
    _shows_a_group,
    _shows_a_free_afternoon_from_a_calendar,
    _shows_explicit_turns,
    _shows_a_following_secondary,
    _shows_twelve_hour_shifts,
    _shows_services_in_three_tiers_with_a_way_to_page,
    _shows_escalation_that_ends_in_a_last_resort,
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.__name__.strip("_"))
def test_the_example(feature: Callable[[], None]) -> None:
    feature()


# The records of incidents agree with the roster and with the policies.

RECORDS = (
    "2026-01-14-ledger-lag",
    "2026-02-03-push-duplicates",
    "2026-03-11-gateway-certificate",
    "2026-03-30-late-report",
    "2026-04-22-search-empty-results",
    "2026-05-18-warehouse-full",
    "2026-06-27-sign-in-outage",
    "2026-07-09-double-charges",
    "2026-08-13-cluster-upgrade",
    "2026-09-22-app-crash-on-start",
    "2026-10-14-stale-prices",
    "2026-11-03-checkout-latency",
)


def test_all_records_are_known_here() -> None:
    assert tuple(whole().model.incidents) == RECORDS


@pytest.fixture(params=RECORDS)
def incident(request: pytest.FixtureRequest) -> Incident:
    record: str = request.param
    return whole().model.incidents[record]


def _entries(incident: Incident, event: str) -> list[LogEntry]:
    return [entry for entry in incident.log if entry.event == event]


def test_times_of_a_record_are_in_order(incident: Incident) -> None:
    times = [entry.at for entry in incident.log]
    assert times == sorted(times)
    assert incident.impact is not None
    assert incident.alert is not None
    assert incident.alert.at == times[0]
    assert incident.impact.start is not None
    assert incident.impact.start <= times[0]
    assert incident.impact.end == _entries(incident, "resolved")[0].at or incident.severity in ("sev1", "sev2")


def test_who_acknowledged_was_on_call(incident: Incident) -> None:
    schedule = whole().model.services[incident.services[0]].schedule
    first, *_ = _entries(incident, "acknowledged")
    assert schedule is not None
    assert first.by is not None
    assert first.by.person in _holders(schedule, "primary", first.at)
    within = whole().model.severities[incident.severity].acknowledge_within
    assert within is not None
    assert first.at - incident.log[0].at <= within


def test_who_was_called_and_answered_was_on_call(incident: Incident) -> None:
    for entry in _entries(incident, "role"):
        if entry.role == "commander" and entry.by is None:
            assert [entry.person] == _holders("commanders", "primary", entry.at)
    for called in _entries(incident, "escalated"):
        assert called.to is not None
        answers = [entry for entry in _entries(incident, "acknowledged") if entry.at > called.at]
        if called.to.kind == "schedule" and answers:
            assert answers[0].by is not None
            assert [answers[0].by.person] == _holders(called.to.id, called.to.role or "primary", answers[0].at)


def test_roles_are_filled_as_the_severity_demands(incident: Incident) -> None:
    severity = whole().model.severities[incident.severity]
    taken = {entry.role: entry.person for entry in _entries(incident, "role")}
    assert set(severity.incident_roles) <= set(taken)
    assert taken.get("commander") is None or taken.get("commander") != taken.get("technical-lead")
    assert bool(_entries(incident, "declared")) == severity.declare


def test_updates_follow_the_rhythm(incident: Incident) -> None:
    rhythms = whole().model.severities[incident.severity].updates
    end = _entries(incident, "resolved")[0].at
    for audience, rhythm in rhythms.items():
        since = _entries(incident, "declared")[0].at
        allowed = rhythm.first
        for at in [*(entry.at for entry in _entries(incident, "update") if entry.audience == audience), end]:
            assert allowed is not None
            assert min(at, end) - since <= allowed, f"{audience} waited {(at - since) // 60} minutes"
            since, allowed = at, rhythm.every


def test_reviews_and_actions_are_done_in_time(incident: Incident) -> None:
    severity = whole().model.severities[incident.severity]
    resolved = datetime.fromtimestamp(_entries(incident, "resolved")[0].at, UTC).date()
    review = incident.review
    assert review is not None
    if severity.review_required:
        assert review.held is not None
        assert severity.review_within is not None
        assert review.held - resolved <= timedelta(seconds=severity.review_within)
        assert review.contributing_factors
    for action in incident.actions:
        assert action.owner in whole().model.people
        assert action.due is not None
        assert action.done is not None
        assert action.done <= action.due
        if severity.actions_within is not None:
            assert action.due - (review.held or resolved) <= timedelta(seconds=severity.actions_within)


def test_a_commander_hands_over_and_an_executive_decides() -> None:
    upgrade = whole().model.incidents["2026-08-13-cluster-upgrade"]
    commanders = [entry.person for entry in _entries(upgrade, "role") if entry.role == "commander"]
    assert commanders == ["nandini", "harriet"]
    outage = whole().model.incidents["2026-06-27-sign-in-outage"]
    after = whole().model.severities["sev1"].executive_after
    declared = _entries(outage, "declared")[0].at
    assert after is not None
    assert any(entry.to and entry.to.id == "dietmar" for entry in _entries(outage, "escalated"))
    assert any(
        entry.at - declared >= after and entry.by and entry.by.person == "dietmar"
        for entry in _entries(outage, "decision")
    )


def test_pages_went_to_whoever_was_on_call() -> None:
    pages = whole().model.pages
    assert {page.outcome for page in pages} >= {"handled", "noise", "escalated", "incident"}
    for page in pages:
        schedule = whole().model.services[page.service].schedule
        assert schedule is not None
        assert page.person in _holders(schedule, "primary", page.at), page
        assert page.incident is None or page.incident in whole().model.incidents
