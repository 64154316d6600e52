"""The bulk way of calm schedules and the general way give the same timelines, causes and turns included."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from random_schedules import usual_inputs
from watchbill.roster.expand import expand
from watchbill.roster.schedule_input import ScheduleInput

DAY = 86_400
START = 1_767_225_600  # 2026-01-01T00:00Z


@settings(max_examples=settings.default.max_examples * 8)
@given(usual_inputs(), st.integers(0, 700), st.integers(1, 500))
def test_bulk_and_general_agree(given_input: ScheduleInput, first_day: int, days: int) -> None:
    stretch = (START + first_day * DAY, START + (first_day + days) * DAY + 1234)
    bulk, noticed = expand(given_input, [stretch])
    general, noticed_too = expand(given_input, [stretch], bulk=False)
    assert noticed == noticed_too
    for role, timeline in general.timelines.items():
        assert list(bulk.timelines[role]) == list(timeline)
