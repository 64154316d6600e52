"""The catalogue: every rule there is, in one explicit tuple, by family and name.

A test proves that each module of the family folders stands here, is documented beside it, and is exercised.
"""

from __future__ import annotations

from watchbill.checks.coverage import (
    coverage_gap,
    not_enough_responders,
    override_misses,
    override_overlap,
    roster_runs_out,
    rotation_too_long,
    same_person_twice,
    service_without_on_call,
    swap_misses,
    version_between_handoffs,
)
from watchbill.checks.hygiene import (
    rule_level_fixed,
    schedule_unused,
    unknown_option,
    unknown_rule,
    waiver_expired,
    waiver_unused,
    wrong_option,
)
from watchbill.checks.people import (
    double_booked,
    leaver_in_rotation,
    on_call_during_time_off,
    override_onto_time_off,
)
from watchbill.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    coverage_gap.RULE,
    not_enough_responders.RULE,
    override_misses.RULE,
    override_overlap.RULE,
    roster_runs_out.RULE,
    rotation_too_long.RULE,
    same_person_twice.RULE,
    service_without_on_call.RULE,
    swap_misses.RULE,
    version_between_handoffs.RULE,
    double_booked.RULE,
    leaver_in_rotation.RULE,
    on_call_during_time_off.RULE,
    override_onto_time_off.RULE,
    rule_level_fixed.RULE,
    schedule_unused.RULE,
    unknown_option.RULE,
    unknown_rule.RULE,
    waiver_expired.RULE,
    waiver_unused.RULE,
    wrong_option.RULE,
)

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}
