"""An option of a rule has a value that it cannot take; the rule goes on with its default."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Option, OptionValue, Rule
from watchbill.findings import Finding, Level


def _judge(facts: Facts) -> Iterator[Finding]:
    for name, setting in facts.model.checks.rules.items():
        options = facts.rules[name].options if name in facts.rules else ()
        for option in options:
            value = setting.options.get(option.name)
            if value is None or option.accepts(value):
                continue
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=setting.place.at("options", option.name),
                message=f"the option `{option.name}` of {name} cannot be `{_written(value)}`",
                help=f"write {_wanted(option)}, for example `{_written(option.default)}`",
            )


def _written(value: OptionValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wanted(option: Option) -> str:
    if isinstance(option.default, bool):
        return "`true` or `false`"
    return f"a whole number from {option.least}" if isinstance(option.default, int) else "text"


RULE = Rule(
    name="wrong-option",
    family="hygiene",
    summary="An option of a rule has a value that it cannot take.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    judge=_judge,
)
