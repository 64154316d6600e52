"""CODEOWNERS: who owns which file by the rules of git's patterns, markers, and names that are no handles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from compiled_pages import compile_files
from told_findings import HOSTILE
from watchbill.compilation import Compilation
from watchbill.model.repository import Model
from watchbill.reports.codeowners import BEGIN, END, MOST_OWNERS, MarkerError, block_of, owners, with_block

LINE = re.compile(r"/[A-Za-z0-9._/*-]+( @[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)+", re.ASCII)
NAMES = ("ada", "grace", "linus", "margaret")
LAYER = "{id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace]}"


def schedule(name: str, team: str) -> str:
    return f"name: {name}\nteam: {team}\nroles:\n  primary:\n    layers:\n      - {LAYER}\n"


def override(name: str) -> str:
    return f"schedule: {name}\nrole: primary\nfrom: 2026-12-24\nuntil: 2026-12-26\nperson: grace\n"


FILES: Mapping[str, str] = MappingProxyType(
    {
        **{f"schedules/people/{name}.yaml": f"name: {name}\nhandles: {{github: {name}-hub}}\n" for name in NAMES},
        "schedules/teams/payments.yaml": "name: P\nmembers: [ada, grace, linus]\napprovers: [ada, linus]\n",
        "schedules/teams/europe.yaml": "name: E\nmembers: [margaret]\nlead: margaret\n",
        "schedules/on-call/payments.yaml": schedule("Payments", "payments"),
        "schedules/on-call/payments-eu.yaml": schedule("Payments EU", "europe"),
        "schedules/overrides/2026/payments-sick.yaml": override("payments"),
        "schedules/overrides/winter.yaml": override("payments-eu"),
        "schedules/overrides/payments-wrong.yaml": override("payments-eu"),
        "policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n",
    }
)


def model_of(files: Mapping[str, str], folder: Path) -> Model:
    return compile_files(files, folder).model


@cache
def usual_model() -> Model:
    """Return the model of ``FILES``."""
    with TemporaryDirectory() as folder:
        return model_of(FILES, Path(folder))


def owners_of(path: str, lines: tuple[str, ...]) -> list[str]:
    """Return who owns a file: the last line whose pattern matches counts, as in git's own lists of patterns."""
    found: list[str] = []
    for line in lines:
        pattern, *people = line.split(" ")
        if GitIgnoreSpec.from_lines([pattern]).match_file(path):
            found = people
    return found


PAYMENTS, EUROPE = ["@ada-hub", "@linus-hub"], ["@margaret-hub"]


@pytest.mark.parametrize(
    ("path", "people"),
    [
        ("schedules/on-call/payments.yaml", PAYMENTS),
        ("schedules/on-call/payments-eu.yaml", EUROPE),
        ("schedules/teams/payments.yaml", PAYMENTS),
        ("schedules/teams/europe.yaml", EUROPE),
        ("schedules/people/grace.yaml", ["@ada-hub", "@grace-hub", "@linus-hub"]),
        ("schedules/people/margaret.yaml", EUROPE),
        ("schedules/time-off/grace.yaml", ["@ada-hub", "@grace-hub", "@linus-hub"]),
        ("schedules/time-off/2027/grace.ics", ["@ada-hub", "@grace-hub", "@linus-hub"]),
        ("schedules/overrides/2026/payments-sick.yaml", PAYMENTS),
        ("schedules/overrides/not-yet-payments.yaml", PAYMENTS),
        ("schedules/overrides/not-yet-payments-eu.yaml", EUROPE),
        ("schedules/overrides/payments-eu/any.yaml", EUROPE),
        ("schedules/swaps/payments-christmas.yaml", PAYMENTS),
        ("schedules/overrides/winter.yaml", EUROPE),
        ("schedules/overrides/payments-wrong.yaml", EUROPE),
        ("policies/services/checkout.yaml", PAYMENTS),
        ("schedules/overrides/nobody-knows.yaml", []),
        ("policies/organization.yaml", []),
    ],
)
def test_who_owns_what(path: str, people: list[str]) -> None:
    found = owners(usual_model())
    assert owners_of(path, found.lines) == people
    assert found.notes == ()


def test_paths_lie_below_the_folder_of_the_repository() -> None:
    lines = owners(usual_model(), folder="duty/rosters/").lines
    assert owners_of("duty/rosters/schedules/on-call/payments.yaml", lines) == PAYMENTS
    assert owners_of("schedules/on-call/payments.yaml", lines) == []


def test_the_lead_then_the_members_where_approvers_have_no_handle(tmp_path: Path) -> None:
    files = {
        **FILES,
        "schedules/people/ada.yaml": "name: Ada\n",
        "schedules/people/linus.yaml": "name: Linus\n",
        "schedules/people/margaret.yaml": "name: Margaret\nhandles: {gitlab: margaret.h}\n",
    }
    model = model_of(files, tmp_path)
    found = owners(model)
    assert owners_of("schedules/teams/payments.yaml", found.lines) == ["@grace-hub"]
    assert owners_of("schedules/teams/europe.yaml", found.lines) == []
    assert found.notes == ("Nobody of the team europe has a handle of github, so nobody owns its files.",)
    assert owners_of("schedules/teams/europe.yaml", owners(model, "gitlab").lines) == ["@margaret.h"]


def test_one_file_of_all_teams_is_owned_by_the_approvers_of_all(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith("schedules/teams")}
    files["schedules/teams.yaml"] = (
        "payments: {name: P, members: [ada, grace, linus], approvers: [ada, linus]}\n"
        "europe: {name: E, members: [margaret], lead: margaret}\n"
    )
    assert owners_of("schedules/teams.yaml", owners(model_of(files, tmp_path)).lines) == [*PAYMENTS, *EUROPE]


def test_nobody_mails_a_crowd(tmp_path: Path) -> None:
    crowd = [f"p{number}" for number in range(MOST_OWNERS + 1)]
    files = {
        "schedules/people.yaml": "".join(f"{name}: {{name: {name}, handles: {{github: {name}}}}}\n" for name in crowd),
        "schedules/teams/crew.yaml": f"name: Crew\nmembers: [{', '.join(crowd)}]\n",
    }
    found = owners(model_of(files, tmp_path))
    assert owners_of("schedules/teams/crew.yaml", found.lines) == []
    assert any(note.startswith("schedules/teams/crew.yaml would have 21 owners;") for note in found.notes)


@pytest.mark.parametrize("text", [*HOSTILE, "ada @evil", "ada\n* @evil", "a/b", "-ada", "ada-", "a--b", "@", "#", ""])
@pytest.mark.parametrize("system", ["github", "gitlab"])
def test_a_handle_is_a_handle_or_left_out(text: str, system: str) -> None:
    model = usual_model()
    person = replace(model.people["ada"], handles={system: text})
    found = owners(replace(model, people={**model.people, "ada": person}), system)  # type: ignore[arg-type]
    for line in found.lines:
        assert re.fullmatch(r"/[A-Za-z0-9._/*-]+( @[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)+", line, re.ASCII), (
            line
        )
        assert "evil" not in line
    if f"@{text}" not in " ".join(found.lines):
        assert any("ada has no possible name of" in note for note in found.notes)
        assert all(note.isprintable() for note in found.notes)


@pytest.mark.parametrize("handle", ["ada", "@ada", "Ada-Lovelace", "ada_corp", "a" * 39])
def test_handles_that_github_gives(handle: str) -> None:
    model = usual_model()
    person = replace(model.people["ada"], handles={"github": handle})
    lines = owners(replace(model, people={**model.people, "ada": person})).lines
    assert f"@{handle.removeprefix('@')}" in owners_of("schedules/teams/payments.yaml", lines)


def test_odd_characters_of_a_path_match_themselves_and_start_nothing() -> None:
    model = usual_model()
    for name in ("a b.yaml", "a#b.yaml", "a[b].yaml", "a\\b.yaml", "a!b.yaml"):
        path = f"schedules/teams/{name}"
        team = replace(model.teams["europe"], place=model.teams["europe"].place._replace(file=path))
        lines = owners(replace(model, teams={**model.teams, "europe": team})).lines
        assert owners_of(path, lines) == EUROPE
        assert all(line.count(" ") >= 1 and "#" not in line for line in lines)


def test_the_same_lines_whatever_the_order_of_files(tmp_path: Path) -> None:
    compilations: list[Compilation] = []
    for number, files in enumerate((FILES, dict(reversed(FILES.items())))):
        folder = tmp_path / str(number)
        folder.mkdir()
        compilations.append(compile_files(files, folder))
    assert owners(compilations[0].model) == owners(compilations[1].model)


OURS = ("/a @ada", "/b @grace")
BLOCK = f"{BEGIN}\n/a @ada\n/b @grace\n{END}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", BLOCK),
        ("* @org/all\n", f"* @org/all\n\n{BLOCK}"),
        ("* @org/all", f"* @org/all\n\n{BLOCK}"),
        (BLOCK, BLOCK),
        (f"{BEGIN}\n/old @x\n{END}\n", BLOCK),
        (f"* @org/all\n{BEGIN}\n{END}\n/last @y\n", f"* @org/all\n{BLOCK}/last @y\n"),
        (f"top\r\n# watchbill: begin (other words)\r\n/old @x\r\n{END}\r\nlast", f"top\r\n{BLOCK}last"),
    ],
)
def test_only_the_lines_between_the_markers_change(before: str, after: str) -> None:
    assert with_block(before, OURS) == after
    assert with_block(after, OURS) == after
    assert block_of(after) == list(OURS)


@pytest.mark.parametrize(
    "broken",
    [f"{BEGIN}\n", f"{END}\n", f"{END}\n{BEGIN}\n", f"{BLOCK}{BLOCK}", f"{BEGIN}\n{BEGIN}\n{END}\n", f"{BLOCK}{END}\n"],
)
def test_markers_that_are_no_pair_are_refused(broken: str) -> None:
    with pytest.raises(MarkerError, match="not one pair"):
        with_block(broken, OURS)
    with pytest.raises(MarkerError, match="not one pair"):
        block_of(broken)


@given(st.text(), st.text())
def test_lines_of_others_stay_to_the_letter(above: str, below: str) -> None:
    if "# watchbill:" in above + below:
        return
    above = above if not above or above.endswith("\n") else f"{above}\n"
    after = with_block(f"{above}{BEGIN}\n/old @x\n{END}\n{below}", OURS)
    assert after == f"{above}{BLOCK}{below}"
    assert with_block(after, OURS) == after
