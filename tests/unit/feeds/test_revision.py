"""An event is revised when its content changes, and only then."""

from __future__ import annotations

import pytest

import calendar_bytes
import hand_built
from watchbill.feeds.render import render_revised
from watchbill.feeds.revision import ManifestError, Revised, Revision, read_manifest, sequence, write_manifest

MONDAY = hand_built.seconds("2026-10-19T10:00Z")
TUESDAY = hand_built.seconds("2026-10-20T10:00Z")
PATH = "feeds/schedules/payments.ics"
STAMPS = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")


def swapped() -> tuple[hand_built.Row, ...]:
    rows = list(hand_built.PRIMARY)
    rows[0] = (*rows[0][:2], "grace", *rows[0][3:])
    rows[1] = (*rows[1][:2], "ada", *rows[1][3:])
    return tuple(rows)


def events(data: bytes) -> dict[str, dict[str, str]]:
    return {event["UID"]: event for event in calendar_bytes.read(data).events}


def test_a_first_build_takes_the_time_of_the_revision() -> None:
    built = render_revised(hand_built.compilation(), Revision(time=MONDAY))
    for event in events(built.files[PATH]).values():
        assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20261019T100000Z"
        assert event["SEQUENCE"] == str((MONDAY - hand_built.seconds("2020-01-01T00:00Z")) // 60)


def test_a_second_build_of_the_same_roster_gives_the_same_bytes() -> None:
    first = render_revised(hand_built.compilation(), Revision(time=MONDAY))
    manifest = write_manifest(first.revisions)
    later = hand_built.compilation(now="2026-10-21T12:00Z")
    second = render_revised(later, Revision(time=TUESDAY, previous=read_manifest(manifest)))
    assert second.files == first.files
    assert write_manifest(second.revisions) == manifest


def test_a_swap_of_two_shifts_revises_exactly_two_events() -> None:
    first = render_revised(hand_built.compilation(), Revision(time=MONDAY))
    second = render_revised(hand_built.compilation(primary=swapped()), Revision(time=TUESDAY, previous=first.revisions))
    before, after = events(first.files[PATH]), events(second.files[PATH])
    assert before.keys() == after.keys()
    changed = [uid for uid in before if before[uid] != after[uid]]
    assert len(changed) == 2
    for uid in changed:
        assert before[uid]["SUMMARY"] != after[uid]["SUMMARY"]
        assert int(after[uid]["SEQUENCE"]) > int(before[uid]["SEQUENCE"])
        assert all(after[uid][stamp] != before[uid][stamp] for stamp in STAMPS)


def test_a_lost_manifest_never_lets_a_sequence_fall() -> None:
    first = render_revised(hand_built.compilation(), Revision(time=MONDAY))
    second = render_revised(hand_built.compilation(), Revision(time=TUESDAY))
    before, after = events(first.files[PATH]), events(second.files[PATH])
    assert all(int(after[uid]["SEQUENCE"]) >= int(before[uid]["SEQUENCE"]) for uid in before)


def test_a_change_by_an_older_commit_still_moves_forward() -> None:
    first = render_revised(hand_built.compilation(), Revision(time=TUESDAY))
    second = render_revised(hand_built.compilation(primary=swapped()), Revision(time=MONDAY, previous=first.revisions))
    before, after = events(first.files[PATH]), events(second.files[PATH])
    changed = [uid for uid in before if before[uid] != after[uid]]
    assert len(changed) == 2
    assert all(int(after[uid]["SEQUENCE"]) == int(before[uid]["SEQUENCE"]) + 1 for uid in changed)


def test_a_manifest_reads_back() -> None:
    revisions = {"0b0b0b0b-0000-5000-8000-00000000000a": Revised(content="ab" * 16, modified=MONDAY)}
    assert read_manifest(write_manifest(revisions)) == revisions
    assert read_manifest(write_manifest({})) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"format": 2, "events": {}}',
        b'{"format": 1, "events": []}',
        b'{"format": 1, "events": {"x": {"content": "", "modified": 0}}}',
        b'{"format": 1, "events": {"0b0b0b0b-0000-5000-8000-00000000000a": {"content": "ab", "modified": 0}}}',
        b'{"format": 1, "events": {"0b0b0b0b-0000-5000-8000-00000000000a": {"content": "%s", "modified": true}}}'
        % (b"ab" * 16),
        b'{"format": 1, "events": {"0b0b0b0b-0000-5000-8000-00000000000a": {"content": "%s", "modified": 1e99}}}'
        % (b"ab" * 16),
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ManifestError):
        read_manifest(data)


def test_a_revision_before_2020_has_no_negative_sequence() -> None:
    assert sequence(0) == 0
