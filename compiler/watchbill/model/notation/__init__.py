"""The notations of the configuration: strict pure parsers from text to typed values.

Every parser takes text and returns the value or a ``Problem`` that says what is wrong and what to write instead. None
raises, whatever the text. Texts repeat a lot in a repository, so results are cached.
"""

from __future__ import annotations

from watchbill.model.notation.amounts import (
    Rate,
    parse_days,
    parse_duration,
    parse_frequency,
    parse_period,
    parse_rate,
    parse_share,
)
from watchbill.model.notation.dates import parse_date, parse_instant, parse_moment, parse_time
from watchbill.model.notation.handoffs import WrongPoint, parse_handoff, parse_handoffs
from watchbill.model.notation.names import parse_country, parse_id, parse_incident_id, parse_url
from watchbill.model.notation.problem import Problem
from watchbill.model.notation.windows import parse_spans

__all__ = [
    "Problem",
    "Rate",
    "WrongPoint",
    "parse_country",
    "parse_date",
    "parse_days",
    "parse_duration",
    "parse_frequency",
    "parse_handoff",
    "parse_handoffs",
    "parse_id",
    "parse_incident_id",
    "parse_instant",
    "parse_moment",
    "parse_period",
    "parse_rate",
    "parse_share",
    "parse_spans",
    "parse_time",
    "parse_url",
]
