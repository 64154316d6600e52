"""Moves of timelines written by hand, and who is who."""

from __future__ import annotations

from dataclasses import replace

import pytest

from files_tree import FilesTree
from git_repositories import TEAM
from watchbill.change.compare import compare
from watchbill.change.likeness import renamed_people, saying
from watchbill.change.moves import moves
from watchbill.change.side_by_side import holders
from watchbill.findings import Place
from watchbill.model.people import Person
from watchbill.pipeline import compile_tree
from watchbill.roster.timeline import CauseRow, Timeline

TURN = CauseRow("turn", Place(file="a.yaml"), "weekly", 0, None, ())
OVERRIDE = CauseRow("override", Place(file="b.yaml"), None, None, None, ())
Row = tuple[int, int, str, int, int]
"""Start, end, person, seat, turn (-1 for an override)."""


def timeline(*rows: Row) -> Timeline:
    people = tuple(dict.fromkeys(row[2] for row in rows))
    return Timeline(
        schedule="ops",
        role="primary",
        demanded=((0, 100),),
        people=people,
        causes=(TURN, OVERRIDE),
        start=[row[0] for row in rows],
        end=[row[1] for row in rows],
        person=[people.index(row[2]) for row in rows],
        seat=[row[3] for row in rows],
        turn=[row[4] for row in rows],
        cause=[int(row[4] < 0) for row in rows],
    )


def found(base: Timeline | None, head: Timeline | None) -> list[tuple[int, int, tuple[str, ...], tuple[str, ...]]]:
    return [(*move.stretch, move.before, move.after) for move in moves("ops", "primary", base, head, (0, 100), str)]


ADA = timeline((0, 50, "ada", 0, 0), (50, 90, "ada", 0, 1))


def test_each_turn_that_moves_is_one_move() -> None:
    grace = timeline((0, 50, "grace", 0, 0), (50, 90, "grace", 0, 1))
    assert found(ADA, grace) == [(0, 50, ("ada",), ("grace",)), (50, 90, ("ada",), ("grace",))]


def test_a_shift_that_only_ends_earlier_is_seen() -> None:
    assert found(ADA, replace(ADA, end=[50, 80])) == [(80, 90, ("ada",), ())]


def test_the_same_people_in_another_order_are_seen() -> None:
    one = timeline((0, 10, "ada", 0, 0), (10, 20, "grace", 0, 1), (20, 30, "ada", 0, 2))
    other = timeline((0, 10, "ada", 0, 0), (10, 20, "grace", 0, 1), (20, 30, "grace", 0, 2))
    assert found(one, other) == [(20, 30, ("ada",), ("grace",))]


def test_a_turn_covered_in_pieces_is_told_by_its_pieces() -> None:
    covered = timeline((0, 10, "ada", 0, 0), (10, 20, "grace", 0, 0), (20, 50, "ada", 0, 0), (50, 90, "ada", 0, 1))
    assert found(ADA, covered) == [(10, 20, ("ada",), ("grace",))]


def test_seats_that_are_exchanged_move_nobody() -> None:
    one = timeline((0, 50, "ada", 0, 0), (0, 50, "grace", 1, 0))
    assert found(one, timeline((0, 50, "grace", 0, 0), (0, 50, "ada", 1, 0))) == []
    assert found(one, timeline((0, 50, "ada", 0, 0))) == [(0, 50, ("grace",), ())]


def test_other_pieces_with_the_same_holder_move_nobody() -> None:
    assert found(ADA, timeline((0, 30, "ada", 0, 0), (30, 90, "ada", 0, -1))) == []


def test_a_role_that_is_new_or_gone() -> None:
    assert found(None, ADA) == [(0, 50, (), ("ada",)), (50, 90, (), ("ada",))]
    assert found(ADA, None) == [(0, 50, ("ada",), ()), (50, 90, ("ada",), ())]
    assert found(None, None) == []


def test_what_says_so_and_whether_it_is_deliberate() -> None:
    head = timeline((0, 40, "ada", 0, 0), (40, 60, "grace", 0, -1), (60, 90, "linus", 0, 1))
    told = moves("ops", "primary", ADA, head, (0, 100), str)
    assert [(move.place, move.deliberate) for move in told] == [
        (OVERRIDE.place, True),
        (OVERRIDE.place, True),
        (TURN.place, False),
    ]
    assert [move.stretch for move in told] == [(40, 50), (50, 60), (60, 90)]


def test_edges_beyond_what_is_compared_are_cut() -> None:
    longer = timeline((-50, 200, "grace", 0, 0))
    assert found(timeline((-50, 200, "ada", 0, 0)), longer) == [(0, 100, ("ada",), ("grace",))]


def test_holders_fill_the_stretch() -> None:
    pair = timeline((10, 50, "ada", 1, 0), (20, 30, "grace", 0, 0), (30, 60, "ada", 0, 1))
    assert [(each.stretch, each.people) for each in holders(pair, (0, 70), str)] == [
        ((0, 10), ()),
        ((10, 20), ("ada",)),
        ((20, 30), ("grace", "ada")),
        ((30, 60), ("ada",)),
        ((60, 70), ()),
    ]


def test_sides_of_different_times_are_refused() -> None:
    one = compile_tree(FilesTree(TEAM), now=1_795_420_800)
    with pytest.raises(ValueError, match="one now and for one horizon"):
        compare(one, compile_tree(FilesTree(TEAM), now=1_795_420_801))
    with pytest.raises(ValueError, match="one now and for one horizon"):
        compare(one, compile_tree(FilesTree(TEAM), now=1_795_420_800, horizon=(1_795_000_000, 1_796_000_000)))


def person(name: str, **handles: str) -> Person:
    return Person(id=name, place=Place(file=f"{name}.yaml"), name=name, handles=handles)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ({"ada": person("Ada")}, {"lovelace": person("Ada")}, {"ada": "lovelace"}),
        ({"ada": person("Ada", github="al")}, {"lovelace": person("Lady Lovelace", github="al")}, {"ada": "lovelace"}),
        ({"ada": person("Ada")}, {"grace": person("Grace")}, {}),
        ({"ada": person("Ada"), "ada-b": person("Ada")}, {"lovelace": person("Ada")}, {}),
        ({"ada": person("Ada")}, {"lovelace": person("Ada"), "byron": person("Ada")}, {}),
        ({"ada": person("Ada")}, {"ada": person("Ada"), "lovelace": person("Ada")}, {}),
    ],
)
def test_who_is_who(before: dict[str, Person], after: dict[str, Person], same: dict[str, str]) -> None:
    model = compile_tree(FilesTree(TEAM), now=1_795_420_800).model
    assert renamed_people(replace(model, people=before), replace(model, people=after)) == same


def test_places_say_nothing() -> None:
    one = person("Ada", github="al")
    assert saying(one) == saying(replace(one, place=Place(file="elsewhere.yaml", path=("ada",))))
    assert saying(one) != saying(replace(one, handles={"github": "other"}))
    assert hash(saying(one)) == hash(saying(replace(one)))
