"""A payload, interpreted by the provider's rules, names whom the timeline names, at every second."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hand_built
import pagerduty_rules
from watchbill.compilation import Compilation
from watchbill.findings import Place
from watchbill.model.providers import Provider
from watchbill.providers.render import render

MODES = ("shifts", "layers")


def configured(c: Compilation, mode: str, **settings: Any) -> Compilation:
    settings = {"schedules": {"payments": {"primary": "Pay", "secondary": "Pay 2nd"}}, **settings}
    provider = Provider(id="pagerduty", place=Place(file="policies/providers/pagerduty.yaml"), mode=mode, **settings)  # type: ignore[arg-type]
    return dataclasses.replace(c, model=dataclasses.replace(c.model, providers={"pagerduty": provider}))


def documents(c: Compilation) -> dict[str, Any]:
    return {path: json.loads(data) for path, data in render(c).items()}


def every_edge(document: dict[str, Any], c: Compilation, role: str) -> list[int]:
    """All instants of the stretch at which either side changes, each with the second before and after it."""
    start, end = c.clock.now, hand_built.seconds(document["stretch"]["end"].replace(":00Z", "Z"))
    timeline = c.rosters["payments"].timelines[role]
    edges = {start, end - 1, *pagerduty_rules.edges(document), *timeline.start, *timeline.end}
    return sorted({at + step for at in edges for step in (-1, 0, 1) if start <= at + step < end})


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("role", ["primary", "secondary"])
@pytest.mark.parametrize("now", ["2026-10-05T07:00Z", "2026-10-14T12:00Z", "2026-10-20T12:00Z"])
def test_the_provider_names_whom_the_timeline_names(mode: str, role: str, now: str) -> None:
    c = configured(hand_built.compilation(now=now), mode)
    document = documents(c)[f"pagerduty/payments/{role}.json"]
    assert document["exact"]
    for instant in every_edge(document, c, role):
        holders = sorted(f"P{shift.person.upper()}" for shift in c.rosters["payments"].timelines[role].at(instant))
        assert pagerduty_rules.on_call(document, instant) == holders, instant


def follow_the_sun(members: str) -> tuple[hand_built.Row, ...]:
    """Eight-hour turns for six weeks over the end of summer time, wall-clock aligned in Berlin."""
    rows: list[hand_built.Row] = []
    instant, people = hand_built.seconds("2026-10-05T07:00Z"), members.split()
    while instant < hand_built.seconds("2026-11-15T22:00Z"):
        end = instant + 8 * 3600
        if instant < hand_built.seconds("2026-10-25T01:00Z") < end:
            end += 3600
        rows.append((_text(instant), _text(end), people[len(rows) % len(people)], 0, "turn"))
        instant = end
    return tuple(rows)


def _text(seconds: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%MZ")


def test_a_steady_rotation_becomes_a_few_native_layers() -> None:
    c = configured(hand_built.compilation(now="2026-10-05T07:00Z", primary=follow_the_sun("ada alan grace")), "layers")
    document = documents(c)["pagerduty/payments/primary.json"]
    layers = document["requests"][0]["body"]["schedule"]["schedule_layers"]
    assert len(layers) == 3, "before, in and after the clock change"
    assert [len(layer["users"]) for layer in layers] == [3, 1, 3]
    for instant in every_edge(document, c, "primary"):
        holders = sorted(f"P{shift.person.upper()}" for shift in c.rosters["payments"].timelines["primary"].at(instant))
        assert pagerduty_rules.on_call(document, instant) == holders, instant


def test_every_seat_of_a_shared_turn_is_a_schedule_of_its_own_in_layers() -> None:
    document = documents(configured(hand_built.compilation(), "layers"))["pagerduty/payments/primary.json"]
    assert [request["body"]["schedule"]["name"] for request in document["requests"]] == ["Pay", "Pay 2"]


@pytest.mark.parametrize("mode", MODES)
def test_a_person_without_an_id_is_left_out_and_named(mode: str) -> None:
    handles = {"ada": "PADA", "grace": "PGRACE", "alan": "PALAN"}
    c = configured(hand_built.compilation(handles=handles), mode)
    files = documents(c)
    document = files["pagerduty/payments/primary.json"]
    assert not document["exact"]
    (problem,) = document["problems"]
    assert problem["message"].startswith("Katherine Johnson has no PagerDuty id, so the payload leaves out 3 shifts")
    assert "Europe/Berlin" in problem["message"]
    assert "handles" in problem["help"]
    assert files["pagerduty/report.json"]["problems"] == [problem]
    for instant in every_edge(document, c, "primary"):
        holders = {shift.person for shift in c.rosters["payments"].timelines["primary"].at(instant)} - {"katherine"}
        assert pagerduty_rules.on_call(document, instant) == sorted(f"P{person.upper()}" for person in holders)


@pytest.mark.parametrize(
    ("ada", "grace", "words"),
    [
        ("PSAME", "PSAME", "same PagerDuty id"),
        ("../x", "PGRACE", "a PagerDuty id that is none"),
        ("", "PGRACE", "none"),
    ],
)
def test_an_id_that_is_not_certain_is_nobodys(ada: str, grace: str, words: str) -> None:
    c = configured(hand_built.compilation(handles={"ada": ada, "grace": grace, "alan": "PALAN"}), "shifts")
    document = documents(c)["pagerduty/payments/primary.json"]
    assert any(words in problem["message"] for problem in document["problems"])
    assert "PSAME" not in json.dumps(document["requests"])
    assert "../x" not in json.dumps(document["requests"])


def test_without_a_provider_every_role_with_somebody_known_gets_a_payload() -> None:
    assert set(render(hand_built.compilation())) == {
        "pagerduty/payments/primary.json",
        "pagerduty/payments/secondary.json",
        "pagerduty/report.json",
    }
    assert render(hand_built.compilation(handles={})) == {}


def test_only_the_configured_roles_get_a_payload_under_the_configured_name() -> None:
    c = configured(hand_built.compilation(), "shifts", schedules={"payments": {"primary": "Zahlungen"}})
    files = documents(c)
    assert set(files) == {"pagerduty/payments/primary.json", "pagerduty/report.json"}
    assert files["pagerduty/payments/primary.json"]["requests"][0]["body"]["schedule"]["name"] == "Zahlungen"


def test_a_role_without_shifts_gets_a_schedule_and_no_empty_list_of_shifts() -> None:
    c = configured(hand_built.compilation(), "shifts", schedules={"search": {"primary": "Search"}})
    document = documents(c)["pagerduty/search/primary.json"]
    assert [request["path"] for request in document["requests"]] == ["/v3/schedules"]


def test_the_stretch_is_the_providers_horizon_within_the_published_one() -> None:
    c = configured(hand_built.compilation(), "shifts", horizon_days=7)
    document = documents(c)["pagerduty/payments/primary.json"]
    assert document["stretch"] == {"start": "2026-10-20T12:00:00Z", "end": "2026-10-27T12:00:00Z"}
    shifts = document["requests"][1]["body"]["custom_shifts"]
    assert [(shift["start_time"], shift["end_time"]) for shift in shifts] == [
        ("2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z"),
        ("2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z"),
        ("2026-10-26T08:00:00Z", "2026-11-02T08:00:00Z"),
    ], "a shift keeps its true start and end, so that a later payload does not change it"


def test_nothing_private_is_in_a_payload() -> None:
    for data in render(hand_built.compilation()).values():
        assert b"private-marker" not in data
        assert b"+15550100" not in data


PEOPLE = ("ada", "alan", "grace", "katherine")
HOUR = 3600
START = hand_built.seconds("2026-10-05T07:00Z")


@st.composite
def timelines(draw: st.DrawFn) -> tuple[hand_built.Row, ...]:
    """Shifts on two seats, some touching, some of equal length, over the end of summer time on 25 October."""
    rows: list[hand_built.Row] = []
    for seat in (0, 1):
        instant = START
        for person, hours, gap in draw(
            st.lists(
                st.tuples(st.sampled_from(PEOPLE), st.sampled_from((1, 8, 8, 24, 168)), st.sampled_from((0, 0, 0, 5))),
                max_size=25,
            )
        ):
            instant += gap * HOUR
            end = min(instant + hours * HOUR, hand_built.seconds(hand_built.HORIZON[1]))
            if instant < end:
                rows.append((_text(instant), _text(end), person, seat, "turn"))
            instant = end
    return tuple(rows)


@pytest.mark.parametrize("mode", MODES)
@given(rows=timelines())
def test_any_timeline_is_named_exactly(mode: str, rows: tuple[hand_built.Row, ...]) -> None:
    c = configured(hand_built.compilation(now="2026-10-05T07:00Z", primary=rows), mode)
    document = documents(c)["pagerduty/payments/primary.json"]
    for instant in every_edge(document, c, "primary"):
        holders = sorted(f"P{shift.person.upper()}" for shift in c.rosters["payments"].timelines["primary"].at(instant))
        assert pagerduty_rules.on_call(document, instant) == holders, instant
