"""What an editor offers to write in one go: by kind of file, or by part of a file.

``body`` is data; ``$1`` and ``${1:ada}`` are the places to fill in, in order (LSP 3.17, snippet syntax).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Snippet = Mapping[str, Any]


def _snippet(label: str, description: str, body: object) -> Snippet:
    return {"label": label, "description": description, "body": body}


_WEEKLY = {
    "id": "${1:weekly}",
    "from": "${2:2026-01-05}",
    "every": "1 week",
    "handoff": "${3:monday 09:00}",
    "members": ["${4:ada}", "${5:grace}"],
}

SNIPPETS: Mapping[str, list[Snippet]] = {
    "people": [
        _snippet(
            "a person",
            "Name, time zone and address.",
            {
                "name": "${1:Ada Lovelace}",
                "timezone": "${2:Europe/London}",
                "contact": {"email": "${3:ada@example.org}"},
            },
        )
    ],
    "teams": [
        _snippet(
            "a team",
            "Members and who leads it.",
            {"name": "${1:Payments}", "members": ["${2:ada}"], "lead": "${3:ada}"},
        )
    ],
    "on-call": [
        _snippet(
            "a schedule of weekly turns",
            "A primary at all times, and the next week's primary as secondary.",
            {
                "name": "${1:Payments}",
                "team": "${2:payments}",
                "timezone": "${3:Europe/Berlin}",
                "roles": {
                    "primary": {
                        "coverage": "24x7",
                        "layers": [
                            {
                                "id": "weekly",
                                "from": "${4:2026-01-05}",
                                "every": "1 week",
                                "handoff": "${5:monday 09:00}",
                                "members": ["${6:ada}", "${7:grace}"],
                            }
                        ],
                    },
                    "secondary": {"coverage": "24x7", "follows": "primary", "turns-ahead": 1},
                },
            },
        )
    ],
    "layer": [
        _snippet("weekly turns", "One week for each member.", _WEEKLY),
        _snippet(
            "daily turns in a window",
            "One day for each member, in working hours.",
            {
                "id": "${1:daytime}",
                "from": "${2:2026-01-05}",
                "every": "1 day",
                "handoff": "${3:09:00}",
                "during": "${4:business-hours}",
                "members": ["${5:ada}", "${6:grace}"],
            },
        ),
    ],
    "version": [
        _snippet(
            "a new order",
            "From a day on other members, or another order; nothing before that day moves.",
            {"from": "${1:2026-06-01}", "members": ["${2:ada}", "${3:grace}"]},
        )
    ],
    "overrides-entry": [
        _snippet(
            "somebody instead of somebody",
            "One seat for a stretch.",
            {
                "schedule": "${1:payments}",
                "role": "${2:primary}",
                "from": "${3:2026-12-24 09:00}",
                "until": "${4:2026-12-26 09:00}",
                "person": "${5:grace}",
                "instead-of": "${6:ada}",
                "reason": "${7:Family visit}",
            },
        )
    ],
    "swaps-entry": [
        _snippet(
            "two people exchange turns",
            "The turns that start on these two days.",
            {
                "schedule": "${1:payments}",
                "role": "${2:primary}",
                "between": {"${3:ada}": "${4:2026-12-21}", "${5:grace}": "${6:2027-01-04}"},
                "reason": "${7:Grace travels home}",
            },
        )
    ],
    "time-off-entry": [
        _snippet(
            "vacation",
            "Whole days, the last one included.",
            {"from": "${1:2026-08-03}", "through": "${2:2026-08-21}", "kind": "vacation"},
        ),
        _snippet(
            "sick",
            "Not known beforehand: always covered, and the order never moves.",
            {"from": "${1:2026-10-02}", "through": "${2:2026-10-04}", "kind": "sick", "unplanned": True},
        ),
    ],
    "holidays-entry": [
        _snippet(
            "a holiday", "One day.", {"from": "${1:2026-12-24}", "through": "${2:2026-12-24}", "name": "${3:Christmas}"}
        )
    ],
    "services": [
        _snippet(
            "a service",
            "Who owns it, who is on call for it, whom to escalate to.",
            {
                "name": "${1:Checkout}",
                "team": "${2:payments}",
                "tier": 1,
                "on-call": {"schedule": "${3:payments}", "needs": {"primary": "24x7"}},
                "escalation": "${4:payments}",
                "runbook": "${5:https://runbooks.example.org/checkout}",
            },
        )
    ],
    "escalation": [
        _snippet(
            "primary, secondary, last resort",
            "Two steps, twice, and then one person.",
            {
                "steps": [
                    {"notify": [{"schedule": "${1:payments}", "role": "primary"}], "wait": "5 minutes"},
                    {"notify": [{"schedule": "${1:payments}", "role": "secondary"}], "wait": "10 minutes"},
                ],
                "repeat": 1,
                "last-resort": {"person": "${2:margaret}"},
            },
        )
    ],
    "incidents": [
        _snippet(
            "an incident",
            "From detection to resolution.",
            {
                "title": "${1:Checkout latency after the pricing deploy}",
                "severity": "${2:sev2}",
                "services": ["${3:checkout}"],
                "log": [
                    {"at": "${4:2026-11-03T02:09:00+01:00}", "event": "detected", "by": {"system": "${5:prometheus}"}},
                    {"at": "${6:2026-11-03T02:12:00+01:00}", "event": "acknowledged", "by": "${7:ada}"},
                ],
            },
        )
    ],
    "holder-scenario": [
        _snippet(
            "who holds a role",
            "At this time this person, and nobody else.",
            {
                "at": "${1:2026-12-24 10:00}",
                "schedule": "${2:payments}",
                "role": "${3:primary}",
                "person": "${4:ada}",
            },
        )
    ],
    "route-scenario": [
        _snippet(
            "whom an escalation reaches",
            "And how soon, though nobody acknowledges.",
            {
                "at": "${1:2026-12-24 02:00}",
                "service": "${2:checkout}",
                "severity": "${3:sev1}",
                "reaches": "${4:grace}",
                "within": "${5:10 minutes}",
            },
        )
    ],
}
