"""A version whose order moves with time off has too many turns to compute. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="rotation-too-long",
    family="coverage",
    summary="A version moves its order over more turns than can be computed.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="schedule",
)
