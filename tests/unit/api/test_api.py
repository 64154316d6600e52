"""The API says what the timeline says, in the form that its schemas promise."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

import hand_built
from watchbill.api.render import SCHEMAS, render, schema


def documents(**changes: Any) -> dict[str, Any]:
    return {path: json.loads(data) for path, data in render(hand_built.compilation(**changes)).items()}


def primary(now: str) -> dict[str, Any]:
    found = documents(now=now)["api/v1/oncall.json"]
    role: dict[str, Any] = found["schedules"][0]["roles"][0]
    assert (found["schedules"][0]["id"], role["id"]) == ("payments", "primary")
    return role


def ids(people: list[dict[str, str]]) -> list[str]:
    return [person["id"] for person in people]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas_and_are_published(name: str) -> None:
    published = json.loads(render(hand_built.compilation())[f"api/v1/schemas/{name}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(published)
    assert published == json.loads(schema(name))


@pytest.mark.parametrize("now", ["2026-10-02T00:00Z", "2026-10-20T12:00Z", "2026-11-05T12:00Z", "2026-11-15T22:59Z"])
def test_every_document_is_as_its_schema_says(now: str) -> None:
    found = documents(now=now)
    for path, name in (
        ("api/v1/oncall.json", "oncall"),
        ("api/v1/schedules/payments.json", "schedule"),
        ("api/v1/schedules/search.json", "schedule"),
    ):
        jsonschema.Draft202012Validator(json.loads(schema(name))).validate(found[path])


def test_a_schema_refuses_what_it_does_not_name() -> None:
    found = documents()["api/v1/oncall.json"]
    found["schedules"][0]["roles"][0]["on_call"] = [{"id": "ada", "name": "Ada", "phone": "+15550100"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(schema("oncall"))).validate(found)


def test_a_shared_turn_names_everybody_by_seat() -> None:
    role = primary("2026-10-20T12:00Z")
    assert ids(role["on_call"]) == ["alan", "katherine"]
    assert role["until"] == "2026-10-26T08:00:00Z"
    assert ids(role["next"]["on_call"]) == ["ada"]
    assert role["next"]["until"] == "2026-11-02T08:00:00Z"


def test_an_instant_is_in_the_shift_that_starts_with_it_and_not_in_the_one_that_ends_with_it() -> None:
    assert ids(primary("2026-10-26T07:59Z")["on_call"]) == ["alan", "katherine"]
    assert ids(primary("2026-10-26T08:00Z")["on_call"]) == ["ada"]


def test_a_gap_is_told_with_its_end() -> None:
    role = primary("2026-11-05T12:00Z")
    assert role["on_call"] == []
    assert role["until"] == "2026-11-06T08:00:00Z"
    assert ids(role["next"]["on_call"]) == ["grace"]
    gap = {"start": "2026-11-05T08:00:00Z", "end": "2026-11-06T08:00:00Z", "required": 1, "present": 0}
    assert role["gap"] == gap
    assert primary("2026-11-04T12:00Z")["gap"] is None
    assert documents()["api/v1/schedules/payments.json"]["roles"][0]["gaps"] == [gap]


def test_until_is_not_guessed_beyond_the_horizon() -> None:
    role = primary("2026-11-15T12:00Z")
    assert ids(role["on_call"]) == ["alan", "katherine"]
    assert role["until"] is None
    assert role["next"] is None


def test_a_schedule_has_every_shift_with_its_public_cause() -> None:
    shifts = documents()["api/v1/schedules/payments.json"]["roles"][0]["shifts"]
    causes = {"turn": "turn", "cover": "stand-in", "override": "override"}
    assert [
        (shift["start"], shift["end"], shift["person"]["id"], shift["seat"] - 1, shift["cause"]) for shift in shifts
    ] == [
        (row[0].replace("Z", ":00Z"), row[1].replace("Z", ":00Z"), row[2], row[3], causes[row[4]])
        for row in hand_built.PRIMARY
    ]


def test_versions_and_zone_are_told() -> None:
    found = documents()["api/v1/oncall.json"]
    assert found["now"] == "2026-10-20T12:00:00Z"
    assert found["timezone"] == "Europe/Berlin"
    assert found["versions"] == {"watchbill": "0.1.0", "tzdata": "2026f"}


def test_nothing_private_is_in_the_api() -> None:
    for data in render(hand_built.compilation()).values():
        for private in (b"private-marker", b"+15550100", b"Asia/Kolkata", b"PADA"):
            assert private not in data


def test_documents_are_stable_and_sorted() -> None:
    first, second = render(hand_built.compilation()), render(hand_built.compilation())
    assert first == second
    for path, data in first.items():
        if not path.startswith("api/v1/schemas/"):
            text = json.dumps(json.loads(data), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            assert data.decode() == text
