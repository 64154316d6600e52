"""Addresses of the site's files, relative to its top, with ``/`` and without a leading one.

Pages are named with their ``index.html``, so that a copy opened from a disk works like the published site. Ids are
safe by their form (letters, digits, hyphens); ``tests`` hold that no other text gets into an address.
"""

from __future__ import annotations

HOME = "index.html"
PEOPLE = "people/index.html"
SCHEDULES = "schedules/index.html"
FINDINGS = "findings/index.html"
MISSING = "404.html"
ROBOTS = "robots.txt"


def home(number: int) -> str:
    """Return the address of the n-th part of the home page, counted from 1."""
    return HOME if number == 1 else f"more/{number}/index.html"


def schedule(schedule_id: str) -> str:
    """Return the address of a schedule's page."""
    return f"schedules/{schedule_id}/index.html"


def whole_schedule(schedule_id: str) -> str:
    """Return the address of the page with a schedule's whole published timeline."""
    return f"schedules/{schedule_id}/all/index.html"


def person(person_id: str) -> str:
    """Return the address of a person's page."""
    return f"people/{person_id}/index.html"


def schedule_feed(schedule_id: str) -> str:
    """Return the address of a schedule's calendar, written by ``watchbill.feeds``."""
    return f"feeds/schedules/{schedule_id}.ics"


def person_feed(person_id: str) -> str:
    """Return the address of a person's calendar, written by ``watchbill.feeds``."""
    return f"feeds/people/{person_id}.ics"


def root_from(address: str) -> str:
    """Return the way from a page back to the top: ``../`` for each folder it lies in."""
    return "../" * address.count("/")
