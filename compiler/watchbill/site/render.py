"""The site as a whole: from a compilation to the bytes of every page."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.compilation import Compilation
from watchbill.site import addresses
from watchbill.site.edition import Edition
from watchbill.site.findings_page import findings_page
from watchbill.site.home import home_pages
from watchbill.site.pages import FindingsPage, HomePage, ListPage, MissingPage, PersonPage, SchedulePage
from watchbill.site.person_pages import person_pages
from watchbill.site.schedule_pages import schedule_pages
from watchbill.site.templates import environment, static_files

Page = HomePage | SchedulePage | PersonPage | ListPage | FindingsPage | MissingPage

_TEMPLATES: dict[type[Page], str] = {
    HomePage: "home.html",
    SchedulePage: "schedule.html",
    PersonPage: "person.html",
    ListPage: "list.html",
    FindingsPage: "findings.html",
    MissingPage: "missing.html",
}

_ROBOTS = (
    b"# Rosters name people: search engines stay out. Google Calendar obeys this file too and may read the feeds.\n"
    b"User-agent: *\nDisallow: /\nAllow: /feeds/\n"
)


def render(compilation: Compilation) -> dict[str, bytes]:
    """Return every file of the site: its path below ``build/site`` and its bytes.

    A pure function: the same compilation gives the same bytes.
    """
    edition = Edition(compilation)
    site = edition.site()
    templates = {kind: environment().get_template(name) for kind, name in _TEMPLATES.items()}
    files = {addresses.ROBOTS: _ROBOTS, **static_files()}
    for address, page in _pages(edition):
        text = templates[type(page)].render(site=site, page=page, root=addresses.root_from(address))
        files[address] = text.encode("utf-8")
    return files


def _pages(edition: Edition) -> Iterator[tuple[str, Page]]:
    yield from home_pages(edition)
    yield from schedule_pages(edition)
    yield from person_pages(edition)
    people = tuple(edition.person(person_id) for person_id in edition.model.people)
    yield addresses.PEOPLE, ListPage(title="People", entries=people)
    schedules = tuple(edition.schedule(schedule_id) for schedule_id in edition.model.schedules)
    yield addresses.SCHEDULES, ListPage(title="Schedules", entries=schedules)
    yield addresses.FINDINGS, findings_page(edition)
    yield addresses.MISSING, MissingPage()
