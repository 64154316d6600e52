"""What the pages of the timeline rules do not say: the reasons of gaps, group turns, and faults of the roster."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from compiled_pages import compile_files
from watchbill.checks.judge import judge
from watchbill.compilation import Compilation
from watchbill.findings import Finding

SERVICE = "name: Checkout\nteam: payments\non-call: {schedule: payments}\n"
HEAD = "name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n"
WEEKLY = "{id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace]}"
FOLLOWER = "  secondary:\n    coverage: 24x7\n    follows: primary\n    turns-ahead: 1\n"
CHRISTMAS = "- {from: 2026-12-24, through: 2026-12-25}\n"


def compiled(folder: Path, roles: str, **more: str) -> Compilation:
    """Compile a schedule with these roles; more files by name, with ``__`` for a slash."""
    files = {f"{path.replace('__', '/').replace('_', '-')}.yaml": text for path, text in more.items()}
    around = {"policies/services/checkout.yaml": SERVICE, "schedules/on-call/payments.yaml": HEAD + roles}
    return compile_files({**around, **files}, folder)


def findings(folder: Path, roles: str, **more: str) -> list[Finding]:
    return [located.finding for located in compiled(folder, roles, **more).findings]


def primary(*layers: str, coverage: str = "24x7") -> str:
    return f"  primary:\n    coverage: {coverage}\n    layers:\n" + "".join(f"      - {layer}\n" for layer in layers)


def reason(folder: Path, roles: str, **more: str) -> str:
    """Return why the first gap is there."""
    gaps = [finding for finding in findings(folder, roles, **more) if finding.rule == "coverage-gap"]
    return gaps[0].message.split("Europe/Berlin: ", 1)[1]


def test_everybody_away_is_named_and_their_time_off_shown(tmp_path: Path) -> None:
    files = {"schedules__time_off__ada": CHRISTMAS, "schedules__time_off__grace": CHRISTMAS}
    (gap,) = findings(tmp_path, primary(WEEKLY), **files)
    assert gap.message == (
        "payments has no primary from Thu 24 Dec 2026 00:00 until Sat 26 Dec 2026 00:00 Europe/Berlin: "
        "ada and grace are away"
    )
    assert [(label.place.file, label.text) for label in gap.labels] == [
        ("schedules/time-off/ada.yaml", "ada is away"),
        ("schedules/time-off/grace.yaml", "grace is away"),
    ]


def test_somebody_who_has_left_or_not_joined_is_away_too(tmp_path: Path) -> None:
    people = "ada: {name: Ada, left: 2026-12-23}\ngrace: {name: Grace, joined: 2026-12-26}\nlinus: {name: Linus}\n"
    compilation = compiled(tmp_path, primary(WEEKLY), schedules__people=people)
    (gap,) = [located.finding for located in compilation.findings if located.finding.rule == "coverage-gap"]
    assert {label.text for label in gap.labels} == {"ada has left", "grace has not joined yet"}


def test_a_layer_that_leaves_a_gap_says_so(tmp_path: Path) -> None:
    layer = WEEKLY.replace("members", "when-away: leave-gap, members")
    text = reason(tmp_path, primary(layer), schedules__time_off__ada="- {from: 2026-12-07, through: 2026-12-31}\n")
    assert text == "ada is away, and layer weekly leaves a gap then; and 1 more like it until " + (
        "Mon 28 Dec 2026 09:00 Europe/Berlin"
    )


def test_a_window_that_no_layer_serves(tmp_path: Path) -> None:
    layer = WEEKLY.replace("members", "during: [mon-fri 00:00-24:00], members")
    assert reason(tmp_path, primary(layer)).startswith(
        "no layer serves that time (weekly serves mon-fri 00:00-24:00); and 51 more like it until "
    )


def test_a_turn_that_is_nobodys(tmp_path: Path) -> None:
    layer = (
        "{id: listed, from: 2026-01-05, turns: [{from: 2026-01-05 09:00, person: ada}, "
        "{from: 2026-12-07 09:00, person: nobody}, {from: 2026-12-08 09:00, person: grace}]}"
    )
    assert reason(tmp_path, primary(layer)) == "the turn of layer listed is nobody's"


def test_a_layer_that_has_ended(tmp_path: Path) -> None:
    layer = WEEKLY.replace("every", "until: 2026-12-07 09:00, every")
    assert reason(tmp_path, primary(layer)) == "layer weekly has ended"


def test_a_rotation_that_has_not_begun(tmp_path: Path) -> None:
    layer = WEEKLY.replace("2026-01-05", "2026-12-07")
    assert reason(tmp_path, primary(layer)) == "the rotation begins only Mon 7 Dec 2026 09:00 Europe/Berlin"


def test_an_override_to_nobody(tmp_path: Path) -> None:
    override = "{schedule: payments, role: primary, from: 2026-12-07 09:00, until: 2026-12-08 09:00, person: nobody}\n"
    assert reason(tmp_path, primary(WEEKLY), schedules__overrides__x=override) == "an override gives it to nobody"


def test_a_follower_with_nobody_to_follow(tmp_path: Path) -> None:
    layer = WEEKLY.replace("[ada, grace]", "[ada]")
    assert reason(tmp_path, primary(layer) + FOLLOWER) == "nobody is left in the order of primary to follow"


def test_a_follower_of_a_layer_whose_last_turn_has_begun(tmp_path: Path) -> None:
    layer = WEEKLY.replace("every", "until: 2027-02-22 09:00, every").replace("[ada, grace]", "[ada, grace, linus]")
    gap = next(f for f in findings(tmp_path, primary(layer) + FOLLOWER) if f.rule == "coverage-gap")
    assert gap.message == (
        "payments has no secondary from Mon 15 Feb 2027 09:00 until Tue 23 Nov 2027 00:00 Europe/Berlin: "
        "layer weekly of primary ends Mon 22 Feb 2027 09:00 Europe/Berlin, and no turn comes after that"
    )
    assert gap.help == "move `until`, or add a layer that goes on"
    assert [label.text for label in gap.labels] == ["secondary follows primary", "weekly ends here"]


def test_a_follower_of_a_layer_that_has_ended(tmp_path: Path) -> None:
    layer = WEEKLY.replace("every", "until: 2026-11-16 09:00, every")
    found = [f for f in findings(tmp_path, primary(layer) + FOLLOWER) if f.rule == "coverage-gap"]
    assert found[1].message.endswith("Europe/Berlin: it follows primary, and layer weekly has ended")
    assert found[1].help == "move `until`, or add a layer that goes on"


def test_a_follower_runs_out_with_the_role_it_follows(tmp_path: Path) -> None:
    layer = WEEKLY.replace("every", "until: 2027-05-03 09:00, every").replace("[ada, grace]", "[ada, grace, linus]")
    (out,) = [f for f in findings(tmp_path, primary(layer) + FOLLOWER) if f.rule == "roster-runs-out"]
    assert out.message.startswith("the primary of payments runs out Mon 3 May 2027 09:00")


def test_a_follower_that_runs_out_earlier_is_told(tmp_path: Path) -> None:
    layer = WEEKLY.replace("every", "until: 2027-05-03 09:00, every")
    people = "ada: {name: Ada}\ngrace: {name: Grace, left: 2027-03-21}\nlinus: {name: Linus}\n"
    found = findings(tmp_path, primary(layer) + FOLLOWER, schedules__people=people)
    assert [f.message.split(":")[0] for f in found if f.rule == "roster-runs-out"] == [
        "the primary of payments runs out Mon 3 May 2027 09",
        "the secondary of payments runs out Mon 22 Mar 2027 00",
    ]


def test_a_follower_while_everybody_is_away(tmp_path: Path) -> None:
    files = {"schedules__time_off__ada": CHRISTMAS, "schedules__time_off__grace": CHRISTMAS}
    found = [f for f in findings(tmp_path, primary(WEEKLY) + FOLLOWER, **files) if f.rule == "coverage-gap"]
    assert found[1].message.endswith("Europe/Berlin: it follows primary, and ada and grace are away")


def test_a_gap_of_a_role_without_layers(tmp_path: Path) -> None:
    found = findings(tmp_path, "  primary:\n    coverage: 24x7\n    layers: []\n")
    assert {finding.level.value for finding in found} == {"error"}


def test_planned_off_hours_never_warn(tmp_path: Path) -> None:
    layer = WEEKLY.replace("members", "during: [mon-fri 09:00-17:00], members")
    assert findings(tmp_path, primary(layer, coverage="[mon-fri 09:00-17:00]")) == []


def test_two_requirements_tell_nobody_from_too_few(tmp_path: Path) -> None:
    layer = WEEKLY.replace("members", "during: [mon-fri 00:00-24:00], members")
    both = "[{window: 24x7, responders: 2}]"
    found = {finding.rule: finding.message for finding in findings(tmp_path, primary(layer, coverage=both))}
    assert "from Sat 28 Nov 2026 00:00 until Mon 30 Nov 2026 00:00" in found["coverage-gap"]
    assert found["not-enough-responders"].startswith(
        "payments has 1 instead of 2 responders as primary from Mon 23 Nov 2026 09:00 until Sat 28 Nov 2026 00:00"
    )


def test_a_shadow_is_not_double_booked(tmp_path: Path) -> None:
    shadow = f"  shadow:\n    layers: [{WEEKLY}]\n"
    other = HEAD.replace("Payments", "Search") + primary(WEEKLY.replace("[ada, grace]", "[linus]")) + shadow
    found = findings(tmp_path, primary(WEEKLY), schedules__on_call__search=other)
    assert "double-booked" not in {finding.rule for finding in found}


def test_double_booking_is_told_once_for_a_person_and_two_schedules(tmp_path: Path) -> None:
    other = HEAD.replace("Payments", "Search") + primary(WEEKLY.replace("monday 09:00", "thursday 09:00"))
    found = findings(tmp_path, primary(WEEKLY), schedules__on_call__search=other)
    booked = [finding for finding in found if finding.rule == "double-booked"]
    assert [finding.subject for finding in booked] == ["person/ada", "person/grace"]
    assert booked[0].message.startswith(
        "ada is on call for payments (primary) and search (primary) at one time, from Thu 26 Nov 2026 09:00 until "
        "Mon 30 Nov 2026 09:00 Europe/Berlin; and "
    )


def test_roles_that_need_not_differ_may_meet(tmp_path: Path) -> None:
    secondary = f"  secondary:\n    layers: [{WEEKLY}]\n"
    assert {finding.rule for finding in findings(tmp_path / "a", primary(WEEKLY) + secondary)} == {"same-person-twice"}
    assert findings(tmp_path / "b", primary(WEEKLY) + secondary + "distinct: []\n") == []


def test_a_roster_that_puts_somebody_on_call_while_away_is_found_out(tmp_path: Path) -> None:
    whole = compiled(tmp_path, primary(WEEKLY), schedules__time_off__ada=CHRISTMAS)
    timeline = whole.rosters["payments"].timelines["primary"]
    ada = timeline.people.index("ada")
    faulty = dataclasses.replace(timeline, person=[ada] * len(timeline))
    roster = dataclasses.replace(whole.rosters["payments"], timelines={"primary": faulty})
    found = judge(whole.model, {"payments": roster}, (), whole.clock.now, whole.horizon)
    others = [finding for finding in found if not finding.rule.startswith("uneven-")]
    assert {(finding.rule, finding.level.value, finding.subject) for finding in others} == {
        ("on-call-during-time-off", "error", "person/ada")
    }
    assert "from Thu 24 Dec 2026 00:00 until Sat 26 Dec 2026 00:00 Europe/Berlin, but is away then" in others[0].message


@pytest.mark.parametrize("needs", ["needs: {primary: 24x7}", "needs: {primary: {window: 24x7}}"])
def test_needs_without_a_schedule(tmp_path: Path, needs: str) -> None:
    service = f"name: Ledger\nteam: payments\non-call: {{{needs}}}\n"
    found = findings(tmp_path, primary(WEEKLY), policies__services__ledger=service)
    assert [finding.level.value for finding in found] == ["error"]
