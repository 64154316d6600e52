"""Calendar events that change, against the events that the feeds really write."""

from __future__ import annotations

from files_tree import FilesTree
from git_repositories import FIRST, SICK, TEAM
from watchbill.change.compare import compare
from watchbill.compilation import Compilation
from watchbill.feeds.events import uid_of
from watchbill.feeds.render import render_revised
from watchbill.feeds.revision import Revision
from watchbill.intervals import Stretch
from watchbill.pipeline import compile_tree

WEEK = 7 * 86_400
AWAY = {"schedules/time-off/ada.yaml": "- {from: 2026-11-24, through: 2026-11-24}\n"}
"""Ada's Tuesday is covered by grace."""

SAME_BY_OVERRIDE = SICK.replace("11-24 22:00", "11-24 00:00").replace("11-25 08:00", "11-25 00:00")


def compiled(files: dict[str, str], horizon: Stretch | None = None) -> Compilation:
    return compile_tree(FilesTree({**TEAM, **files}), now=FIRST, horizon=horizon)


def told(base: Compilation, head: Compilation) -> set[tuple[str, str]]:
    """Return what is said to happen to which event, by uid."""
    return {
        (event.what, uid_of("shift", event.schedule, event.role, event.seat, event.start))
        for event in compare(base, head).events
    }


def written(base: Compilation, head: Compilation) -> set[tuple[str, str]]:
    """Return what happens to which event of the feeds."""
    before, after = (
        {uid: each.content for uid, each in render_revised(side, Revision(time=FIRST)).revisions.items()}
        for side in (base, head)
    )
    return {
        *(("removed", uid) for uid in before.keys() - after.keys()),
        *(("added", uid) for uid in after.keys() - before.keys()),
        *(("changed", uid) for uid in before.keys() & after.keys() if before[uid] != after[uid]),
    }


def test_an_override_for_who_stood_in_anyway_changes_the_event_and_moves_nobody() -> None:
    base, head = compiled(AWAY), compiled({**AWAY, "schedules/overrides/agreed.yaml": SAME_BY_OVERRIDE})
    assert compare(base, head).moves == ()
    assert {what for what, _ in told(base, head)} == {"changed"}
    assert told(base, head) == written(base, head)


def test_a_new_name_changes_all_events_that_show_it() -> None:
    base = compiled({})
    for path, old, new in (
        ("schedules/people.yaml", "Ada Lovelace", "Ada King"),
        ("schedules/on-call/payments.yaml", "name: Payments", "name: Money"),
        ("schedules/on-call/payments.yaml", "timezone: Europe/Berlin", "timezone: Europe/Paris"),
    ):
        head = compiled({path: TEAM[path].replace(old, new)})
        assert told(base, head)
        # A person's own feed has a placeholder where there are no shifts; nobody here is without.
        assert told(base, head) == written(base, head)


def test_moves_change_the_events_that_they_touch() -> None:
    base, head = compiled({}), compiled({"schedules/overrides/sick.yaml": SICK})
    assert told(base, head) == written(base, head)
    assert sorted(what for what, _ in told(base, head)) == ["added", "added", "changed"]


def test_a_role_that_follows_shows_the_same_as_one_with_turns_of_its_own() -> None:
    path = "schedules/on-call/payments.yaml"
    layer = "{id: own, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [emmy, ada, grace, linus]}"
    base = compiled({path: f"{TEAM[path]}  secondary:\n    layers: [{layer}]\n"})
    head = compiled({path: f"{TEAM[path]}  secondary: {{follows: primary, turns-ahead: 1}}\n"})
    assert compare(base, head).moves == ()
    assert told(base, head) == written(base, head) == set()


def test_shifts_that_only_meet_the_horizon_are_no_events() -> None:
    path, monday = "schedules/people.yaml", FIRST  # 08:00 UTC is 09:00 in Berlin: the handoff to ada, then to grace
    renamed = {path: TEAM[path].replace("Grace Hopper", "Grace Murray Hopper")}
    for end, number in ((monday + WEEK, 0), (monday + WEEK + 1, 1)):
        base, head = (compiled(files, (monday - WEEK, end)) for files in ({}, renamed))
        assert len(told(base, head)) == number
        assert told(base, head) == {entry for entry in written(base, head) if entry[1] not in _placeholders(base)}


def _placeholders(compilation: Compilation) -> set[str]:
    return {uid_of("placeholder", "person", person) for person in compilation.model.people}
