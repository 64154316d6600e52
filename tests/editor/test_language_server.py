"""Editors with yaml-language-server: for every kind of file it finds faults, explains keys and offers what may follow.

The server runs for real. It is not part of this repository: ``npm install --global yaml-language-server``, or name the
program in ``YAML_LANGUAGE_SERVER``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from language_server import SERVER, LanguageServer
from scenario_repository import run
from watchbill.model.kinds import WRITTEN_KINDS

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(SERVER is None, reason="yaml-language-server is not installed (npm)")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as ``watchbill init`` writes it."""
    folder = tmp_path_factory.mktemp("rosters")
    assert run("init", str(folder)).code == 0
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[LanguageServer]:
    settings = json.loads((folder / ".vscode" / "settings.json").read_text())
    running = LanguageServer(folder, settings)
    yield running
    running.close()


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[LanguageServer]:
    with opened(workspace) as running:
        yield running


# For each kind: where a file of it lies, its text with a fault; the fault (line, columns from 0, words); a key and what
# is shown over it; a place where something is offered, and what.
KINDS = {
    "people": (
        "schedules/people/deep/ada.yaml",
        "name: Ada\njoined: 1.3.2024\n",
        (1, 8, 16, "This is no date."),
        (0, 1, "The name for display."),
        (2, 0, "timezone"),
    ),
    "people-collection": (
        "schedules/people.yaml",
        "ada:\n  name: Ada\n  timezon: UTC\n  \n",
        (2, 2, 9, "timezon is not allowed"),
        (1, 3, "The name for display."),
        (3, 2, "contact"),
    ),
    "teams": (
        "schedules/teams/harbour.yaml",
        "name: Harbour\nmembers: [ada, Grace]\n",
        (1, 15, 20, "This is no id."),
        (1, 2, "members"),
        (2, 0, "lead"),
    ),
    "on-call": (
        "schedules/on-call/harbour.yaml",
        "name: Harbour\nteam: harbour\nroles:\n  primary:\n    layers:\n"
        "      - id: weekly\n        when-away: covr\n        \n",
        (6, 19, 23, "Value is not accepted"),
        (6, 9, "What happens when a member is away"),
        (7, 8, "members"),
    ),
    "overrides": (
        "schedules/overrides/christmas.yaml",
        "- schedule: harbour\n  role: primary\n  person: ada\n  from: tomorrow\n  \n",
        (3, 8, 16, "This is no moment."),
        (2, 3, "Who is on call instead"),
        (4, 2, "until"),
    ),
    "swaps": (
        "schedules/swaps/christmas.yaml",
        "- schedule: harbour\n  role: Primary\n  between: {ada: 2026-12-21, grace: 2027-01-04}\n  \n",
        (1, 8, 15, "This is no id."),
        (2, 3, "2026-12-21"),
        (3, 2, "reason"),
    ),
    "time-off": (
        "schedules/time-off/ada.yaml",
        "- from: 2026-08-03\n  through: 2026-08-21\n  kind: holiday\n  \n",
        (2, 8, 15, "Value is not accepted"),
        (1, 3, "included"),
        (3, 2, "unplanned"),
    ),
    "holidays": (
        "schedules/holidays/company.yaml",
        "- from: 2026-12-24\n  to: 2026-12-26\n  \n",
        (1, 2, 4, "to is not allowed"),
        (0, 3, "first day"),
        (2, 2, "through"),
    ),
    "services": (
        "policies/services/crane.yaml",
        "name: Crane\nteam: harbour\nrunbook: http://example.org\n",
        (2, 9, 27, "This is no url."),
        (1, 1, "team"),
        (3, 0, "escalation"),
    ),
    "escalation": (
        "policies/escalation/harbour.yaml",
        "steps:\n  - notify: [{person: ada}]\n    wait: 5m\n",
        (2, 10, 12, "This is no duration."),
        (2, 5, "How long to wait"),
        (3, 0, "last-resort"),
    ),
    "severities": (
        "policies/severities.yaml",
        "sev1:\n  name: Critical\n  declare: yes please\n  \n",
        (2, 11, 21, "Incorrect type"),
        (2, 3, "declare"),
        (3, 2, "acknowledge-within"),
    ),
    "incident-roles": (
        "policies/incident-roles.yaml",
        "commander:\n  name: Commander\n  schedule: On call\n  \n",
        (2, 12, 19, "This is no id."),
        (2, 3, "schedule"),
        (3, 2, "duties"),
    ),
    "windows": (
        "policies/windows.yaml",
        "office: [mon-fri 9-17]\n",
        (0, 9, 21, "This is no window text."),
        (0, 2, ""),
        (0, 0, ""),
    ),
    "providers": (
        "policies/providers/pagerduty.yaml",
        "kind: pagerdut\nmode: shifts\n",
        (0, 6, 14, "Value is not accepted"),
        (1, 1, "mode"),
        (2, 0, "horizon"),
    ),
    "organization": (
        "policies/organization.yaml",
        "name: Port\nweek-starts: friday\n",
        (1, 13, 19, "Value is not accepted"),
        (1, 2, "week"),
        (2, 0, "timezone"),
    ),
    "communication": (
        "policies/communication.yaml",
        "chanel: x\n",
        (0, 0, 6, "chanel is not allowed"),
        (0, 9, ""),
        (1, 0, "channel"),
    ),
    "workload": (
        "policies/workload.yaml",
        "profile: tiny\n",
        (0, 9, 13, "Value is not accepted"),
        (0, 2, "profile"),
        (1, 0, "limits"),
    ),
    "compensation": (
        "policies/compensation.yaml",
        "rules:\n  - location: DE\n    night: 6 EUR\n    \n",
        (2, 11, 16, "This is no rate."),
        (1, 6, "location"),
        (3, 4, "weekend"),
    ),
    "checks": (
        "policies/checks.yaml",
        "rules:\n  coverage-gap: loud\n  \n",
        (1, 16, 20, ""),
        (1, 4, "coverage"),
        (2, 2, "uneven-load"),
    ),
    "pages": (
        "incidents/pages/2026-11.yaml",
        "- at: 2026-11-05 03:12\n  service: crane\n  person: ada\n  \n",
        (0, 6, 22, "This is no instant."),
        (1, 3, "service"),
        (3, 2, "outcome"),
    ),
    "incidents": (
        "incidents/2026/2026-11-03-crane.yaml",
        "title: Crane\nseverity: sev1\nservices: [crane]\nlgo: []\n",
        (3, 0, 3, "lgo is not allowed"),
        (0, 1, "What happened, in one line."),
        (4, 0, "log"),
    ),
    "scenarios": (
        "scenarios/harbour.yaml",
        "- at: 2026-12-24 10:00\n  schedule: harbour\n  person: Ada\n  \n",
        (2, 10, 13, "This is no id."),
        (2, 3, "Who alone holds the role then"),
        (3, 2, "role"),
    ),
}


def test_every_kind_is_looked_at() -> None:
    assert set(KINDS) == {kind.name for kind in WRITTEN_KINDS} | {"people-collection"}


@pytest.mark.parametrize("kind", KINDS)
def test_faults_words_and_offers(server: LanguageServer, workspace: Path, kind: str) -> None:
    where, text, fault, hovered, offered = KINDS[kind]
    path = workspace / where
    found = [
        (d["range"]["start"]["line"], d["range"]["start"]["character"], d["range"]["end"]["character"], d["message"])
        for d in server.open(path, text)
    ]
    assert [True for line, start, end, words in found if (line, start, end) == fault[:3] and fault[3] in words], found
    shown = server.hover(path, hovered[0], hovered[1])
    assert hovered[2].lower() in shown.lower(), shown
    labels = server.completions(path, offered[0], offered[1])
    assert not offered[2] or offered[2] in labels, sorted(labels)


@pytest.mark.parametrize("profile", ["small", "medium", "large"])
def test_what_init_writes_is_without_a_fault_in_the_editor(tmp_path: Path, profile: str) -> None:
    assert run("init", str(tmp_path), "--profile", profile).code == 0
    files = sorted(tmp_path.rglob("*.yaml"))
    assert len(files) > 8
    with opened(tmp_path) as server:
        for path in files:
            assert server.open(path, path.read_text()) == [], path


def test_the_example_is_without_a_fault_in_the_editor(tmp_path: Path) -> None:
    for folder in ("schedules", "policies", "incidents", "scenarios", ".vscode"):
        copytree(ROOT / folder, tmp_path / folder, dirs_exist_ok=True)
    assert run("schema", "--write", str(tmp_path / ".vscode" / "schemas")).code == 0
    with opened(tmp_path) as server:
        for path in sorted(tmp_path.rglob("*.yaml")):
            assert server.open(path, path.read_text(encoding="utf-8")) == [], path


SNIPPETS = [
    ("schedules/time-off/grace.yaml", "- ", (0, 2), "vacation", "kind: vacation"),
    ("schedules/overrides/new.yaml", "- ", (0, 2), "somebody instead of somebody", "instead-of: ${6:ada}"),
    ("scenarios/new.yaml", "- ", (0, 2), "who holds a role", "person: ${4:ada}"),
    ("policies/escalation/new.yaml", "\n", (0, 0), "primary, secondary, last resort", "wait: 10 minutes"),
    ("schedules/on-call/new.yaml", "\n", (0, 0), "a schedule of weekly turns", "follows: primary"),
    (
        "schedules/on-call/other.yaml",
        "name: X\nteam: x\nroles:\n  primary:\n    layers:\n      - ",
        (5, 8),
        "weekly turns",
        "every: 1 week",
    ),
]


@pytest.mark.parametrize(("where", "text", "at", "label", "part"), SNIPPETS)
def test_snippets_are_offered(
    server: LanguageServer, workspace: Path, where: str, text: str, at: tuple[int, int], label: str, part: str
) -> None:
    path = workspace / where
    server.open(path, text)
    offers = server.completions(path, *at)
    assert label in offers, sorted(offers)
    assert part in offers[label]


def test_private_fields_say_so(server: LanguageServer, workspace: Path) -> None:
    path = workspace / "schedules" / "people" / "phone.yaml"
    server.open(path, 'name: Ada\ncontact:\n  phone: "+442071234567"\n')
    assert "seen on no page" in server.hover(path, 2, 4)
