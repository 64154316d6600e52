"""What the pages of the rules about services, escalation, handoffs and readiness do not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiled_pages import compile_files
from watchbill.checks.catalogue import RULES
from watchbill.findings import Finding

PEOPLE = "\n".join(f"{name}: {{name: {name.title()} Example}}" for name in ("ada", "grace", "linus", "margaret")) + "\n"
WEEKLY = "from: 2026-01-05, every: 1 week, handoff: monday 09:00"
SECONDARY = "  secondary:\n    coverage: 24x7\n    follows: primary\n    turns-ahead: 1\n"
SERVICE = "name: Checkout\nteam: payments\non-call: {schedule: payments}\n"
TIERS = """\
name: Example
timezone: Europe/Berlin
tiers:
  1: {coverage: {primary: 24x7}, expectation: {acknowledge: 5 minutes}}
"""
ESCALATION = """\
steps:
  - notify: [{schedule: payments, role: primary}]
    wait: 5 minutes
  - notify: [{schedule: payments, role: secondary}]
    wait: 10 minutes
last-resort: {person: margaret}
"""
MEDIUM = "profile: medium\n"


def schedule(layers: str, more: str = "", zone: str = "Europe/Berlin", coverage: str = "24x7") -> str:
    """Return a schedule whose primary has these layers, one a line."""
    lines = "".join(f"      - {{{layer}}}\n" for layer in layers.split("\n"))
    head = f"name: Payments\nteam: payments\ntimezone: {zone}\nroles:\n"
    return f"{head}  primary:\n    coverage: {coverage}\n    layers:\n{lines}{more}"


def weekly(members: str = "ada, grace, linus, margaret", more: str = "", zone: str = "Europe/Berlin") -> str:
    return schedule(f"id: weekly, {WEEKLY}, members: [{members}]", more, zone)


def findings(
    folder: Path, on_call: str, *rules: str, now: str = "2026-11-23T09:00:00+01:00", **more: str
) -> list[Finding]:
    """Return the findings of some rules (or of all) for a schedule; more files by name, with ``__`` for a slash."""
    files = {f"{path.replace('__', '/').replace('_', '-')}.yaml": text for path, text in more.items()}
    around = {
        "schedules/on-call/payments.yaml": on_call,
        "schedules/people.yaml": PEOPLE,
        "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grace, linus, margaret]}\n",
        "policies/services/checkout.yaml": SERVICE,
    }
    compilation = compile_files({**around, **files}, folder, now)
    found = [located.finding for located in compilation.findings]
    return [finding for finding in found if not rules or finding.rule in rules]


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)


@pytest.mark.parametrize("profile", ["small", "medium", "large"])
@pytest.mark.parametrize("zone", ZONES)
def test_the_plain_case_passes_without_a_word(tmp_path: Path, zone: str, profile: str) -> None:
    for number, day in enumerate(("2026-11-23", "2027-03-22", "2027-10-25", "2028-06-05")):
        folder = tmp_path / str(number)
        found = findings(
            folder,
            weekly(more=SECONDARY, zone=zone),
            *(rule.name for rule in RULES if rule.family != "load"),
            now=f"{day}T12:00:00Z",
            policies__services__checkout=SERVICE
            + "tier: 1\nescalation: payments\nrunbook: https://runbooks.example.org/checkout\n",
            policies__escalation__payments=ESCALATION,
            policies__organization=TIERS,
            policies__workload=f"profile: {profile}\n",
            schedules__people=PEOPLE.replace("}", ", holidays: DE}"),
            schedules__time_off__ada="- {from: 2027-07-05, through: 2027-07-18}\n",
        )
        assert [finding.message for finding in found] == []


def test_a_second_seat_is_a_backup(tmp_path: Path) -> None:
    members = "{together: [ada, grace]}, {together: [linus, margaret]}"
    two = {"policies__services__checkout": SERVICE + "tier: 1\n", "policies__workload": MEDIUM}
    assert not findings(tmp_path / "1", weekly(members), "no-backup", **two)
    (lonely,) = findings(tmp_path / "2", weekly("{together: [ada, grace]}, linus"), "no-backup", **two)
    assert (
        "84 hours a week, first from Mon 30 Nov 2026 09:00 until Mon 7 Dec 2026 09:00 Europe/Berlin" in lonely.message
    )


def test_one_person_in_two_roles_is_no_backup(tmp_path: Path) -> None:
    other = f"  secondary:\n    coverage: 24x7\n    layers:\n      - {{id: same, {WEEKLY}, members: [ada, linus]}}\n"
    two = {"policies__services__checkout": SERVICE + "tier: 1\n", "policies__workload": MEDIUM}
    (found,) = findings(tmp_path, weekly("ada, grace", other + "distinct: []\n"), "no-backup", **two)
    assert "at most one person on call for 84 hours a week" in found.message


def test_a_gap_is_not_told_a_second_time(tmp_path: Path) -> None:
    away = "- {from: 2026-12-07, through: 2026-12-08}\n"
    on_call = weekly("ada, grace", SECONDARY)
    service = SERVICE + "tier: 1\nescalation: payments\n"
    rules = ("coverage-gap", "no-backup", "nobody-named", "coverage-below-tier", "escalation-dead-end")
    found = findings(
        tmp_path,
        on_call,
        *rules,
        policies__services__checkout=service,
        policies__escalation__payments=ESCALATION,
        policies__workload=MEDIUM,
        policies__organization=TIERS,
        schedules__time_off__ada=away,
    )
    assert {finding.rule for finding in found} == {"coverage-gap"}


def test_days_listed_as_unstaffed_are_a_warning_for_a_tier(tmp_path: Path) -> None:
    off = "    unstaffed:\n      - {from: 2026-12-25, through: 2026-12-26}\n"
    (found,) = findings(
        tmp_path,
        weekly(more=off),
        "coverage-below-tier",
        policies__services__checkout=SERVICE + "tier: 1\n",
        policies__organization=TIERS,
    )
    assert found.level.value == "warning"
    assert "is the time from Fri 25 Dec 2026 00:00 until Sun 27 Dec 2026 00:00 Europe/Berlin" in found.message


CLOSED = "    unstaffed:\n      - {from: 2026-12-25, through: 2026-12-26}\n"
HOLE = (
    "- {schedule: payments, role: primary, from: 2026-12-25, through: 2026-12-26, person: nobody}\n"
    "- {schedule: payments, role: secondary, from: 2026-12-25, through: 2026-12-26, person: nobody}\n"
)


@pytest.mark.parametrize(("needs", "told"), [("", set()), (", needs: {primary: 24x7}", {"coverage-below-tier"})])
def test_what_is_not_owed_is_told_only_where_it_is_needed(tmp_path: Path, needs: str, told: set[str]) -> None:
    service = f"name: Checkout\nteam: payments\ntier: 1\non-call: {{schedule: payments{needs}}}\nescalation: payments\n"
    rules = [rule.name for rule in RULES if rule.family in ("coverage", "people", "hygiene")]
    found = findings(
        tmp_path,
        weekly(more=CLOSED + SECONDARY + CLOSED),
        *rules,
        policies__services__checkout=service + "runbook: https://runbooks.example.org/checkout\n",
        policies__escalation__payments=ESCALATION,
        policies__workload=MEDIUM,
        schedules__overrides__closed=HOLE,
    )
    assert {finding.rule for finding in found} == told


def test_a_waiver_excuses_what_goes_on_while_it_runs(tmp_path: Path) -> None:
    waiver = (
        "waivers:\n  - rule: no-backup\n    subject: service/checkout\n    from: 2026-11-01\n    through: 2027-01-31\n"
        "    owner: ada\n    reason: Two more people start in January\n"
    )
    files = {"policies__services__checkout": SERVICE + "tier: 1\n", "policies__workload": MEDIUM}
    rules = ("no-backup", "waiver-unused")
    assert findings(tmp_path / "1", weekly(), *rules, **files)
    assert not findings(tmp_path / "2", weekly(), *rules, policies__checks=waiver, **files)
    later = {"now": "2027-02-01T09:00:00+01:00"}
    assert findings(tmp_path / "3", weekly(), *rules, policies__checks=waiver, **later, **files)


@pytest.mark.parametrize(
    ("needed", "missing"),
    [
        ("friday 17:00-18:00", "1 hour a week"),
        ("mon-tue 17:00-18:00", "2 hours a week"),
        ("friday 17:00-17:10", "8 h 40 min in all"),
    ],
)
def test_how_much_a_service_misses_is_counted_in_words(tmp_path: Path, needed: str, missing: str) -> None:
    layer = f"id: office, {WEEKLY}, during: [mon-fri 09:00-17:00], members: [ada, grace, linus, margaret]"
    needs = f"name: Checkout\nteam: payments\non-call: {{schedule: payments, needs: {{primary: [{needed}]}}}}\n"
    on_call = schedule(layer, coverage="[mon-fri 09:00-17:00]")
    (found,) = findings(tmp_path, on_call, "coverage-below-tier", policies__services__checkout=needs)
    assert f"; missing are {missing}, the first from " in found.message


def test_what_a_service_needs_is_compared_in_the_zone_of_its_schedule(tmp_path: Path) -> None:
    layer = f"id: office, {WEEKLY}, during: [mon-fri 09:00-17:00], members: [ada, grace]"
    on_call = schedule(layer, zone="Asia/Kolkata", coverage="[mon-fri 09:00-17:00]")
    needs = "name: Checkout\nteam: payments\non-call: {schedule: payments, needs: {primary: [mon-fri 09:00-17:30]}}\n"
    (found,) = findings(tmp_path, on_call, "coverage-below-tier", policies__services__checkout=needs)
    assert "from Mon 23 Nov 2026 17:00 until Mon 23 Nov 2026 17:30 Asia/Kolkata" in found.message


@pytest.mark.parametrize(
    ("step", "reached"),
    [
        ("{schedule: payments}", True),
        ("{team: payments}", True),
        ("{escalation: other}", True),
        ("{incident-role: commander}", True),
        ("{incident-role: commander, severity: [sev1]}", False),
        ("{incident-role: scribe}", False),
        ("{person: ada}", False),
    ],
)
def test_whom_a_first_step_reaches(tmp_path: Path, step: str, reached: bool) -> None:
    found = findings(
        tmp_path,
        weekly(),
        "nobody-named",
        policies__services__checkout=SERVICE + "escalation: payments\n",
        policies__escalation__payments=f"steps:\n  - notify: [{step}]\n",
        policies__escalation__other="steps:\n  - notify: [{schedule: payments}]\n",
        policies__incident_roles="commander: {name: Commander, schedule: payments}\nscribe: {name: Scribe}\n",
        policies__severities="sev1: {name: Critical, criteria: [It is down]}\n",
        schedules__time_off__ada="- {from: 2026-12-07, through: 2026-12-08}\n",
    )
    assert (not found) is reached


def test_a_stretch_without_anybody_far_ahead_is_a_warning(tmp_path: Path) -> None:
    (found,) = findings(
        tmp_path,
        weekly(),
        "nobody-named",
        policies__services__checkout=SERVICE + "escalation: payments\n",
        policies__escalation__payments="steps:\n  - notify: [{person: ada}]\n",
        schedules__time_off__ada="- {from: 2027-08-02, through: 2027-08-15}\n",
    )
    assert found.level.value == "warning"
    assert "(person ada) reaches nobody from Mon 2 Aug 2027 00:00 until Mon 16 Aug 2027 00:00" in found.message


def test_what_is_told_as_an_unknown_reference_is_not_told_again(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        weekly(),
        *(rule.name for rule in RULES if rule.family in ("references", "coverage")),
        policies__services__checkout=SERVICE + "escalation: payments\n",
        policies__escalation__payments="steps:\n  - notify: [{person: adda}]\n",
    )
    assert [finding.rule for finding in found] == ["unknown-reference"]


def escalation(folder: Path, *rules: str, **policies: str) -> list[Finding]:
    named = {f"policies__escalation__{name}": f"steps:\n{text}" for name, text in policies.items()}
    return findings(folder, weekly(more=SECONDARY), *rules, policies__workload=MEDIUM, **named)


def test_a_circle_of_three_is_told_once(tmp_path: Path) -> None:
    ends = {"a": "b", "b": "c", "c": "a"}
    policies = {name: f"  - notify: [{{escalation: {other}}}]\n" for name, other in ends.items()}
    (found,) = escalation(tmp_path, "escalation-dead-end", **policies)
    assert found.message == "escalation policies name each other in a circle: a → b → c → a"


def test_a_circle_is_not_told_again_for_each_service(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        weekly(),
        "escalation-dead-end",
        "nobody-named",
        policies__services__checkout=SERVICE + "escalation: outer\n",
        policies__escalation__outer="steps:\n  - notify: [{escalation: a}]\n",
        policies__escalation__a="steps:\n  - notify: [{escalation: b}]\n",
        policies__escalation__b="steps:\n  - notify: [{escalation: a}]\n",
    )
    assert [finding.rule for finding in found] == ["escalation-dead-end"]


def test_a_policy_of_two_steps_that_ask_the_same_role_reaches_only_its_holder(tmp_path: Path) -> None:
    steps = "  - notify: [{schedule: payments}]\n    wait: 5 minutes\n  - notify: [{schedule: payments}]\n"
    (found,) = escalation(
        tmp_path, "escalation-dead-end", payments=steps + "last-resort: {schedule: payments, role: primary}\n"
    )
    assert found.message == (
        "after its first step the escalation policy payments reaches only whom that step has asked "
        "(grace, linus, margaret and ada) from Mon 23 Nov 2026 09:00 until Tue 23 Nov 2027 00:00 Europe/Berlin, "
        "however long it goes on"
    )


def test_a_policy_that_names_itself_and_one_that_leads_into_a_circle(tmp_path: Path) -> None:
    found = escalation(
        tmp_path,
        "escalation-dead-end",
        inner="  - notify: [{escalation: inner}]\n",
        outer="  - notify: [{escalation: inner}]\n",
    )
    assert [finding.subject for finding in found] == ["escalation/inner"]


def test_a_last_resort_who_is_in_the_rotation_passes(tmp_path: Path) -> None:
    assert not escalation(tmp_path, "escalation-dead-end", payments=ESCALATION.removeprefix("steps:\n"))


def test_a_lead_who_is_in_the_rotation_is_asked_again(tmp_path: Path) -> None:
    steps = (
        "  - notify: [{schedule: payments}]\n    wait: 5 minutes\n"
        "  - notify: [{person: ada}]\n    wait: 5 minutes\n  - notify: [{team: payments}]\n"
    )
    (found,) = escalation(tmp_path, "escalation-dead-end", payments=steps)
    assert found.message == (
        "step 2 of the escalation policy payments asks only ada again, whom an earlier step has asked, "
        "from Mon 7 Dec 2026 09:00 until Mon 14 Dec 2026 09:00 Europe/Berlin and 12 more times"
    )


def test_repeats_come_before_the_last_resort(tmp_path: Path) -> None:
    policy = "steps:\n  - notify: [{schedule: payments}]\n    wait: 3 minutes\nrepeat: 1\nlast-resort: {person: ada}\n"
    (found,) = findings(
        tmp_path,
        weekly(),
        "escalation-too-slow",
        policies__services__checkout=SERVICE + "tier: 1\nescalation: payments\n",
        policies__escalation__payments=policy,
        policies__organization=TIERS,
        policies__workload=MEDIUM,
    )
    assert "asks somebody else only after 6 minutes" in found.message
    assert "within 5 minutes for checkout (tier 1)" in found.message


@pytest.mark.parametrize(
    ("handoff", "disturbs"),
    [
        ("every: 1 week, handoff: monday 07:00", False),
        ("every: 1 week, handoff: friday 19:00", False),
        ("every: 1 week, handoff: monday 06:30", True),
        ("every: 1 week, handoff: saturday 10:00", True),
        ("every: 7 days, handoff: 09:00", False),
        ("every: 1 day, handoff: 09:00", False),
        ("every: 2 days, handoff: 00:00", True),
        ("every: 1 week, handoff: [monday 09:00, wednesday 09:00, friday 09:00, sunday 09:00]", False),
        ("every: 1 month, handoff: first tuesday 10:00", False),
        ("every: 1 month, handoff: day 1 10:00", True),
        ("every: 12 hours, handoff: 08:00", False),
        ("every: 12 hours, handoff: 00:00", True),
        ("every: 8 hours, handoff: 06:00", False),
        ("every: 4 hours, handoff: 00:00", False),
    ],
)
def test_which_handoffs_disturb(tmp_path: Path, handoff: str, disturbs: bool) -> None:
    layer = f"id: turns, from: 2026-01-05, {handoff}, members: [ada, grace, linus, margaret]"
    found = findings(tmp_path, schedule(layer), "handoff-outside-working-hours", policies__workload=MEDIUM)
    assert bool(found) is disturbs


def test_working_hours_are_the_organisations_own(tmp_path: Path) -> None:
    layer = "id: turns, from: 2026-01-05, every: 1 week, handoff: sunday 09:00, members: [ada, grace]"
    own = MEDIUM + "working-hours: [sun-thu 09:00-17:00]\n"
    assert not findings(tmp_path, schedule(layer), "handoff-outside-working-hours", policies__workload=own)


def test_an_hour_that_suits_everybody_is_proposed(tmp_path: Path) -> None:
    people = PEOPLE.replace("ada: {", "ada: {timezone: America/New_York, ")
    rule, on_call = "handoff-outside-working-hours", weekly("ada, grace, linus")
    (found,) = findings(tmp_path, on_call, rule, schedules__people=people, policies__workload=MEDIUM)
    assert "outside the working hours of ada (03:00 in America/New_York)" in found.message
    assert "write `handoff: monday 15:00`" in found.help


@pytest.mark.parametrize(
    ("handoff", "proposed"),
    [
        ("every: 1 week, handoff: sunday 09:00", "write `handoff: monday 09:00` in"),
        ("every: 1 week, handoff: [monday 09:00, saturday 00:00]", "write `friday 17:00` in place of that point"),
        ("every: 1 month, handoff: last sunday 09:00", "write `handoff: first monday 09:00` in"),
        ("every: 1 day, handoff: 23:00", "write `handoff: 17:00` in"),
        ("every: 12 hours, handoff: 00:00", "such as `[08:00, 20:00]`"),
    ],
)
def test_what_is_proposed_can_be_written(tmp_path: Path, handoff: str, proposed: str) -> None:
    layer = f"id: turns, from: 2026-01-05, {handoff}, members: [ada, grace, linus]"
    (found,) = findings(tmp_path, schedule(layer), "handoff-outside-working-hours", policies__workload=MEDIUM)
    assert proposed in found.help


@pytest.mark.parametrize(("edge", "disturbs"), [("21:00", False), ("03:00", True)])
def test_a_change_between_layers_in_the_night_of_both(tmp_path: Path, edge: str, disturbs: bool) -> None:
    layers = (
        f"id: days, from: 2026-01-05, every: 1 week, handoff: monday 09:00, during: [mon-sun 09:00-{edge}], "
        f"members: [ada, grace]\nid: nights, from: 2026-01-05, every: 1 week, handoff: monday {edge}, "
        f"during: [mon-sun {edge}-09:00], members: [linus, margaret]"
    )
    found = findings(tmp_path, schedule(layers), "handoff-outside-working-hours", policies__workload=MEDIUM)
    assert bool(found) is disturbs


def test_covers_and_overrides_are_no_regular_handoffs(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        weekly(),
        "handoff-outside-working-hours",
        policies__workload=MEDIUM,
        schedules__time_off__ada="- {from: 2026-12-16, through: 2026-12-17}\n",
        schedules__overrides__night="{schedule: payments, role: primary, from: 2026-12-02 02:00, "
        "until: 2026-12-02 05:00, person: ada}\n",
    )
    assert not found


def test_a_target_who_leaves_is_told_from_the_last_day_on(tmp_path: Path) -> None:
    people = PEOPLE.replace("margaret: {", "margaret: {left: 2027-01-31, ")
    on_call = weekly("ada, grace, linus", SECONDARY)
    escalation = {"policies__escalation__payments": ESCALATION}
    (found,) = findings(tmp_path, on_call, "left-but-on-call", schedules__people=people, **escalation)
    assert found.message == (
        "margaret, whose last day is 2027-01-31, is still notified by the last resort of the escalation policy payments"
    )


def test_no_contact_is_printed(tmp_path: Path) -> None:
    full = ", contact: {email: x@example.org, phone: '+442071234567'}}"
    people = PEOPLE.replace("}", full).replace(full, ", contact: {email: secret@example.org}}", 1)
    (found,) = findings(tmp_path, weekly(), "not-reachable", schedules__people=people, policies__workload=MEDIUM)
    assert found.message.startswith("ada can be reached in only 1 way, and is on call from ")
    assert "secret" not in str(found)


def test_a_new_schedule_has_nobody_to_shadow(tmp_path: Path) -> None:
    layer = "id: weekly, from: 2027-01-04, every: 1 week, handoff: monday 09:00, members: [ada, grace]"
    assert not findings(tmp_path, schedule(layer), "primary-without-shadow", policies__workload=MEDIUM)


def test_who_was_secondary_before_has_seen_enough(tmp_path: Path) -> None:
    versions = (
        "id: weekly, every: 1 week, handoff: monday 09:00, versions: ["
        "{from: 2026-01-05, members: [ada, grace]}, {from: 2027-01-04, members: [ada, grace, linus]}]"
    )
    rule = "primary-without-shadow"
    assert findings(tmp_path / "1", schedule(versions), rule, policies__workload=MEDIUM)
    assert not findings(tmp_path / "2", schedule(versions, SECONDARY), rule, policies__workload=MEDIUM)


def test_an_override_onto_the_same_person_is_history_too(tmp_path: Path) -> None:
    override = "{schedule: payments, role: primary, from: 2026-10-24 09:00, until: 2026-10-25 09:00, person: ada}\n"
    assert not findings(tmp_path, weekly(), "override-in-the-past", schedules__overrides__old=override)
