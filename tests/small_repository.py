"""A small valid repository with every kind of file, to be broken one line at a time, and the model's answer to it."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill import timezones
from watchbill.findings import Finding
from watchbill.model.build import build
from watchbill.model.repository import Model
from watchbill.source.documents import Document, Reading
from watchbill.source.strict_yaml import parse

SCHEDULE = """\
name: Harbour
team: harbour
timezone: Europe/Lisbon
roles:
  primary:
    coverage: 24x7
    layers:
      - id: weekly
        when-away: advance
        versions:
          - from: 2026-01-05
            every: 1 week
            handoff: monday 09:00
            members: [mary, tycho, rosalind]
          - from: 2026-06-01
            members: [tycho, rosalind, mary]
      - id: daytime
        from: 2026-01-05
        every: 1 day
        handoff: 09:00
        during: office
        members:
          - rosalind
          - together: [mary, tycho]
    unstaffed:
      - from: 2026-12-24
        through: 2026-12-26
  secondary:
    coverage:
      - window: office
        responders: 2
    follows: {role: primary, layer: weekly}
    turns-ahead: 1
  launch:
    layers:
      - id: dated
        turns:
          - from: 2026-03-02 09:00
            person: mary
          - from: 2026-03-03 09:00
            person: nobody
distinct: [[primary, secondary]]
"""

FILES: Mapping[str, str] = {
    "schedules/people.yaml": """\
mary:
  name: Mary Anning
  timezone: Europe/London
  holidays: GB-ENG
  handles: {github: mary}
  contact: {email: mary@example.org, phone: "+442071230000"}
  limits: {no-nights: true, share: {primary: 30%}}
  trained: {on-call: 2025-05-02, commander: 2025-06-01}
  joined: 2024-03-01
  left: 2027-03-01
tycho:
  name: Tycho Brahe
rosalind:
  name: Rosalind Franklin
  holidays: holidays/company
""",
    "schedules/teams/harbour.yaml": """\
name: Harbour
members: [mary, tycho, rosalind]
lead: mary
approvers: [tycho]
channel: "#harbour"
""",
    "schedules/on-call/harbour.yaml": SCHEDULE,
    "schedules/overrides/summer.yaml": """\
- schedule: harbour
  role: primary
  from: 2026-07-01 09:00
  until: 2026-07-02 09:00
  person: tycho
  instead-of: mary
  reason: Moving house
""",
    "schedules/swaps/autumn.yaml": """\
schedule: harbour
role: primary
between: {mary: 2026-09-07, tycho: 2026-09-14}
""",
    "schedules/time-off/mary.yaml": """\
- from: 2026-08-03
  through: 2026-08-21
  kind: vacation
- from: 2026-09-10 13:00
  until: 2026-09-10 18:00
  kind: appointment
""",
    "schedules/holidays/company.yaml": """\
- from: 2026-12-24
  through: 2026-12-31
  name: Company closed
- from: 2026-05-01
""",
    "policies/windows.yaml": """\
office: {days: mon-fri 09:00-17:00, except: holidays/company}
nights: [mon-sun 22:00-06:00]
weekends: friday 17:00 - monday 09:00
""",
    "policies/services/cranes.yaml": """\
name: Cranes
team: harbour
tier: 1
on-call: {schedule: harbour, needs: {primary: 24x7, secondary: office}}
escalation: harbour
page: https://pager.example.org/cranes
runbook: https://runbooks.example.org/cranes
depends-on: [pilots]
stakeholders: [port-office]
""",
    "policies/services/pilots.yaml": "name: Pilots\nteam: harbour\n",
    "policies/escalation/harbour.yaml": """\
steps:
  - notify: [{schedule: harbour, role: primary}]
    wait: 5 minutes
  - notify: [{team: harbour}, {incident-role: commander, severity: [sev1]}]
repeat: 2
last-resort: {person: mary}
""",
    "policies/severities.yaml": """\
sev1:
  name: Critical
  criteria:
    - A ship cannot land
  acknowledge-within: 5 minutes
  declare: true
  incident-roles: [commander]
  page: {escalation: harbour}
  updates: {internal: {first: 10 minutes, every: 30 minutes}}
  authority: {commander: [close the harbour], executive-after: 60 minutes}
  review: {required: true, within: 3 days}
  actions: {within: 15 days}
""",
    "policies/incident-roles.yaml": """\
commander:
  name: Commander
  duties: [Decides]
  schedule: harbour
  exclusive-with: [scribe]
scribe:
  name: Scribe
""",
    "policies/organization.yaml": """\
name: Port of Lisbon
timezone: Europe/Lisbon
week-starts: monday
pattern: central
publish: {past: 30 days, future: 180 days, audience: internal}
tiers:
  1: {coverage: {primary: 24x7}, expectation: {acknowledge: 5 minutes, at-keyboard: 15 minutes}}
handoff-triggers:
  - when: {unmitigated-for: 15 minutes, severity: [sev1]}
    do: escalate
    within: 10 minutes
""",
    "policies/communication.yaml": """\
channel: "#inc-{date}-{slug}"
bridge: https://meet.example.org/inc
audiences:
  internal:
    to: [port-office]
    template: "{severity}: {status}"
""",
    "policies/workload.yaml": """\
profile: small
limits:
  share: {primary: {warning: 27%, error: 35%}, any: {warning: 50%}}
  consecutive-days: {primary: {warning: 7}}
  rest: {primary: {warning: 11 hours}}
  weekends: {any: {warning: 5 per 12 weeks}}
weights: {night: 2, weekend: 1.5}
night: [mon-sun 21:00-07:00]
weekend: weekends
working-hours: [mon-thu 08:00-17:00, friday 08:00-12:00]
working-time: {preset: eu, standby-factor: 25%}
""",
    "policies/compensation.yaml": """\
rules:
  - location: PT
    role: primary
    weekday: 4 EUR per hour
    night: 6.50 EUR per hour
    code: 4711
parallel: each
""",
    "policies/checks.yaml": """\
rules:
  uneven-load: warning
  coverage-gap: {level: error, options: {days: 60}}
waivers:
  - rule: coverage-gap
    subject: schedule/harbour
    from: 2026-12-24
    through: 2026-12-27
    owner: mary
    reason: The port is closed
""",
    "policies/providers/pager.yaml": """\
kind: pagerduty
mode: shifts
horizon: 60 days
schedules: {harbour: {primary: Harbour primary}}
people: handles.pagerduty
""",
    "incidents/2026/2026-02-03-crane-stuck.yaml": """\
title: 2026
severity: sev1
services: [cranes]
impact:
  summary: No ship could be unloaded
  customers: 12
  from: 2026-02-03T02:06:00+00:00
  until: 2026-02-03T03:41:00Z
alert: {source: prometheus, at: 2026-02-03T02:09:00Z, name: CraneStuck, actionable: true}
log:
  - {at: 2026-02-03T02:09:00Z, event: detected, by: {system: prometheus}}
  - {at: 2026-02-03T02:12:00Z, event: acknowledged, by: mary}
  - {at: 2026-02-03T02:20:00Z, event: escalated, by: mary, to: {schedule: harbour, role: primary}}
  - {at: 2026-02-03T02:25:00Z, event: role, role: commander, person: tycho}
  - {at: 2026-02-03T02:40:00Z, event: update, audience: internal, by: tycho}
review:
  status: reviewed
  owner: tycho
  held: 2026-02-05
  lucky: [The night was calm]
actions:
  - id: grease
    kind: prevent
    owner: mary
    due: 2026-03-01
    ticket: https://tickets.example.org/1
    text: Grease the crane
""",
    "incidents/pages/2026-02.yaml": """\
- at: 2026-02-05T03:12:00Z
  service: cranes
  person: mary
  alert: CraneSlow
  outcome: handled
  actionable: true
  minutes: 20
  incident: 2026-02-03-crane-stuck
""",
}


def with_change(path: str, old: str, new: str) -> dict[str, str]:
    """Return the files with the first ``old`` of one of them replaced."""
    assert old in FILES[path], (path, old)
    return {**FILES, path: FILES[path].replace(old, new, 1)}


def model_of(files: Mapping[str, str | bytes], unreadable: tuple[str, ...] = ()) -> tuple[Model, list[Finding]]:
    """Return the model of files given as text (bytes for calendars), and its findings."""
    documents = []
    for path, text in sorted(files.items()):
        if isinstance(text, bytes):
            documents.append(Document(path=path, data=text))
            continue
        data, problems = parse(text.encode())
        assert not problems, (path, problems)
        documents.append(Document(path=path, data=data))
    reading = Reading(documents=tuple(documents), unreadable=unreadable, findings=())
    return build(reading, timezones.names())
