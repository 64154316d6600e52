"""The settings lower, or a waiver excuses, a rule whose level is fixed."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Level

_HELP = "remove it, and mend what the rule finds: nothing that depends on it could be trusted"


def _judge(facts: Facts) -> Iterator[Finding]:
    for name, setting in facts.model.checks.rules.items():
        rule = facts.rules.get(name)
        if rule is None or not rule.fixed or setting.level in (None, rule.level.value):
            continue
        yield Finding(
            rule=RULE.name,
            level=RULE.level,
            place=setting.place,
            message=f"the rule {name} is always {_article(rule.level)}, and cannot be set to `{setting.level}`",
            help=_HELP,
        )
    for waiver in facts.model.checks.waivers:
        rule = facts.rules.get(waiver.rule)
        if rule is not None and rule.fixed:
            yield Finding(
                rule=RULE.name,
                level=RULE.level,
                place=waiver.place,
                message=f"the rule {waiver.rule} cannot be waived",
                help=_HELP,
            )


def _article(level: Level) -> str:
    return f"an {level.value}" if level is not Level.WARNING else "a warning"


RULE = Rule(
    name="rule-level-fixed",
    family="hygiene",
    summary="The settings lower, or a waiver excuses, a rule whose level is fixed.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    fixed=True,
    judge=_judge,
)
