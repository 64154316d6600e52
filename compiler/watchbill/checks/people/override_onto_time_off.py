"""An override puts somebody on call who is away, and is void there. Found while rosters are expanded."""

from __future__ import annotations

from watchbill.checks.rule import Rule
from watchbill.findings import Level

RULE = Rule(
    name="override-onto-time-off",
    family="people",
    summary="An override names somebody who is away then.",
    since="0.1",
    level=Level.ERROR,
    status="stable",
    scope="schedule",
)
