"""Levels, options, profiles, waivers and grouping, seen from outside: files in, findings out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from compiled_pages import compile_files
from watchbill.findings import Finding

SERVICE = "name: Checkout\nteam: payments\non-call: {schedule: payments}\n"
SCHEDULE = """\
name: Payments
team: payments
timezone: Europe/Berlin
roles:
  primary:
    coverage: 24x7
    layers:
      - {id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace]}
"""
HOLE = "schedule: payments\nrole: primary\nfrom: {start}\nuntil: {end}\nperson: nobody\n"
CHRISTMAS = HOLE.format(start="2026-12-24 00:00", end="2026-12-26 00:00")
WAIVER = """\
waivers:
  - rule: coverage-gap
    subject: {subject}
    from: {start}
    through: {through}
    owner: grace
    reason: Nothing is sold on these days
"""


def findings(folder: Path, files: Mapping[str, str], now: str = "2026-11-23T09:00:00+01:00") -> list[Finding]:
    """Compile a schedule and its service with some more files, and return the findings."""
    around = {"policies/services/checkout.yaml": SERVICE, "schedules/on-call/payments.yaml": SCHEDULE}
    compilation = compile_files({**around, **files}, folder, now)
    return [located.finding for located in compilation.findings]


def rules(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.level.value) for finding in found]


def waiver(subject: str = "schedule/payments", start: str = "2026-12-24", through: str = "2026-12-25") -> str:
    return WAIVER.format(subject=subject, start=start, through=through)


def test_without_settings_a_rule_has_its_declared_level(tmp_path: Path) -> None:
    assert rules(findings(tmp_path, {"schedules/overrides/x.yaml": CHRISTMAS})) == [("coverage-gap", "error")]


@pytest.mark.parametrize("level", ["error", "warning", "info"])
def test_a_level_can_be_set(tmp_path: Path, level: str) -> None:
    files = {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": f"rules: {{coverage-gap: {level}}}\n"}
    assert rules(findings(tmp_path, files)) == [("coverage-gap", level)]


def test_a_rule_that_is_off_finds_nothing(tmp_path: Path) -> None:
    files = {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": "rules: {coverage-gap: off}\n"}
    assert findings(tmp_path, files) == []


def test_a_level_never_raises_what_the_rule_holds_for_less_grave(tmp_path: Path) -> None:
    summer = HOLE.format(start="2027-08-01 00:00", end="2027-08-02 00:00")
    files = {"schedules/overrides/x.yaml": summer, "policies/checks.yaml": "rules: {coverage-gap: error}\n"}
    assert rules(findings(tmp_path, files)) == [("coverage-gap", "warning")]


def test_an_option_changes_what_a_rule_finds(tmp_path: Path) -> None:
    settings = "rules:\n  coverage-gap:\n    options: {error-within-days: 10}\n"
    files = {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": settings}
    assert rules(findings(tmp_path, files)) == [("coverage-gap", "warning")]


def test_an_option_of_the_wrong_type_leaves_the_default(tmp_path: Path) -> None:
    settings = "rules:\n  coverage-gap:\n    options: {error-within-days: true}\n"
    found = findings(tmp_path, {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": settings})
    assert rules(found) == [("wrong-option", "error"), ("coverage-gap", "error")]
    assert "`true`" in found[0].message


def test_a_fixed_rule_keeps_its_level_and_cannot_be_waived(tmp_path: Path) -> None:
    settings = "rules: {duplicate-key: off}\n"
    people = "ada: {name: Ada}\nada: {name: Ada}\ngrace: {name: Grace}\nlinus: {name: Linus}\n"
    found = findings(tmp_path, {"policies/checks.yaml": settings, "schedules/people.yaml": people})
    assert ("rule-level-fixed", "error") in rules(found)
    assert ("duplicate-key", "error") in rules(found)


@pytest.mark.parametrize(
    ("named", "suggested"), [("coverage-gpa", "`coverage-gap`"), ("doublebooked", "`double-booked`")]
)
def test_an_unknown_rule_gets_a_suggestion(tmp_path: Path, named: str, suggested: str) -> None:
    found = findings(tmp_path, {"policies/checks.yaml": f"rules: {{{named}: off}}\n"})
    assert rules(found) == [("unknown-rule", "error")]
    assert suggested in found[0].help


def test_a_waiver_that_covers_a_gap_excuses_it(tmp_path: Path) -> None:
    files = {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": waiver()}
    assert findings(tmp_path, files) == []


def test_two_waivers_that_meet_cover_a_gap_together(tmp_path: Path) -> None:
    both = waiver(through="2026-12-24") + waiver(start="2026-12-25").removeprefix("waivers:\n")
    assert findings(tmp_path, {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": both}) == []


def test_a_gap_partly_outside_a_waiver_is_reported_whole_with_a_label(tmp_path: Path) -> None:
    files = {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": waiver(through="2026-12-24")}
    found = findings(tmp_path, files)
    assert rules(found) == [("coverage-gap", "error")]
    assert "from Thu 24 Dec 2026 00:00 until Sat 26 Dec 2026 00:00 Europe/Berlin" in found[0].message
    assert [label.place.file for label in found[0].labels] == ["schedules/overrides/x.yaml", "policies/checks.yaml"]


def test_a_waiver_of_another_subject_excuses_nothing_and_is_told(tmp_path: Path) -> None:
    files = {"schedules/overrides/x.yaml": CHRISTMAS, "policies/checks.yaml": waiver(subject="schedule/search")}
    assert set(rules(findings(tmp_path, files))) == {("coverage-gap", "error"), ("waiver-unused", "info")}


def test_the_days_of_a_waiver_are_those_of_the_organisation(tmp_path: Path) -> None:
    in_new_york = CHRISTMAS.replace("00:00", "00:00-05:00").replace(" 00", "T00")
    files = {"schedules/overrides/x.yaml": in_new_york, "policies/checks.yaml": waiver()}
    assert rules(findings(tmp_path, files)) == [("coverage-gap", "error")]


def test_a_waiver_expires_with_its_last_day(tmp_path: Path) -> None:
    settings = {"policies/checks.yaml": waiver()}
    assert rules(findings(tmp_path, settings, "2026-12-25T23:59:59+01:00")) == [("waiver-unused", "info")]
    assert rules(findings(tmp_path, settings, "2026-12-26T00:00:00+01:00")) == [("waiver-expired", "warning")]


def test_a_finding_without_a_time_is_waived_while_the_waiver_lasts(tmp_path: Path) -> None:
    unused = {"policies/services/checkout.yaml": "name: Checkout\nteam: payments\n"}
    now = {**unused, "policies/checks.yaml": waiver(start="2026-11-01").replace("coverage-gap", "schedule-unused")}
    later = {**unused, "policies/checks.yaml": waiver(start="2026-12-24").replace("coverage-gap", "schedule-unused")}
    assert findings(tmp_path / "now", now) == []
    assert ("schedule-unused", "warning") in rules(findings(tmp_path / "later", later))


def test_many_gaps_that_are_alike_are_one_finding(tmp_path: Path) -> None:
    nights = SCHEDULE.replace("members:", "during: [mon-sun 09:00-24:00], members:")
    found = findings(tmp_path, {"schedules/on-call/payments.yaml": nights})
    assert rules(found) == [("coverage-gap", "error")]
    assert found[0].message.startswith(
        "payments has no primary from Tue 24 Nov 2026 00:00 until Tue 24 Nov 2026 09:00 Europe/Berlin: "
    )
    assert found[0].message.endswith("; and 363 more like it until Mon 22 Nov 2027 09:00 Europe/Berlin")


def test_a_waiver_takes_single_gaps_out_of_many(tmp_path: Path) -> None:
    nights = SCHEDULE.replace("members:", "during: [mon-sun 09:00-24:00], members:")
    files = {"schedules/on-call/payments.yaml": nights, "policies/checks.yaml": waiver(start="2026-11-24")}
    found = findings(tmp_path, files)
    assert rules(found) == [("coverage-gap", "error")]
    assert "from Sat 26 Dec 2026 00:00" in found[0].message


def test_the_past_never_warns(tmp_path: Path) -> None:
    past = HOLE.format(start="2026-11-10 00:00", end="2026-11-12 00:00")
    overlap = past.replace("nobody", "grace")
    files = {"schedules/overrides/x.yaml": past, "schedules/overrides/y.yaml": overlap}
    assert findings(tmp_path / "after", files) == []
    before = rules(findings(tmp_path / "before", files, "2026-11-01T00:00:00+01:00"))
    assert ("override-overlap", "error") in before


def test_a_gap_that_has_begun_is_told_from_now_on(tmp_path: Path) -> None:
    hole = HOLE.format(start="2026-11-20 00:00", end="2026-11-26 00:00")
    found = findings(tmp_path, {"schedules/overrides/x.yaml": hole})
    assert "from Mon 23 Nov 2026 09:00 until Thu 26 Nov 2026 00:00 Europe/Berlin" in found[0].message


@pytest.mark.parametrize(
    ("profile", "told"), [("small", False), ("medium", True), ("large", True)], ids=["small", "medium", "large"]
)
def test_a_profile_sets_defaults(tmp_path: Path, profile: str, told: bool) -> None:
    ending = SCHEDULE.replace("from: 2026-01-05", "from: 2026-01-05, until: 2027-07-05 09:00")
    files = {"schedules/on-call/payments.yaml": ending, "policies/workload.yaml": f"profile: {profile}\n"}
    assert (("roster-runs-out", "warning") in rules(findings(tmp_path, files))) is told


def test_without_a_profile_the_number_of_people_decides(tmp_path: Path) -> None:
    ending = SCHEDULE.replace("from: 2026-01-05", "from: 2026-01-05, until: 2027-07-05 09:00")
    many = "".join(f"p{number}: {{name: P}}\n" for number in range(8))
    people = "ada: {name: Ada}\ngrace: {name: Grace}\nlinus: {name: Linus}\n"
    files = {"schedules/on-call/payments.yaml": ending, "schedules/people.yaml": people}
    assert findings(tmp_path / "small", files) == []
    medium = findings(tmp_path / "medium", {**files, "schedules/people.yaml": people + many})
    assert rules(medium) == [("roster-runs-out", "warning")]


def test_too_many_findings_of_a_rule_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchbill.checks.judge.MOST_FINDINGS", 100)
    nights = SCHEDULE.replace("members:", "during: [mon-sun 09:00-24:00], members:")
    found = findings(tmp_path, {"schedules/on-call/payments.yaml": nights})
    assert rules(found) == [("too-many-findings", "error"), ("coverage-gap", "error")]
    assert "the rule coverage-gap has more than 100 findings" in found[0].message
    assert "; and 99 more like it until" in found[1].message


def test_the_names_and_the_order_of_files_change_nothing(tmp_path: Path) -> None:
    hole = HOLE.format(start="2026-12-01 00:00", end="2026-12-02 00:00")
    one = findings(tmp_path / "one", {"schedules/overrides/a.yaml": CHRISTMAS, "schedules/overrides/b.yaml": hole})
    two = findings(tmp_path / "two", {"schedules/overrides/d.yaml": CHRISTMAS, "schedules/overrides/c.yaml": hole})
    assert [finding.message for finding in one] == [finding.message for finding in two]
    assert len(one) == 2
