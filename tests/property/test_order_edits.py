"""Members who join or leave: nothing before the handoff moves, and afterwards nobody is skipped or doubled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from hypothesis import assume, given
from hypothesis import strategies as st

from watchbill.checks.catalogue import BY_NAME
from watchbill.compilation import Compilation
from watchbill.edit import people, rotations
from watchbill.edit.files import Files
from watchbill.edit.refusals import EditRefusedError
from watchbill.model.on_call import Layer
from watchbill.pipeline import compile_tree
from watchbill.roster.clock import zone
from watchbill.roster.handoffs import handoffs_of
from watchbill.source.overlay import Overlay

PEOPLE = ("ada", "grace", "linus", "margaret", "alan")
NEWCOMER = "barbara"
START = date(2026, 1, 5)
MODES = ("cover", "advance", "swap", "leave-gap")
RHYTHMS = (
    "every: 1 week\n        handoff: monday 09:00",
    "every: 2 weeks\n        handoff: tuesday 10:00",
    "every: 1 week\n        handoff: [monday 09:00, friday 17:00]",
    "every: 1 day\n        handoff: [08:00, 20:00]",
    "every: 1 day\n        handoff: 09:00\n        during: [mon-fri 09:00-17:00]",
    "every: 8 hours\n        handoff: 06:00",
    "every: 1 month\n        handoff: day 31 09:00",
)
PLAIN = "policies/organization.yaml", "name: Port\ntimezone: Europe/Berlin\n"


def schedule(rhythm: str, mode: str, members: list[str], later: tuple[date, list[str]] | None, *, flow: bool) -> str:
    def listed(names: list[str], blanks: int) -> str:
        if flow:
            return f"members: [{', '.join(names)}]\n"
        margin = "\n" + " " * (blanks + 2)
        return f"members:{margin}{margin.join(f'- {name}' for name in names)}\n"

    head = (
        "name: Harbour\nteam: harbour\ntimezone: Europe/Berlin\nroles:\n  primary:\n    layers:\n"
        f"      - id: only\n        when-away: {mode}\n        {rhythm}\n"
    )
    if later is None:
        return head + f"        from: {START}\n        {listed(members, 8)}"
    versions = ((START, members), later)
    return (
        head
        + "        versions:\n"
        + "".join(f"          - from: {day}\n            {listed(names, 12)}" for day, names in versions)
    )


def repository(body: str, time_off: Mapping[str, tuple[date, date]]) -> dict[str, bytes]:
    files = {
        "schedules/people.yaml": "".join(f"{name}: {{name: {name.title()}}}\n" for name in (*PEOPLE, NEWCOMER)),
        "schedules/teams/harbour.yaml": f"name: Harbour\nmembers: [{', '.join(PEOPLE)}]\n",
        "schedules/on-call/harbour.yaml": body,
        PLAIN[0]: PLAIN[1],
    }
    for person, (first, last) in time_off.items():
        files[f"schedules/time-off/{person}.yaml"] = f"- {{from: {first}, through: {last}}}\n"
    return {path: text.encode() for path, text in files.items()}


def compiled(files: Mapping[str, bytes], now: int) -> Compilation:
    return compile_tree(Overlay(files), now=now)


def shown(compilation: Compilation, start: int, end: int) -> list[tuple[int, int, str]]:
    timeline = compilation.rosters["harbour"].timelines["primary"]
    cut = ((max(s.start, start), min(s.end, end), s.person) for s in timeline if s.start < end and start < s.end)
    return list(cut)


def order_from(compilation: Compilation, instant: int, without: str) -> list[str]:
    """Return the people who hold the turns from an instant on, once a turn, without somebody."""
    timeline = compilation.rosters["harbour"].timelines["primary"]
    seen: dict[tuple[int | None, int | None], str] = {}
    for shift in timeline:
        if shift.start >= instant:
            seen.setdefault((shift.cause.version, shift.cause.turn), shift.cause.instead_of or shift.person)
    return [person for person in seen.values() if person != without]


def edited(files: dict[str, bytes], now: int, person: str, *, joins: bool) -> tuple[Compilation, Compilation]:
    before = compiled(files, now)
    work = Files(Overlay(files), 100)
    layer: Layer = before.model.schedules["harbour"].roles[0].layers[0]
    begin = rotations.from_day(now, None)
    if joins:
        rotations.add_member(work, before.model, layer, person, begin, None)
    else:
        rotations.remove_member(work, before.model, layer, person, begin)
    after = compiled({**files, **{change.path: change.after for change in work.changes()}}, now)
    new = {each.finding.rule for each in after.findings} - {each.finding.rule for each in before.findings}
    assert not {rule for rule in new if BY_NAME[rule].family in ("reading", "references")}
    assert "version-between-handoffs" not in new
    return before, after


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, bytes], int, list[str]]:
    members = list(draw(st.permutations(PEOPLE)))[: draw(st.integers(2, 5))]
    day = START + timedelta(days=draw(st.integers(20, 300)))
    now = int(datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=UTC).timestamp())
    time_off = {
        person: (day - timedelta(days=back), day - timedelta(days=back - draw(st.integers(0, min(back - 1, 9)))))
        for person in draw(st.sets(st.sampled_from(PEOPLE), max_size=2))
        for back in [draw(st.integers(1, 40))]
    }
    later = None
    if draw(st.booleans()):
        later = day + timedelta(days=draw(st.integers(-15, 60))), list(draw(st.permutations(members)))
    text = schedule(
        draw(st.sampled_from(RHYTHMS)), draw(st.sampled_from(MODES)), members, later, flow=draw(st.booleans())
    )
    return repository(text, time_off), now, members


def first_new_handoff(after: Compilation, before: Compilation) -> int:
    old = {(v.start, v.members) for v in before.model.schedules["harbour"].roles[0].layers[0].versions}
    new = after.model.schedules["harbour"].roles[0].layers[0].versions
    return min(handoffs_of(v).instant(0) for v in new if (v.start, v.members) not in old)


@given(cases())
def test_joining_moves_nothing_before_the_handoff_and_keeps_the_order(
    case: tuple[dict[str, bytes], int, list[str]],
) -> None:
    files, now, members = case
    before, after = edited(files, now, NEWCOMER, joins=True)
    handoff = first_new_handoff(after, before)
    assert handoff > now
    start = before.horizon[0]
    assert shown(before, start, handoff) == shown(after, start, handoff)
    if len(before.model.schedules["harbour"].roles[0].layers[0].versions) == 1:
        count = 3 * len(members)
        found = order_from(after, handoff, NEWCOMER)
        assert list(islice(found, count)) == list(islice(order_from(before, handoff, NEWCOMER), len(found)))[:count]
        whole = order_from(after, handoff, "")[: len(members) + 1]
        assert len(set(whole)) == len(whole)


@given(cases(), st.integers(0, 4))
def test_leaving_moves_nothing_before_the_handoff_and_keeps_the_order(
    case: tuple[dict[str, bytes], int, list[str]], who: int
) -> None:
    files, now, members = case
    person = members[who % len(members)]
    try:
        before, after = edited(files, now, person, joins=False)
    except EditRefusedError:
        assume(False)
        raise
    handoff = first_new_handoff(after, before)
    assert handoff > now
    start = before.horizon[0]
    assert shown(before, start, handoff) == shown(after, start, handoff)
    if len(before.model.schedules["harbour"].roles[0].layers[0].versions) == 1:
        expected = order_from(before, handoff, person)[: 2 * len(members)]
        assert order_from(after, handoff, "")[: len(expected)] == expected


@given(cases(), st.integers(0, 4), st.integers(1, 90))
def test_who_leaves_on_a_day_has_no_turn_beyond_it_and_nothing_moves_before(
    case: tuple[dict[str, bytes], int, list[str]], who: int, ahead: int
) -> None:
    files, now, members = case
    person = members[who % len(members)]
    before = compiled(files, now)
    last = datetime.fromtimestamp(now, UTC).date() + timedelta(days=ahead)
    work = Files(Overlay(files), 100)
    begin = rotations.until_day(now, last, "Europe/Berlin")
    changed = people.leave_rotations(work, before.model, person, begin)
    people.leave(work, before.model.people[person], last)
    after = compiled({**files, **{change.path: change.after for change in work.changes()}}, now)
    assert not any(BY_NAME[each.finding.rule].family in ("reading", "references") for each in after.findings)
    gone = zone("Europe/Berlin").midnight(last + timedelta(days=1))
    assert all(name != person for _, _, name in shown(after, gone, after.horizon[1]))
    handoff = first_new_handoff(after, before) if changed else gone
    until = min(handoff, gone)
    assert shown(before, before.horizon[0], until) == shown(after, before.horizon[0], until)
