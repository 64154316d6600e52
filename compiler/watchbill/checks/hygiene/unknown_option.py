"""The settings give a rule an option that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level
from watchbill.text import nearest


def _judge(facts: Facts) -> Iterator[Finding]:
    for name, setting in facts.model.checks.rules.items():
        if name not in facts.rules:
            continue
        known = [option.name for option in facts.rules[name].options]
        for option in setting.options:
            if option in known:
                continue
            meant = nearest(option, known)
            has = f"its options are: {', '.join(known)}" if known else "it has none; only `level` can be set"
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=setting.place.key("options", option),
                message=f"the rule {name} has no option `{option}`",
                help=f"did you mean `{meant}`?" if meant else has,
            )


RULE = Rule(
    name="unknown-option",
    family="hygiene",
    summary="The settings give a rule an option that it does not have.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    judge=_judge,
)
