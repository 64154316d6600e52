"""Every move is told exactly, and nothing else: on random edits, against a count of every quarter of an hour."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from files_tree import FilesTree
from oracle.changes import QUARTER, differences, duties, nights, weekends
from random_changes import HORIZON, NOW, Rosters, edits, rosters
from watchbill.change.compare import compare
from watchbill.change.records import Change, Move
from watchbill.compilation import Compilation
from watchbill.feeds.render import render_revised
from watchbill.feeds.revision import Revision
from watchbill.pipeline import Shared, compile_both, compile_tree
from watchbill.reports import change_full, change_json, change_markdown

pairs = rosters().flatmap(lambda before: st.tuples(st.just(before), edits(before)))


def compiled(files: dict[str, str], shared: Shared | None = None) -> Compilation:
    return compile_tree(FilesTree(files), now=NOW, horizon=HORIZON, shared=shared)


def told(moves: tuple[Move, ...]) -> dict[tuple[str, str], dict[int, tuple[set[str], set[str]]]]:
    """Return what moves say of each quarter of an hour."""
    found: dict[tuple[str, str], dict[int, tuple[set[str], set[str]]]] = {}
    for move in moves:
        quarters = found.setdefault((move.schedule, move.role), {})
        assert move.stretch[0] < move.stretch[1]
        assert not any(edge % QUARTER for edge in move.stretch), "an edge that no file has"
        for quarter in range(*move.stretch, QUARTER):
            assert quarter not in quarters, "a quarter is told twice"
            quarters[quarter] = set(move.before), set(move.after)
    return found


@given(pair=pairs)
def test_moves_are_what_every_quarter_says(pair: tuple[Rosters, Rosters]) -> None:
    base, head = (compiled(each.files()) for each in pair)
    change = compare(base, head)
    assert told(change.moves) == differences(base, head, NOW, HORIZON[1])
    assert told(change.history) == differences(base, head, HORIZON[0], NOW)


@given(pair=pairs)
def test_people_gain_and_lose_what_every_quarter_says(pair: tuple[Rosters, Rosters]) -> None:
    base, head = (compiled(each.files()) for each in pair)
    change = compare(base, head)
    moved = {person for move in change.moves for person in (*move.before, *move.after)}
    assert {each.person for each in change.people} == moved
    held, will_hold = (duties(side, NOW, HORIZON[1]) for side in (base, head))
    for each in change.people:
        before, after = held[each.person], will_hold[each.person]
        zones = [side.measures.zone_of(each.person) for side in (base, head)]
        assert each.gained.seconds == len(after - before) * QUARTER
        assert each.lost.seconds == len(before - after) * QUARTER
        if zones[0] == zones[1]:
            assert each.gained.nights == len(nights(after, zones[1]) - nights(before, zones[0]))
            assert each.lost.nights == len(nights(before, zones[0]) - nights(after, zones[1]))
            assert each.gained.weekends == len(weekends(after, zones[1]) - weekends(before, zones[0]))
            assert each.lost.weekends == len(weekends(before, zones[0]) - weekends(after, zones[1]))


@given(pair=pairs)
def test_gaps_are_those_of_one_side_alone(pair: tuple[Rosters, Rosters]) -> None:
    base, head = (compiled(each.files()) for each in pair)
    change = compare(base, head)
    before, after = _missing(base), _missing(head)
    assert {m for gap in change.gaps_opened for m in _quarters(gap.schedule, gap.role, gap.stretch)} == after - before
    assert {m for gap in change.gaps_closed for m in _quarters(gap.schedule, gap.role, gap.stretch)} == before - after


def _missing(compilation: Compilation) -> set[tuple[str, str, int]]:
    ahead = ((gap, max(gap.stretch[0], NOW), gap.stretch[1]) for gap in compilation.gaps)
    return {quarter for gap, start, end in ahead for quarter in _quarters(gap.schedule, gap.role, (start, end))}


def _quarters(schedule: str, role: str, stretch: tuple[int, int]) -> set[tuple[str, str, int]]:
    assert not any(edge % QUARTER for edge in stretch), "an edge that no file has"
    return {(schedule, role, quarter) for quarter in range(*stretch, QUARTER)}


@given(pair=pairs)
def test_events_are_those_that_the_feeds_change(pair: tuple[Rosters, Rosters]) -> None:
    base, head = (compiled(each.files()) for each in pair)
    change = compare(base, head)
    before, after = _revisions(base), _revisions(head)
    numbers = {what: sum(event.what == what for event in change.events) for what in ("added", "changed", "removed")}
    assert numbers == {
        "added": len(after.keys() - before.keys()),
        "removed": len(before.keys() - after.keys()),
        "changed": sum(before[uid] != after[uid] for uid in before.keys() & after.keys()),
    }


def _revisions(compilation: Compilation) -> dict[str, str]:
    """Return the content of each event of the schedules' feeds by its uid; placeholders apart."""
    feeds = render_revised(compilation, Revision(time=NOW))
    shown = {
        uid
        for path, data in feeds.files.items()
        if path.startswith("feeds/schedules/")
        for uid in _uids(data.decode().replace("\r\n ", ""))
    }
    return {uid: revised.content for uid, revised in feeds.revisions.items() if uid in shown}


def _uids(calendar: str) -> set[str]:
    events = calendar.split("BEGIN:VEVENT")[1:]
    return {
        event.split("UID:")[1].split("\r\n")[0] for event in events if "no shifts in the published time" not in event
    }


@given(before=rosters())
def test_a_tree_changes_nothing_against_itself_however_it_is_written(before: Rosters) -> None:
    files = before.files()
    base = compiled(files)
    assert compare(base, base).is_empty
    head = compiled(rewritten(files))
    change = compare(base, head)
    assert change.is_empty, change.sentence
    assert change.sentence == "Changes nothing that anybody could notice."
    assert len(change.findings.kept) == len(base.findings)


def rewritten(files: dict[str, str]) -> dict[str, str]:
    """Return the same said otherwise: other names of files, comments, lines, and each person in a file of their own."""
    moved: dict[str, str] = {}
    for path, text in files.items():
        data = json.loads(text)
        if path == "schedules/people.yaml":
            for person, body in data.items():
                moved[f"schedules/people/here/{person}.yaml"] = f"# {person}\n\n{json.dumps(body)}\n"
        elif path.startswith("schedules/overrides/"):
            for number, entry in enumerate(data):
                moved[f"schedules/overrides/{number}-again.yaml"] = f"{json.dumps(entry)} # here\n"
        elif path.startswith("schedules/on-call/"):
            moved[path.replace("on-call/", "on-call/below/")] = f"\n\n# first\n{json.dumps(data, indent=3)}\n"
        else:
            moved[path] = f"# more\n{text}"
    return moved


@given(pair=pairs)
def test_what_two_compiles_share_changes_nothing(pair: tuple[Rosters, Rosters]) -> None:
    base, head = (each.files() for each in pair)
    apart = compiled(base), compiled(head)
    shared = Shared()
    together_head = compiled(head, shared)
    assert (compiled(base, shared), together_head) == apart
    both = compile_both(FilesTree(base), FilesTree(head), now=NOW)
    alone = compile_tree(FilesTree(head), now=NOW)
    assert both == (compile_tree(FilesTree(base), now=NOW, horizon=alone.horizon), alone)


@given(pair=pairs)
def test_every_report_can_be_made_of_it(pair: tuple[Rosters, Rosters]) -> None:
    change = compare(*(compiled(each.files()) for each in pair))
    first = change.sentence
    assert first.endswith(".")
    assert "\n" not in first
    assert change_full.render(change).startswith(f"{first}\n")
    assert json.loads(change_json.render(change))["sentence"] == first
    assert change_markdown.render(change).startswith("**")
    assert drawn_letters(change) <= {*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ?. "}


def drawn_letters(change: Change) -> set[str]:
    lines = change_full.render(change).split("\n")
    drawn = [line[10:] for line in lines if line.startswith(("before    ", "after     "))]
    widths = {len(line) for line in drawn}
    assert all(width <= 84 for width in widths)
    return set("".join(drawn))
