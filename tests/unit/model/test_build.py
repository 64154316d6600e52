"""What a valid repository becomes, what a version inherits, and what broken things do to their neighbours."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest

from small_repository import FILES, model_of, with_change
from watchbill.model.on_call import Schedule
from watchbill.model.time_values import HandoffPoint, Moment, Period

ON_CALL = "schedules/on-call/harbour.yaml"
PEOPLE = "schedules/people.yaml"
HOUR = 3600


def schedule(text: str) -> Schedule:
    model, findings = model_of({**FILES, ON_CALL: text})
    assert findings == []
    return model.schedules["harbour"]


def test_valid_repository_has_no_findings_and_nothing_broken() -> None:
    model, findings = model_of(FILES)
    assert findings == []
    assert model.broken == frozenset()
    assert list(model.people) == ["mary", "rosalind", "tycho"]
    assert [role.id for role in model.schedules["harbour"].roles] == ["primary", "secondary", "launch"]


def test_empty_repository_is_fine() -> None:
    model, findings = model_of({})
    assert findings == []
    assert model.organization.timezone is None
    assert model.schedules == {}


def test_version_inherits_from_the_one_before_it_and_the_layer() -> None:
    layer = schedule(FILES[ON_CALL]).roles[0].layers[0]
    first, second = layer.versions
    assert (first.start, second.start) == (date(2026, 1, 5), date(2026, 6, 1))
    assert second.every == first.every == Period(count=1, unit="weeks")
    assert second.handoff == (HandoffPoint(seconds=9 * HOUR, weekday=0),)
    assert second.when_away == "advance"
    assert second.members == (("tycho",), ("rosalind",), ("mary",))
    assert second.timezone == "Europe/Lisbon"
    assert second.order_place.path == ("roles", "primary", "layers", 0, "versions", 1, "members")


def test_version_without_members_keeps_those_before_it() -> None:
    text = FILES[ON_CALL].replace(
        "members: [tycho, rosalind, mary]", "timezone: Atlantic/Azores\n            during: nights"
    )
    first, second = schedule(text).roles[0].layers[0].versions
    assert second.members == first.members
    assert second.order_place.path == ("roles", "primary", "layers", 0, "versions", 0, "members")
    assert (first.timezone, second.timezone) == ("Europe/Lisbon", "Atlantic/Azores")
    assert (first.during, second.during and second.during.text) == (None, "nights")


def test_layer_may_be_its_own_version() -> None:
    layer = schedule(FILES[ON_CALL]).roles[0].layers[1]
    assert len(layer.versions) == 1
    assert layer.versions[0].place == layer.place
    assert layer.versions[0].members == (("rosalind",), ("mary", "tycho"))


def test_zone_comes_from_the_organisation_last() -> None:
    assert schedule(FILES[ON_CALL].replace("timezone: Europe/Lisbon\n", "")).timezone == "Europe/Lisbon"
    files = {path: text for path, text in FILES.items() if path != "policies/organization.yaml"}
    files = {**files, ON_CALL: FILES[ON_CALL].replace("timezone: Europe/Lisbon\n", "")}
    files["policies/services/cranes.yaml"] = files["policies/services/cranes.yaml"].replace("tier: 1\n", "")
    _, findings = model_of(files)
    assert [f.rule for f in findings] == ["missing-key"]
    assert "time zone" in findings[0].message


def test_dated_turns_may_be_nobodys() -> None:
    version = schedule(FILES[ON_CALL]).roles[2].layers[0].versions[0]
    assert version.start == date(2026, 3, 2)
    assert [turn.member for turn in version.turns] == [("mary",), ()]
    assert version.turns[0].start == Moment(day=date(2026, 3, 2), seconds=9 * HOUR)


def test_window_keeps_the_name_and_the_holidays() -> None:
    model, _ = model_of(FILES)
    office = model.windows["office"]
    assert office.text == "office"
    assert office.parts[0].except_days == "company"
    assert model.schedules["harbour"].roles[1].coverage[0].window == office
    assert model.schedules["harbour"].roles[1].coverage[0].responders == 2


def test_nights_weekends_and_working_hours_have_defaults() -> None:
    workload = model_of({**FILES, "policies/workload.yaml": "working-time: {preset: us}"})[0].workload
    assert workload.night.parts == model_of(FILES)[0].windows["nights"].parts
    assert workload.weekend.text == "saturday 00:00 - monday 00:00"
    assert workload.working_hours.text == "mon-fri 09:00-17:00"
    assert workload.working_time is not None
    assert (workload.working_time.preset, workload.working_time.standby_factor) == ("us", 1)


def test_policies_become_numbers() -> None:
    model, _ = model_of(FILES)
    assert model.severities["sev1"].acknowledge_within == 300
    assert model.severities["sev1"].executive_after == HOUR
    assert model.organization.publish.future_days == 180
    assert model.organization.tiers[1].at_keyboard == 900
    assert model.workload.limits[0].error is not None
    assert model.workload.limits[0].error.value == Fraction(7, 20)
    assert model.workload.weights["weekend"] == Fraction(3, 2)
    assert model.workload.night.text == "mon-sun 21:00-07:00"
    assert model.workload.weekend == model.windows["weekends"]
    assert len(model.workload.working_hours.parts) == 2
    assert model.workload.working_time is not None
    assert model.workload.working_time.standby_factor == Fraction(1, 4)
    assert model.compensation.rules[0].rates["night"].amount == Fraction(13, 2)
    assert model.compensation.rules[0].code == "4711"
    assert model.checks.rules["coverage-gap"].options == {"days": 60}


def test_text_that_is_a_number_is_taken_as_spelt() -> None:
    model, _ = model_of(FILES)
    assert model.incidents["2026-02-03-crane-stuck"].title == "2026"


def test_calendars_are_kept_as_bytes() -> None:
    model, findings = model_of({**FILES, "schedules/time-off/tycho.ics": b"BEGIN", "schedules/holidays/port.ics": b"X"})
    assert findings == []
    assert [(c.purpose, c.id, c.content) for c in model.calendars] == [
        ("holidays", "port", b"X"),
        ("time-off", "tycho", b"BEGIN"),
    ]
    assert list(model.holidays) == ["company", "port"]


def test_broken_person_is_one_finding_and_takes_along_what_needs_it() -> None:
    model, findings = model_of(with_change(PEOPLE, "name: Tycho Brahe", "nmae: Tycho Brahe"))
    assert [f.rule for f in findings] == ["unknown-key"]
    assert ("person", "tycho") in model.broken
    assert ("schedule", "harbour") in model.broken
    assert model.schedules == {}
    assert model.overrides == ()


def test_unreadable_files_are_not_reported_as_missing() -> None:
    files = {path: text for path, text in FILES.items() if path != PEOPLE}
    model, findings = model_of(files, unreadable=(PEOPLE,))
    assert findings == []
    assert ("person", "*") in model.broken
    files = {path: text for path, text in FILES.items() if path != ON_CALL}
    model, findings = model_of(files, unreadable=(ON_CALL,))
    assert findings == []
    assert ("schedule", "harbour") in model.broken


def test_invalid_id_takes_the_references_to_what_was_meant_along() -> None:
    model, findings = model_of(with_change(PEOPLE, "tycho:\n", "Tycho:\n"))
    assert [f.rule for f in findings] == ["invalid-id"]
    assert ("person", "tycho") in model.broken


def test_entry_of_a_list_is_judged_alone() -> None:
    model, findings = model_of(with_change("schedules/time-off/mary.yaml", "kind: vacation", "kind: fun"))
    assert [f.rule for f in findings] == ["wrong-value"]
    assert len(model.time_off) == 1


def test_order_of_files_and_entries_changes_nothing() -> None:
    files = dict(FILES)
    people = FILES[PEOPLE].split("rosalind:")
    files[PEOPLE] = "rosalind:" + people[1] + people[0]
    there, _ = model_of(files)
    here, _ = model_of(FILES)
    assert there == here


@pytest.mark.parametrize("seed", range(12))
def test_any_broken_line_is_a_finding_and_never_an_exception(seed: int) -> None:
    """Misspell a reference, an id or a key, or change a type, at random: silence and exceptions are both wrong."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(25):
        path, old, new = _mutation(chance)
        _, findings = model_of(with_change(path, old, new))
        assert findings, (path, old, new)
        assert all(f.message and f.help and "Error" not in f.message for f in findings)


TARGETS = [
    (
        ON_CALL,
        (
            "team: harbour",
            "tycho",
            "rosalind",
            "mary",
            "office",
            "primary:",
            "follows",
            "layers",
            "members",
            "every",
            "versions",
        ),
    ),
    (PEOPLE, ("name", "timezone", "Europe/London", "contact", "phone", "limits", "trained", "joined", "holidays")),
    ("schedules/teams/harbour.yaml", ("name", "members", "tycho", "lead", "approvers", "channel")),
    (
        "schedules/overrides/summer.yaml",
        ("schedule", "harbour", "role", "primary", "from", "until", "person", "tycho", "mary"),
    ),
    ("schedules/swaps/autumn.yaml", ("schedule", "harbour", "primary", "between", "mary", "2026-09-07")),
    ("schedules/time-off/mary.yaml", ("from", "through", "kind", "vacation", "until", "2026-08-21")),
    ("schedules/holidays/company.yaml", ("from", "through", "name", "2026-12-24")),
    ("policies/windows.yaml", ("days", "mon-fri", "except", "holidays/company", "09:00", "monday")),
    (
        "policies/services/cranes.yaml",
        ("team", "harbour", "tier", "schedule", "needs", "24x7", "office", "escalation", "https", "pilots"),
    ),
    (
        "policies/escalation/harbour.yaml",
        ("steps", "notify", "schedule", "harbour", "wait", "minutes", "commander", "sev1", "mary"),
    ),
    (
        "policies/severities.yaml",
        ("name", "criteria", "minutes", "declare", "commander", "harbour", "updates", "first", "review"),
    ),
    ("policies/incident-roles.yaml", ("duties", "schedule", "harbour", "scribe]")),
    (
        "policies/organization.yaml",
        ("Europe", "monday", "central", "publish", "days", "internal", "tiers", "sev1", "escalate"),
    ),
    ("policies/communication.yaml", ("channel", "https", "audiences", "to:", "template")),
    ("policies/workload.yaml", ("small", "share", "27%", "primary", "rest", "hours", "weekends", "weights", "night")),
    ("policies/compensation.yaml", ("rules", "PT", "primary", "EUR", "hour", "parallel", "each")),
    ("policies/checks.yaml", ("rules", "level", "error", "options", "waivers", "from", "through", "mary", "reason")),
    ("policies/providers/pager.yaml", ("kind", "shifts", "days", "harbour", "primary", "handles")),
    (
        "incidents/2026/2026-02-03-crane-stuck.yaml",
        (
            "title",
            "sev1",
            "cranes",
            "impact",
            "customers",
            "detected",
            "mary",
            "commander",
            "tycho",
            "reviewed",
            "https",
        ),
    ),
    ("incidents/pages/2026-02.yaml", ("at:", "cranes", "mary", "handled", "minutes", "crane-stuck", "T03")),
]


def _mutation(chance: random.Random) -> tuple[str, str, str]:
    path, words = chance.choice(TARGETS)
    word = chance.choice(words)
    return path, word, chance.choice((f"x-{word}", f"{word[:-1]}qq{word[-1:]}"))


def test_windows_that_name_windows_are_bounded() -> None:
    chain = "office: mon-fri 09:00-17:00\na0: office\n" + "".join(f"a{n}: a{n - 1}\n" for n in range(1, 3000))
    model, findings = model_of({"policies/windows.yaml": chain})
    assert findings
    assert all("deeper than 8" in f.message for f in findings)
    doubled = "w0: mon 09:00-10:00\n" + "".join(f"w{n}: [w{n - 1}, w{n - 1}]\n" for n in range(1, 8))
    model, findings = model_of({"policies/windows.yaml": doubled})
    assert findings == []
    assert len(model.windows["w7"].parts) == 1


def test_a_flood_of_findings_in_one_file_is_counted() -> None:
    members = "".join(f"  - x{n}\n" for n in range(900))
    _, findings = model_of({"schedules/teams/x.yaml": f"name: X\nmembers:\n{members}"})
    assert len(findings) == 101
    assert findings[0].message == "this file has 800 more findings of this rule"
