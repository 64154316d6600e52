"""Personal data stay where they may be: a whole build of an organisation that writes some into every field.

``private`` values are in no page, feed, data or payload; the report is for those who have the files. ``team`` values
are in no file that a public site publishes. The organisation has mistakes as well, because a finding quotes what it is
about.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from compiled_pages import compile_files
from html_reading import Page
from watchbill.feeds.revision import Revision
from watchbill.publish.artifacts import artifacts

NOW = "2026-11-23T09:00:00+01:00"

PRIVATE = (
    "ada.private@example.org", "+445550100", "+445550199", "555-0142", "vacation", "sick", "parental",
    "Dentist", "Surgery", "Funeral", "Wedding", "PRIVATE-CODE", "73 EUR",
)  # fmt: skip
"""How to reach somebody, why somebody is away, and pay."""

TEAM = (
    "Pacific/Chatham", "NZ-CIT", "GB-NIR", "2024-03-07", "17%", "runbooks.example.org", "pager.example.org",
    "Stakeholder Wanda", "#secret-channel", "meet.example.org", "Waiver for the move", "Customers saw it",
    "Grace typed it", "Slept through it", "tickets.example.org", "CheckoutSlow", "ada is away", "whose last day",
)  # fmt: skip
"""Where somebody lives, when somebody was hired, who is away, how to reach a service, and what went wrong."""

ORGANISATION = (
    "name: Meridian\ntimezone: Europe/Berlin\npublish: {past: 30 days, future: 120 days, audience: AUDIENCE}\n"
)
LAYER = "{id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace, linus]}"
SCHEDULE = f"""\
name: NAME
team: payments
timezone: Europe/Berlin
roles:
  primary:
    coverage: 24x7
    layers:
      - {LAYER}
"""
FILES = {
    "schedules/people.yaml": """\
ada:
  name: Ada Lovelace
  timezone: Pacific/Chatham
  holidays: NZ-CIT
  location: GB-NIR
  contact: {email: ada.private@example.org, phone: "+445550100", sms: "+445550199"}
  handles: {pagerduty: PADA}
  limits: {share: {primary: 17%}}
  trained: {on-call: 2024-03-07}
  joined: 2024-03-07
anita:
  name: Anita Borg
  contact: {phone: "call 555-0142"}
emmy: {name: Emmy Noether}
grace: {name: Grace Hopper}
linus:
  name: Linus Pauling
  left: 2026-12-04
""",
    "schedules/teams.yaml": "payments: {name: Payments team, members: [ada, grace], channel: '#secret-channel'}\n",
    "schedules/on-call/payments.yaml": SCHEDULE.replace("NAME", "Payments"),
    "schedules/on-call/ledger.yaml": SCHEDULE.replace("NAME", "Ledger").replace("[ada, grace, linus]", "[ada]"),
    "schedules/time-off/ada.yaml": """\
- {from: 2026-12-14, through: 2026-12-20, kind: vacation, reason: Dentist}
- {from: 2027-01-11, through: 2027-01-13, kind: sick, unplanned: true, reason: Surgery}
""",
    "schedules/time-off/emmy.yaml": "- {from: 2026-12-01, through: 2026-12-02, kind: parental, raeson: Funeral}\n",
    "schedules/time-off/anita.yaml": "- from: 2026-12-01\n  reason: Funeral #today\n",
    "schedules/overrides/one.yaml": """\
- schedule: payments
  role: primary
  from: 2026-12-15 09:00
  until: 2026-12-16 09:00
  person: ada
  reason: Wedding
""",
    "schedules/swaps/one.yaml": """\
schedule: payments
role: primary
between: {ada: 2026-12-15, grace: 2026-12-21}
reason: Wedding
""",
    "policies/services/checkout.yaml": """\
name: Checkout
team: payments
on-call: {schedule: payments}
page: https://pager.example.org/checkout
runbook: https://runbooks.example.org/checkout
stakeholders: [Stakeholder Wanda]
""",
    "policies/communication.yaml": "channel: '#secret-channel'\nbridge: https://meet.example.org/inc\n",
    "policies/compensation.yaml": "rules:\n  - {location: GB-NIR, weekday: 73 EUR per hour, code: PRIVATE-CODE}\n",
    "policies/checks.yaml": """\
waivers:
  - rule: coverage-gap
    subject: schedule/payments
    from: 2026-11-20
    through: 2026-12-31
    owner: grace
    reason: Waiver for the move
""",
    "policies/providers/pagerduty.yaml": """\
kind: pagerduty
schedules: {payments: {primary: Payments primary}}
people: handles.pagerduty
""",
    "incidents/2026/2026-11-03-checkout-slow.yaml": """\
title: Checkout slow
severity: sev1
services: [checkout]
impact: {summary: Customers saw it, from: 2026-11-03T02:06:00Z, until: 2026-11-03T03:41:00Z}
log:
  - {at: 2026-11-03T02:09:00Z, event: detected, by: grace, text: Grace typed it}
review: {status: draft, went-badly: [Slept through it]}
actions:
  - {id: mend, text: Mend it, ticket: "https://tickets.example.org/1"}
""",
    "policies/severities.yaml": "sev1: {name: Critical}\n",
    "incidents/pages/2026-11.yaml": (
        "- {at: 2026-11-05T03:12:00Z, service: checkout, person: ada, alert: CheckoutSlow, outcome: handled}\n"
    ),
}


@cache
def build(audience: str) -> dict[str, str]:
    """Return the text of every file of a build."""
    files = {**FILES, "policies/organization.yaml": ORGANISATION.replace("AUDIENCE", audience)}
    with TemporaryDirectory() as folder:
        compilation = compile_files(files, Path(folder), NOW)
    made = artifacts(compilation, Revision(time=compilation.clock.now))
    return {path: data.decode().replace("\r\n ", "") for path, data in made.items()}


def found(audience: str, values: tuple[str, ...], below: str = "") -> list[tuple[str, str]]:
    return [
        (path, value)
        for path, text in build(audience).items()
        for value in values
        if path.startswith(below) and value in text
    ]


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_nothing_that_leaves_the_build_holds_a_private_value(audience: str) -> None:
    assert [place for place in found(audience, PRIVATE) if not place[0].startswith("reports/")] == []


def test_no_file_of_a_public_site_holds_what_is_for_the_team() -> None:
    assert found("public", TEAM, "site/") == []


def test_the_organisation_has_something_to_hide_and_something_to_say() -> None:
    written = "".join(FILES.values())
    assert [value for value in (*PRIVATE, *TEAM) if value not in written] == ["ada is away", "whose last day"]
    told = {value for _, value in found("internal", TEAM, "site/")}
    assert {"Pacific/Chatham", "runbooks.example.org", "pager.example.org", "ada is away", "whose last day"} <= told
    public = Page(build("public")["site/findings/index.html"].encode()).text
    assert "ledger has no primary" not in public
    for rule in ("coverage-gap", "wrong-value", "override-onto-time-off", "left-but-on-call", "text-cut-by-comment"):
        assert rule in public, rule
    assert "site/feeds/people/ada.ics" in build("public")
    assert any(path.startswith("providers/") for path in build("public"))
