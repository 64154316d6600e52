"""What typical mistakes are answered: rule, place and the exact words."""

from __future__ import annotations

import pytest

from small_repository import model_of, with_change

ON_CALL = "schedules/on-call/harbour.yaml"
PEOPLE = "schedules/people.yaml"
TIME_OFF = "schedules/time-off/mary.yaml"
OVERRIDE = "schedules/overrides/summer.yaml"
WINDOWS = "policies/windows.yaml"
SERVICE = "policies/services/cranes.yaml"
ESCALATION = "policies/escalation/harbour.yaml"
WORKLOAD = "policies/workload.yaml"
INCIDENT = "incidents/2026/2026-02-03-crane-stuck.yaml"
WEEKLY = "roles/primary/layers/0/versions/0"

MISTAKES = [
    (
        PEOPLE,
        "timezone: Europe/London",
        "time-zone: Europe/London",
        "unknown-key",
        "mary/time-zone",
        "person `mary` has no key `time-zone`",
        "did you mean `timezone`?",
    ),
    (
        PEOPLE,
        "name: Tycho Brahe",
        "nmae: Tycho Brahe",
        "unknown-key",
        "tycho/nmae",
        "person `tycho` has no key `nmae`",
        "did you mean `name`?",
    ),
    (
        PEOPLE,
        "name: Tycho Brahe",
        "joined: 2025-01-01",
        "missing-key",
        "tycho",
        "person `tycho` lacks the key `name`",
        "add `name`, such as `name: Ada Lovelace`",
    ),
    (
        PEOPLE,
        "name: Tycho Brahe",
        "name:",
        "wrong-type",
        "tycho/name",
        "`name` has no value",
        "write text, such as `Ada Lovelace`, or take the key out",
    ),
    (
        PEOPLE,
        "name: Tycho Brahe",
        "name: true",
        "wrong-type",
        "tycho/name",
        "`name` must be text, not `true`",
        'put it in quotes: `"true"`',
    ),
    (
        PEOPLE,
        "no-nights: true",
        "no-nights: yes",
        "wrong-type",
        "mary/limits/no-nights",
        "`no-nights` must be `true` or `false`, not `yes`",
        "write `true` or `false`",
    ),
    (
        PEOPLE,
        "primary: 30%",
        "primary: 30",
        "wrong-type",
        "mary/limits/share/primary",
        "`primary`: `30` is no share",
        "write per cent, such as `30%`",
    ),
    (
        PEOPLE,
        "Europe/London",
        "Europe/Londn",
        "unknown-timezone",
        "mary/timezone",
        "there is no time zone `Europe/Londn`",
        "did you mean `Europe/London`?",
    ),
    (
        PEOPLE,
        "Europe/London",
        "CET",
        "unknown-timezone",
        "mary/timezone",
        "there is no time zone `CET`",
        "write the IANA name of a place, such as `Europe/Berlin`, or `UTC`",
    ),
    (
        PEOPLE,
        "Europe/London",
        "Eire",
        "unknown-timezone",
        "mary/timezone",
        "there is no time zone `Eire`",
        "did you mean `Europe/Dublin`?",
    ),
    (
        PEOPLE,
        "left: 2027-03-01",
        "left: 2023-03-01",
        "ends-before-it-starts",
        "mary/left",
        "`mary` left on 2023-03-01, before joining on 2024-03-01",
        "correct one of the dates",
    ),
    (
        PEOPLE,
        '"+442071230000"',
        '"02071230000"',
        "wrong-value",
        "mary/contact/phone",
        "`phone` cannot have this value",
        'write it in international form and in quotes: `"+442071234567"`',
    ),
    (
        ON_CALL,
        "every: 1 week",
        "every: 0 days",
        "wrong-value",
        f"{WEEKLY}/every",
        "`every`: a rotation cannot repeat every `0 days`",
        "write `1 week`, `2 weeks`, `1 day`, `8 hours` or `1 month`",
    ),
    (
        ON_CALL,
        "monday 09:00",
        "monday 9:00",
        "wrong-value",
        f"{WEEKLY}/handoff",
        "`handoff`: `9:00` is no time",
        "write `09:00`",
    ),
    (
        ON_CALL,
        "monday 09:00",
        "09:00",
        "wrong-value",
        f"{WEEKLY}/handoff",
        "`handoff`: `09:00` is no handoff for a period in weeks",
        "write `monday 09:00`, or a list such as `[monday 09:00, friday 17:00]`",
    ),
    (
        ON_CALL,
        "tycho, rosalind]",
        "tycho, roslind]",
        "unknown-reference",
        f"{WEEKLY}/members/2",
        "there is no person `roslind`",
        "did you mean `rosalind`?",
    ),
    (
        ON_CALL,
        "[mary, tycho, rosalind]",
        "mary",
        "wrong-type",
        f"{WEEKLY}/members",
        "`members` must be a list, not `mary`",
        "write a list, such as `[ada, grace]`",
    ),
    (
        ON_CALL,
        "when-away: advance",
        "when-away: advanced",
        "wrong-value",
        "roles/primary/layers/0/when-away",
        "`when-away` cannot be `advanced`",
        "did you mean `advance`?",
    ),
    (
        ON_CALL,
        "during: office",
        "during: ofice",
        "unknown-reference",
        "roles/primary/layers/1/during",
        "there is no window `ofice`",
        "did you mean `office`?",
    ),
    (
        ON_CALL,
        "coverage: 24x7",
        "coverage: mon-fri",
        "wrong-value",
        "roles/primary/coverage",
        "`coverage`: `mon-fri` names days without times",
        "write `mon-fri 00:00-24:00` for whole days",
    ),
    (
        ON_CALL,
        "layer: weekly",
        "layer: weakly",
        "unknown-reference",
        "roles/secondary/follows/layer",
        "role `primary` has no layer `weakly`",
        "did you mean `weekly`?",
    ),
    (
        ON_CALL,
        "team: harbour",
        "team: harbor",
        "unknown-reference",
        "team",
        "there is no team `harbor`",
        "did you mean `harbour`?",
    ),
    (
        ON_CALL,
        "responders: 2",
        "responders: two",
        "wrong-type",
        "roles/secondary/coverage/0/responders",
        "`responders` must be a whole number, not `two`",
        "write a whole number, such as `2`",
    ),
    (
        TIME_OFF,
        "through: 2026-08-21",
        "until: 2026-08-21",
        "bare-date-after-until",
        "0/until",
        "`until: 2026-08-21` leaves open whether that day still belongs to it",
        "write `through:` and the last day, or a time: `until: 2026-08-21 18:00`",
    ),
    (
        TIME_OFF,
        "  through: 2026-08-21\n",
        "",
        "missing-key",
        "0",
        "nothing says when this ends",
        "add `through` with the last day, or `until` with a moment",
    ),
    (
        OVERRIDE,
        "role: primary",
        "role: primry",
        "unknown-reference",
        "0/role",
        "schedule `harbour` has no role `primry`",
        "did you mean `primary`?",
    ),
    (
        OVERRIDE,
        "2026-07-02 09:00",
        "2026-06-02 09:00",
        "ends-before-it-starts",
        "0/until",
        "`2026-06-02 09:00` is not after `2026-07-01 09:00`",
        "exchange them, or correct one",
    ),
    (
        WINDOWS,
        "holidays/company",
        "holidays/compani",
        "unknown-reference",
        "office/except",
        "there is no holidays file `compani`",
        "did you mean `company`?",
    ),
    (WINDOWS, "22:00-06:00", "22-6", "wrong-value", "nights/0", "this window: `22` is no time", "write `22:00`"),
    (
        SERVICE,
        "https://runbooks",
        "http://runbooks",
        "wrong-value",
        "runbook",
        "`runbook`: `http://runbooks.example.org/cranes` is no https link",
        "write a link such as `https://runbooks.example.org/checkout`",
    ),
    (
        SERVICE,
        "[pilots]",
        "[pilot]",
        "unknown-reference",
        "depends-on/0",
        "there is no service `pilot`",
        "did you mean `pilots`?",
    ),
    (
        ESCALATION,
        "wait: 5 minutes",
        "wait: 5m",
        "wrong-value",
        "steps/0/wait",
        "`wait`: `5m` is no duration",
        "write `5 minutes`",
    ),
    (
        ESCALATION,
        "{person: mary}",
        "mary",
        "wrong-type",
        "last-resort",
        "`last-resort` must be a mapping, not `mary`",
        "write a mapping, such as `{person: margaret}`",
    ),
    (
        INCIDENT,
        "event: detected",
        "event: detcted",
        "wrong-value",
        "log/0/event",
        "`event` cannot be `detcted`",
        "did you mean `detected`?",
    ),
    (
        INCIDENT,
        "at: 2026-02-03T02:12:00Z",
        "at: 2026-02-03T02:12:00",
        "wrong-value",
        "log/1/at",
        "`at`: `2026-02-03T02:12:00` lacks an offset",
        "write date, time and offset from UTC, such as `2026-11-03T02:09:00+01:00` or `2026-11-03T01:09:00Z`",
    ),
    (
        INCIDENT,
        "role: commander, ",
        "",
        "missing-key",
        "log/3",
        "a log entry `role` lacks the key `role`",
        "add `role`",
    ),
    (
        WORKLOAD,
        "warning: 27%",
        "warning: 0%",
        "wrong-value",
        "limits/share/primary/warning",
        "`0%` is no limit: any work at all would be beyond it",
        "write the least that is too much, or take the line out",
    ),
    (
        WORKLOAD,
        "5 per 12 weeks",
        "0 per 12 weeks",
        "wrong-value",
        "limits/weekends/any/warning",
        "`0 per 12 weeks` is no limit: any work at all would be beyond it",
        "write the least that is too much, or take the line out",
    ),
    (
        WORKLOAD,
        "primary: {warning: 7}",
        "primary: {warning: 0}",
        "wrong-value",
        "limits/consecutive-days/primary/warning",
        "`warning` cannot be `0`",
        "write at least 1",
    ),
    (
        WORKLOAD,
        "night: 2",
        "night: -2",
        "wrong-value",
        "weights/night",
        "`night` cannot be `-2`",
        "write at least 0",
    ),
]


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "place", "message", "help_text"), MISTAKES, ids=[m[3] + "-" + m[4] for m in MISTAKES]
)
def test_mistake_is_answered_once_and_plainly(
    path: str, old: str, new: str, rule: str, place: str, message: str, help_text: str
) -> None:
    _, findings = model_of(with_change(path, old, new))
    answers = [(f.rule, f.place.file, "/".join(map(str, f.place.path)), f.message, f.help) for f in findings]
    assert answers == [(rule, path, place, message, help_text)]


def test_all_faults_of_an_entry_are_told_at_once() -> None:
    files = with_change(PEOPLE, "  joined: 2024-03-01", "  joined: 2024-02-30\n  nickname: M\n  timezon: x")
    _, findings = model_of(files)
    assert [(f.rule, f.place.path[-1]) for f in findings] == [
        ("wrong-value", "joined"),
        ("unknown-key", "nickname"),
        ("unknown-key", "timezon"),
    ]


def test_a_long_list_of_wrong_entries_is_cut() -> None:
    entry = "- from: yesterday\n  through: tomorrow\n"
    _, findings = model_of({**with_change(TIME_OFF, "- from", "- from"), TIME_OFF: entry * 500})
    assert len(findings) == 101
    assert findings[0].message == "450 more entries of this file of schedules/time-off are wrong"
