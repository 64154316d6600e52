"""Small repositories for tests of planning, and the judging of one at noon (UTC) of Wednesday 25 November 2026."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from small_repository import model_of
from watchbill.model.repository import Model
from watchbill.planning.judging import Judging

DAY = 86_400
NOW = 1_795_608_000
END = NOW + 52 * 7 * DAY

PEOPLE = ("ada", "alan", "grace", "katherine", "linus", "margaret", "noether", "ritchie")


def schedule(layers: str, *, coverage: str = "24x7", follower: bool = False) -> str:
    """Return a schedule with a primary of some layers (indented by six), and a secondary that follows."""
    following = "  secondary:\n    coverage: 24x7\n    follows: primary\n    turns-ahead: 1\n" if follower else ""
    return (
        "name: Harbour\nteam: harbour\ntimezone: Europe/Berlin\nroles:\n"
        f"  primary:\n    coverage: {coverage}\n    layers:\n{layers}{following}"
    )


def layer(people: Iterable[str], *, name: str = "weekly", every: str = "1 week", handoff: str = "monday 09:00") -> str:
    """Return one layer from 5 January 2026 on."""
    members = ", ".join(people)
    return (
        f"      - id: {name}\n        from: 2026-01-05\n        every: {every}\n        handoff: {handoff}\n"
        f"        members: [{members}]\n"
    )


def weekly(people: Iterable[str], *, follower: bool = False) -> str:
    """Return a schedule of weekly turns."""
    return schedule(layer(people), follower=follower)


def repository(on_call: str, people: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return files: the schedule ``harbour``, and eight people with keys beside their names, by id."""
    own = people or {}
    entries = (f"{name}:\n  name: {name.title()}\n" + own.get(name, "") for name in PEOPLE)
    return {
        "policies/organization.yaml": "name: Port\ntimezone: Europe/Berlin\n",
        "policies/workload.yaml": "profile: medium\n",
        "schedules/people.yaml": "".join(entries),
        "schedules/teams/harbour.yaml": f"name: Harbour\nmembers: [{', '.join(PEOPLE[:4])}]\n",
        "schedules/on-call/harbour.yaml": on_call,
    }


def model(files: Mapping[str, str]) -> Model:
    """Return the model of files without a fault."""
    found, findings = model_of(files)
    assert not findings, findings
    return found


def judging(files: Mapping[str, str]) -> Judging:
    """Return the judging of a repository from twelve weeks back to 52 ahead."""
    return Judging(model(files), now=NOW, horizon=(NOW - 84 * DAY, END), timezone="Europe/Berlin")
