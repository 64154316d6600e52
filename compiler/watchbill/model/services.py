"""Records of services, escalation policies, the organisation's tiers and the settings of checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from watchbill.findings import Place
from watchbill.model.time_values import Window
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom a step notifies. ``kind`` is schedule, person, team, incident-role or escalation; ``id`` names it.

    ``role`` belongs to a schedule (``None`` means its first role); ``severities`` limit an incident role.
    """

    place: Place
    kind: Literal["schedule", "person", "team", "incident-role", "escalation"]
    id: str
    role: str | None = None
    severities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an escalation policy: its targets, and the seconds to wait before the next step."""

    place: Place
    notify: tuple[Target, ...]
    wait: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPolicy:
    """Ordered steps, how often they repeat, and the last resort."""

    id: str
    place: Place
    name: str
    steps: tuple[Step, ...]
    repeat: int = 0
    last_resort: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a service needs of a role of its schedule: responders in a window."""

    place: Place
    role: str
    window: Window
    responders: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service, owned by one team. ``schedule`` is ``None`` where nobody is on call for it.

    ``runbook_reviewed`` is the day on which somebody last read the runbook and found it right.
    """

    id: str
    place: Place
    name: str
    team: str
    tier: int | None = None
    schedule: str | None = None
    needs: tuple[Need, ...] = ()
    escalation: str | None = None
    page: str = ""
    runbook: str = ""
    runbook_reviewed: date | None = None
    depends_on: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """What the organisation expects of the services of a tier: coverage per role and seconds to react."""

    number: int
    place: Place
    coverage: tuple[Need, ...] = ()
    acknowledge: int | None = None
    at_keyboard: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """How many days the published horizon reaches back and ahead, and who may read the site."""

    past_days: int = 90
    future_days: int = 365
    audience: Literal["public", "internal"] = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffTrigger:
    """When the coordination of an incident must pass on: all conditions that are set, and what must follow.

    ``unmitigated_for`` and ``within`` are seconds; ``services`` is how many services are hit at least.
    """

    place: Place
    action: Literal["escalate", "declare", "transfer"]
    unmitigated_for: int | None = None
    services: int | None = None
    severities: tuple[str, ...] = ()
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """The organisation: name, zone, publishing, tiers. ``timezone`` is ``None`` if the file does not say."""

    place: Place
    name: str = ""
    timezone: str | None = None
    week_starts: Literal["monday", "sunday", "saturday"] = "monday"
    pattern: Literal["integrated", "central"] = "integrated"
    publish: Publish = Publish()
    tiers: Mapping[int, Tier] = field(default_factory=dict)
    handoff_triggers: tuple[HandoffTrigger, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A dated, reasoned exception to a rule for one subject, such as ``schedule/search``. ``through`` is included."""

    place: Place
    rule: str
    subject: str
    start: date
    through: date
    owner: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """How a repository sets one rule: a level (``None`` leaves it), and options by name."""

    place: Place
    level: Literal["error", "warning", "info", "off"] | None = None
    options: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """``policies/checks.yaml``: settings per rule, and waivers."""

    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
