"""Builds services, escalation policies, the organisation and the settings of checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from watchbill.findings import Place
from watchbill.model.notation.problem import shown
from watchbill.model.on_call import Schedule
from watchbill.model.pruning import whole_entries
from watchbill.model.resolving import Body, Resolver
from watchbill.model.services import (
    CheckSettings,
    EscalationPolicy,
    HandoffTrigger,
    Need,
    Organization,
    Publish,
    RuleSetting,
    Service,
    Step,
    Target,
    Tier,
    Waiver,
)
from watchbill.model.windows import WindowReader

TargetKind = Literal["schedule", "person", "team", "incident-role", "escalation"]
_TARGETS: tuple[TargetKind, ...] = get_args(TargetKind)


class ResponsibilityReader:
    """Reads who answers for what; ``schedules`` are those that could be understood."""

    def __init__(self, resolver: Resolver, windows: WindowReader, schedules: Mapping[str, Schedule]) -> None:
        self._resolver, self._windows, self._schedules = resolver, windows, schedules

    def service(self, name: str, body: Body, place: Place, tiers: Mapping[int, Tier]) -> Service:
        """Return a service; what is wrong with it has been reported."""
        r = self._resolver
        r.reference("team", body["team"], place, "team")
        on_call = body.get("on-call", {})
        schedule = r.optional("schedule", on_call, "schedule", place.at("on-call"))
        needs: tuple[Need, ...] = ()
        if "needs" in on_call:
            needs = self._needs(on_call["needs"], place.at("on-call", "needs"), schedule)
        if "tier" in body and tiers and body["tier"] not in tiers and not r.exists("organization", "organization"):
            known = ", ".join(f"`{number}`" for number in tiers)
            r.report(
                "unknown-reference",
                place.at("tier"),
                f"there is no tier {shown(body['tier'])}",
                f"tiers in policies/organization.yaml: {known}",
            )
        return Service(
            id=name,
            place=place,
            name=str(body["name"]),
            team=body["team"],
            tier=body.get("tier"),
            schedule=schedule,
            needs=needs,
            escalation=r.optional("escalation", body, "escalation", place),
            page=r.url(body, "page", place),
            runbook=r.url(body, "runbook", place),
            runbook_reviewed=r.date(body, "runbook-reviewed", place),
            depends_on=self._others(name, body.get("depends-on", ()), place),
            stakeholders=tuple(str(item) for item in body.get("stakeholders", ())),
            description=str(body.get("description", "")),
        )

    def _others(self, name: str, others: Iterable[str], place: Place) -> tuple[str, ...]:
        r = self._resolver
        for index, other in enumerate(others):
            if other == name:
                r.report(
                    "wrong-value", place.at("depends-on", index), f"service `{name}` depends on itself", "take it out"
                )
            elif not r.exists("service", other):
                r.unknown("service", other, place.at("depends-on", index))
        return tuple(others)

    def _needs(self, body: Body, place: Place, schedule: str | None) -> tuple[Need, ...]:
        if schedule is not None:
            self._check_roles(schedule, body, place)
        return tuple(
            Need(place=place.at(role), role=role, window=requirement.window, responders=requirement.responders)
            for role, item in body.items()
            for requirement in self._windows.requirements(item, place, role)
        )

    def _check_roles(self, schedule: str, roles: Iterable[str], place: Place) -> None:
        known = [role.id for role in self._schedules[schedule].roles]
        for role in roles:
            if role not in known:
                self._resolver.no_role(schedule, role, known, place.key(role))

    def escalation(self, name: str, body: Body, place: Place) -> EscalationPolicy:
        """Return an escalation policy; what is wrong with it has been reported."""
        steps = []
        for index, step in enumerate(body["steps"]):
            where = place.at("steps", index)
            targets = [self.target(item, where.at("notify", i)) for i, item in enumerate(step["notify"])]
            notify = tuple([target for target in targets if target is not None])
            steps.append(Step(place=where, notify=notify, wait=self._resolver.duration(step, "wait", where)))
        last = body.get("last-resort")
        return EscalationPolicy(
            id=name,
            place=place,
            name=str(body.get("name", name)),
            steps=tuple(steps),
            repeat=body.get("repeat", 0),
            last_resort=self.target(last, place.at("last-resort")) if last else None,
        )

    def target(self, body: Body, place: Place) -> Target | None:
        """Return a target, or ``None`` if it cannot be understood."""
        r = self._resolver
        kinds = [kind for kind in _TARGETS if kind in body]
        if len(kinds) != 1:
            r.report(
                "wrong-value",
                place,
                f"a target names one kind, not {' and '.join(f'`{kind}`' for kind in kinds)}"
                if kinds
                else "nothing says who is the target",
                "write one of `schedule`, `person`, `team`, `incident-role` or `escalation`",
            )
            return None
        kind = kinds[0]
        self._check_target_keys(kind, body, place)
        known = r.exists(kind, body[kind]) if kind == "escalation" else r.reference(kind, body[kind], place, kind)
        if not known and kind == "escalation":
            r.unknown(kind, body[kind], place.at(kind))
        if known and kind == "schedule" and "role" in body:
            self._check_target_role(body, place)
        severities = r.references("severity", body["severity"], place, "severity") if "severity" in body else ()
        return (
            Target(place=place, kind=kind, id=body[kind], role=body.get("role"), severities=severities)
            if known
            else None
        )

    def _check_target_keys(self, kind: str, body: Body, place: Place) -> None:
        for key, owner in (("role", "schedule"), ("severity", "incident-role")):
            if key in body and kind != owner:
                self._resolver.report(
                    "unknown-key",
                    place.key(key),
                    f"a {kind} as a target has no `{key}`",
                    f"`{key}` belongs to `{owner}`",
                )

    def _check_target_role(self, body: Body, place: Place) -> None:
        known = [role.id for role in self._schedules[body["schedule"]].roles]
        if body["role"] not in known:
            self._resolver.no_role(body["schedule"], body["role"], known, place.at("role"))

    def tiers(self, body: Body, place: Place) -> dict[int, Tier]:
        """Return the tiers of the organisation, by number."""
        found: dict[int, Tier] = {}
        for number, tier in sorted(body.items()):
            where = place.at(number)
            expectation, below = tier.get("expectation", {}), where.at("expectation")
            found[int(number)] = Tier(
                number=int(number),
                place=where,
                coverage=self._needs(tier.get("coverage", {}), where.at("coverage"), None),
                acknowledge=self._resolver.duration(expectation, "acknowledge", below),
                at_keyboard=self._resolver.duration(expectation, "at-keyboard", below),
            )
        return found


def organization(
    r: Resolver, body: Body, place: Place, timezone: str | None, tiers: Mapping[int, Tier]
) -> Organization:
    """Return the organisation, whose zone and tiers have been read already."""
    publish, default = body.get("publish", {}), Publish()
    where = place.at("publish")
    return Organization(
        place=place,
        name=str(body.get("name", "")),
        timezone=timezone,
        week_starts=body.get("week-starts", "monday"),
        pattern=body.get("pattern", "integrated"),
        publish=Publish(
            past_days=r.days(publish, "past", where, default.past_days),
            future_days=_future_days(r, publish, where, default.future_days),
            audience=publish.get("audience", default.audience),
        ),
        tiers=tiers,
        handoff_triggers=tuple(
            _trigger(r, item, place.at("handoff-triggers", index))
            for index, item in whole_entries(body, "handoff-triggers")
        ),
    )


def _future_days(r: Resolver, publish: Body, place: Place, default: int) -> int:
    """Return how far ahead is published: a day at least, because today must lie in what is published."""
    days = r.days(publish, "future", place, default)
    if days == 0:
        message = f"`future`: {shown(publish['future'])} ahead leaves out even today"
        r.report("wrong-value", place.at("future"), message, "write at least `1 day`")
    return days or default


def _trigger(r: Resolver, body: Body, place: Place) -> HandoffTrigger:
    when, where = body["when"], place.at("when")
    return HandoffTrigger(
        place=place,
        action=body["do"],
        unmitigated_for=r.duration(when, "unmitigated-for", where),
        services=when.get("services"),
        severities=r.references("severity", when.get("severity", ()), where, "severity"),
        within=r.duration(body, "within", place),
    )


def checks(r: Resolver, body: Body, place: Place) -> CheckSettings:
    """Return the settings of checks. Whether rules and subjects exist is judged by the checks themselves."""
    rules: dict[str, RuleSetting] = {}
    for name, item in sorted(body.get("rules", {}).items()):
        setting: Mapping[str, Any] = {"level": item} if isinstance(item, str) else item
        rules[name] = RuleSetting(
            place=place.at("rules", name), level=setting.get("level"), options=dict(setting.get("options", {}))
        )
    waivers = [_waiver(r, item, place.at("waivers", index)) for index, item in whole_entries(body, "waivers")]
    return CheckSettings(rules=rules, waivers=tuple(waiver for waiver in waivers if waiver is not None))


def _waiver(r: Resolver, body: Body, place: Place) -> Waiver | None:
    before = r.troubles
    start, through = r.date(body, "from", place), r.date(body, "through", place)
    r.reference("person", body["owner"], place, "owner")
    if start and through and through < start:
        r.report(
            "ends-before-it-starts",
            place.at("through"),
            f"{shown(body['through'])} is before {shown(body['from'])}",
            "exchange them, or correct one",
        )
    if start is None or through is None or r.troubles > before:
        return None
    return Waiver(
        place=place,
        rule=body["rule"],
        subject=body["subject"],
        start=start,
        through=through,
        owner=body["owner"],
        reason=str(body["reason"]),
    )
