"""What is generated from the declarations of rules: ``docs/rules.md`` and the schema of their settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from watchbill.checks.rule import Option, OptionValue, Rule
from watchbill.checks.wording import spell_count, spell_duration, spell_share
from watchbill.checks.work_limits import BY_PRESET, BY_PROFILE
from watchbill.model.workload import PROFILES, Profile, Threshold, WorkLimit

_FAMILIES = {
    "reading": "Files that cannot be read, or not safely.",
    "references": "Values and ids that mean nothing.",
    "coverage": "Roles without holders, and what leads there.",
    "load": "Too much work for one person.",
    "people": "Time off, readiness and limits of people.",
    "incidents": "Incident records and response policy.",
    "providers": "What a pager service cannot do.",
    "privacy": "Personal data in the wrong place.",
    "hygiene": "Settings, waivers, and things nobody uses.",
}
_INTRODUCTION = """\
# Rules

This page is generated from the declarations of the rules. `watchbill explain RULE` shows the page of one rule, and
`policies/checks.yaml` sets its level and options:

```yaml
rules:
  double-booked: off
  coverage-gap:
    level: error
    options:
      error-within-days: 60
waivers:
  - rule: coverage-gap
    subject: schedule/search
    from: 2026-12-24
    through: 2026-12-27
    owner: margaret
    reason: Search is frozen over Christmas
```

Levels: an `error` fails the check; a `warning` or an `info` does so only with `--fail-on`; `off` is not reported. The
level that is set is that of the gravest findings of a rule: what the rule itself holds for less grave, such as a gap
many months away, is never raised by it. A level marked *fixed* cannot be lowered or waived, because nothing after it
could be trusted. A rule in *preview* may still change or go.

A waiver excuses the findings of one rule about one subject on whole days of the organisation's zone. A finding that
lies partly outside is reported whole, with a label at the waiver. Rules judge from now to the end of the horizon: the
past never warns. Many findings that are alike, such as a gap every week, are shown as one.

Defaults can differ by profile: `small` (fewer than 10 people), `medium` (10 to 50), `large` (more than 50);
`profile` in `policies/workload.yaml` chooses one.
"""


def markdown(rules: Sequence[Rule]) -> str:
    """Return the text of ``docs/rules.md``: an index by family, then the options."""
    parts = [_INTRODUCTION]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        rows = [_row(rule) for rule in members]
        parts.append(
            f"## {family.capitalize()}\n\n{_FAMILIES[family]}\n\n"
            "| Rule | Level | Status | Since | What it finds |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    options = [_option_row(rule, option) for rule in rules for option in rule.options]
    parts.append(
        "## Options\n\n| Rule | Option | Default | What it means |\n|---|---|---|---|\n" + "\n".join(options) + "\n"
    )
    return "\n".join([*parts, _profiles(rules), _limits()])


def _profiles(rules: Sequence[Rule]) -> str:
    """Return the table of what each profile sets: the level of each rule that can be set, and its options."""
    rows = [
        f"| `{rule.name}` | " + " | ".join(_in_profile(rule, profile) for profile in PROFILES) + " |"
        for rule in rules
        if not rule.fixed
    ]
    return (
        "## Profiles\n\nThe level of each rule in each profile, with its options. Rules of a fixed level are errors in "
        "all of them.\n\n| Rule | small | medium | large |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _limits() -> str:
    """Return the table of the limits of load that hold where ``policies/workload.yaml`` writes none."""
    columns = [*BY_PROFILE.values(), *BY_PRESET.values()]
    kinds = sorted({(limit.measure, limit.role) for limits in columns for limit in limits})
    rows = [
        f"| {measure} | {role} | " + " | ".join(_limit_in(limits, measure, role) for limits in columns) + " |"
        for measure, role in kinds
    ]
    heads = [*BY_PROFILE, *(f"preset {name}" for name in BY_PRESET)]
    return (
        "## Limits of load\n\nWhat holds where `policies/workload.yaml` writes no limit for a measure, as warning / "
        "error. A working-time preset (`working-time: preset:`) goes before the profile. A preset is a policy that an "
        "organisation may choose; it says nothing about the law.\n\n"
        f"| Measure | Role | {' | '.join(heads)} |\n|{'---|' * (len(heads) + 2)}\n" + "\n".join(rows) + "\n"
    )


def _limit_in(limits: Sequence[WorkLimit], measure: str, role: str) -> str:
    found = next((limit for limit in limits if (limit.measure, limit.role) == (measure, role)), None)
    return f"{_threshold(found, found.warning)} / {_threshold(found, found.error)}" if found else "-"


def _threshold(limit: WorkLimit, threshold: Threshold | None) -> str:
    if threshold is None:
        return "-"
    if limit.measure == "share":
        return spell_share(threshold.value)
    if limit.measure == "rest":
        return spell_duration(int(threshold.value))
    if limit.measure == "consecutive-days":
        return spell_count(int(threshold.value), "day")
    return f"{int(threshold.value)} per {threshold.per_weeks} weeks"


def _in_profile(rule: Rule, profile: Profile) -> str:
    options = (f"`{option.name}: {_spelled(option.default_for(profile))}`" for option in rule.options)
    return ", ".join([rule.level_in(profile), *options])


def _row(rule: Rule) -> str:
    link = f"[`{rule.name}`](../compiler/watchbill/checks/{rule.family}/{rule.name}.md)"
    level = f"{rule.level.value}, fixed" if rule.fixed else rule.level.value
    return f"| {link} | {level} | {rule.status} | {rule.since} | {rule.summary} |"


def _option_row(rule: Rule, option: Option) -> str:
    others = "".join(f"; {profile}: `{_spelled(value)}`" for profile, value in option.by_profile.items())
    return f"| `{rule.name}` | `{option.name}` | `{_spelled(option.default)}`{others} | {option.summary} |"


def _spelled(value: OptionValue) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def checks_schema(schema: Mapping[str, Any], rules: Iterable[Rule]) -> dict[str, Any]:
    """Return the schema of ``policies/checks.yaml`` with the names of the rules in it, for editors.

    The model's own schema takes any name, because only the checks know the rules; they say ``unknown-rule``.
    """
    rules = tuple(rules)
    properties = schema["properties"]
    known = settings_schema(rules)
    settings = {key: value for key, value in properties["rules"].items() if key not in ("propertyNames", "$ref")}
    settings |= {key: known[key] for key in ("additionalProperties", "properties")}
    waiver = properties["waivers"]["items"]
    rule = {key: value for key, value in waiver["properties"]["rule"].items() if key != "$ref"}
    rule["enum"] = [rule.name for rule in rules if not rule.fixed]
    waivers = {**waiver, "properties": {**waiver["properties"], "rule": rule}}
    return {
        **schema,
        "properties": {
            **properties,
            "rules": settings,
            "waivers": {**properties["waivers"], "items": waivers},
        },
    }


def settings_schema(rules: Iterable[Rule]) -> dict[str, Any]:
    """Return the JSON Schema of ``rules`` in ``policies/checks.yaml``: each rule with its levels and options."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://watchbill.example/schemas/rule-settings.schema.json",
        "title": "Rule settings",
        "description": "The levels and options of all rules: `rules` in policies/checks.yaml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {rule.name: _setting(rule) for rule in rules},
    }


def _setting(rule: Rule) -> dict[str, Any]:
    level = {"enum": [rule.level.value] if rule.fixed else ["error", "warning", "info", "off"]}
    long: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {"level": level}}
    if rule.options:
        long["properties"]["options"] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {option.name: _option(option) for option in rule.options},
        }
    return {"description": rule.summary, "anyOf": [level, long]}


def _option(option: Option) -> dict[str, Any]:
    shape: dict[str, Any] = {"description": option.summary, "default": option.default}
    if isinstance(option.default, bool):
        return {"type": "boolean", **shape}
    if isinstance(option.default, int):
        return {"type": "integer", "minimum": option.least, **shape}
    return {"type": "string", **shape}
