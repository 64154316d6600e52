"""Kinds by place."""

from __future__ import annotations

import pytest

from watchbill.model.kinds import Location, Misplaced, locate


@pytest.mark.parametrize(
    ("path", "kind", "form", "name"),
    [
        ("schedules/people/ada.yaml", "people", "file", "ada"),
        ("schedules/people/berlin/ada.yaml", "people", "file", "ada"),
        ("schedules/people.yaml", "people", "collection", ""),
        ("schedules/on-call/payments.yaml", "on-call", "file", "payments"),
        ("schedules/overrides/any-name.yaml", "overrides", "list", ""),
        ("schedules/time-off/ada.yaml", "time-off", "list", "ada"),
        ("schedules/time-off/ada.ics", "time-off", "calendar", "ada"),
        ("schedules/holidays/company.ics", "holidays", "calendar", "company"),
        ("policies/organization.yaml", "organization", "single", ""),
        ("policies/windows/nights.yaml", "windows", "file", "nights"),
        ("incidents/2026/2026-11-03-slow.yaml", "incidents", "file", "2026-11-03-slow"),
        ("incidents/2026/q4/slow.yaml", "incidents", "file", "slow"),
        ("incidents/pages/2026-11.yaml", "pages", "pages", ""),
    ],
)
def test_place_decides_the_kind(path: str, kind: str, form: str, name: str) -> None:
    location = locate(path)
    assert isinstance(location, Location)
    assert (location.kind.name, location.form, location.id) == (kind, form, name)


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("schedules/peoples/ada.yaml", "`schedules/people/ada.yaml`"),
        ("schedules/peple.yaml", "`schedules/people.yaml`"),
        ("schedules/on-call.yaml", "`schedules/on-call/`"),
        ("policies/organisation.yaml", "`policies/organization.yaml`"),
        ("schedules/services/x.yaml", "`policies/services/x.yaml`"),
        ("schedules/ada.yaml", "schedules/people"),
        ("schedules/people/ada.ics", "schedules/time-off"),
        ("schedules/people.yml", "`schedules/people.yaml`"),
        ("incidents/slow.yaml", "incidents/<year>/slow.yaml"),
        ("incidents/1815/slow.yaml", "incidents/<year>/slow.yaml"),
        ("incidents/pages/2026-13.yaml", "incidents/pages/2026-11.yaml"),
    ],
)
def test_misplaced_file_is_sent_where_it_belongs(path: str, hint: str) -> None:
    misplaced = locate(path)
    assert isinstance(misplaced, Misplaced)
    assert hint in misplaced.help
