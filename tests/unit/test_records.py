"""The quick ``dataclass`` behaves as the standard one does."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

import pytest

from watchbill import records
from watchbill.resources import PACKAGE


def _made(decorate: Callable[..., Any]) -> type[Any]:
    @decorate(frozen=True, slots=True, kw_only=True)
    class Watch:
        """Who stands watch."""

        person: str
        since: int = 7
        handles: Mapping[str, str] = field(default_factory=dict)

        def longer(self) -> int:
            """Return more."""
            return self.since + 1

    return Watch


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A record of one field."""

    value: object


QUICK, STANDARD = _made(records.dataclass), _made(dataclasses.dataclass)
both = pytest.mark.parametrize("made", [QUICK, STANDARD])


@both
def test_values_and_defaults(made: type[Any]) -> None:
    watch = made(person="ada")
    assert (watch.person, watch.since, watch.handles, watch.longer()) == ("ada", 7, {}, 8)
    assert made(person="ada").handles is not watch.handles
    assert made(person="ada", handles={"chat": "a"}, since=0).since == 0
    assert made.__match_args__ == ()
    assert [each.name for each in dataclasses.fields(made)] == ["person", "since", "handles"]


@both
def test_equality_and_text(made: type[Any]) -> None:
    watch = made(person="ada")
    assert watch == made(person="ada")
    assert watch != made(person="grace")
    assert watch != ("ada", 7, {})
    assert repr(watch).endswith("Watch(person='ada', since=7, handles={})")
    assert dataclasses.replace(watch, since=9) == made(person="ada", since=9)


def test_the_two_differ_in_nothing_that_is_told() -> None:
    quick, standard = QUICK(person="ada"), STANDARD(person="ada")
    assert quick != standard
    assert repr(quick) == repr(standard)
    for wrong in ({}, {"person": "ada", "rank": 1}):
        with pytest.raises(TypeError) as one:
            QUICK(**wrong)
        with pytest.raises(TypeError) as other:
            STANDARD(**wrong)
        assert str(one.value) == str(other.value)


@both
def test_a_record_is_frozen_and_has_no_room_for_more(made: type[Any]) -> None:
    watch = made(person="ada")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'person'"):
        watch.person = "grace"
    with pytest.raises((AttributeError, TypeError)):  # before 3.12 the standard one stumbles over itself
        watch.rank = 1
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'person'"):
        del watch.person
    assert not hasattr(watch, "__dict__")


def test_equal_records_have_one_hash_and_copies_are_equal() -> None:
    assert len({Alone(value=1), Alone(value=1), Alone(value=2)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Alone(value=[]))
    assert copy.copy(Alone(value=[3])) == copy.deepcopy(Alone(value=[3])) == Alone(value=[3])


def test_another_kind_of_record_is_refused() -> None:
    with pytest.raises(TypeError, match="a record is frozen"):
        records.dataclass(frozen=False, slots=True, kw_only=True)


def test_every_module_of_records_makes_them_quickly() -> None:
    written = "@dataclass(frozen=True, slots=True, kw_only=True)"
    modules = [path for path in PACKAGE.rglob("*.py") if written in path.read_text(encoding="utf-8")]
    slow = {path.name for path in modules if "from watchbill.records import" not in path.read_text(encoding="utf-8")}
    # These hold records that change, too, and only the process that reads calendars imports them.
    assert slow - {"ics_events.py", "ics_lines.py"} == set(), "import `dataclass` from watchbill.records"
