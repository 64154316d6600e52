"""Site, feeds, API and payloads name the same holders at every instant looked at."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import calendar_bytes
import pagerduty_rules
from watchbill.compilation import Compilation
from watchbill.feeds.revision import Revision
from watchbill.pipeline import compile_tree
from watchbill.publish.artifacts import artifacts
from watchbill.source.tree import DirectoryTree

REPOSITORY = Path(__file__).parents[2]

NOWS = ("2026-11-23T08:00:00Z", "2026-12-24T12:00:00Z", "2027-03-28T01:30:00Z")

Held = list[tuple[int, int, str]]
"""Start, end, person."""


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@cache
def built(now: str) -> tuple[Compilation, dict[str, bytes]]:
    c = compile_tree(DirectoryTree(REPOSITORY), now=seconds(now))
    return c, artifacts(c, Revision(time=c.clock.now))


def instants(c: Compilation, schedule: str, until: int) -> list[int]:
    """Some handoffs with the second before them, and some instants by chance."""
    chance = random.Random(f"{schedule} {c.clock.now}")  # noqa: S311 - a sample, not a secret
    starts = [start for timeline in c.rosters[schedule].timelines.values() for start in timeline.start]
    handoffs = [start for start in starts if c.clock.now < start < until]
    some = chance.sample(handoffs, min(30, len(handoffs)))
    return [c.clock.now, *some, *(at - 1 for at in some), *(chance.randrange(c.clock.now, until) for _ in range(30))]


def at(held: Iterable[tuple[int, int, str]], instant: int) -> set[str]:
    return {person for start, end, person in held if start <= instant < end}


def of_api(files: dict[str, bytes], schedule: str) -> dict[str, Held]:
    document = json.loads(files[f"site/api/v1/schedules/{schedule}.json"])
    return {
        role["id"]: [(seconds(each["start"]), seconds(each["end"]), each["person"]["id"]) for each in role["shifts"]]
        for role in document["roles"]
    }


def of_feeds(c: Compilation, files: dict[str, bytes], schedule: str) -> dict[str, Held]:
    """The events of a schedule's feed; whose they are is told by the feeds of people that hold the same uid."""
    owners: dict[str, str] = {}
    for person in c.model.people:
        for event in calendar_bytes.read(files[f"site/feeds/people/{person}.ics"]).events:
            owners[event["UID"]] = person
    held: dict[str, Held] = defaultdict(list)
    for event in calendar_bytes.read(files[f"site/feeds/schedules/{schedule}.ics"]).events:
        role = event["SUMMARY"].split(" \N{EN DASH} ")[0]
        held[role].append((seconds(event["DTSTART"]), seconds(event["DTEND"]), owners[event["UID"]]))
    return held


def of_site(files: dict[str, bytes], schedule: str) -> dict[str, Held]:
    """The rows of the page with the whole timeline: two times, and the links to the pages of people."""
    page = files[f"site/schedules/{schedule}/all/index.html"].decode()
    held: dict[str, Held] = defaultdict(list)
    for table in page.split("<table")[1:]:
        caption = re.search(r"<caption>(?:<[^>]*>)*([a-z0-9-]+)", table)
        assert caption
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL):
            times = re.findall(r'<time datetime="([^"]+)"', row)
            people = re.findall(r'href="[./]*people/([a-z0-9-]+)/index\.html"', row)
            held[caption[1]] += [(seconds(times[0]), seconds(times[1]), person) for person in people]
    return held


@pytest.mark.parametrize("now", NOWS)
def test_site_feeds_and_api_name_the_holders_of_the_timeline(now: str) -> None:
    c, files = built(now)
    assert len(c.rosters) >= 7
    looked = 0
    for schedule, roster in c.rosters.items():
        api, feeds, site = of_api(files, schedule), of_feeds(c, files, schedule), of_site(files, schedule)
        for role, timeline in roster.timelines.items():
            for instant in instants(c, schedule, c.horizon[1]):
                holders = {shift.person for shift in timeline.at(instant)}
                assert at(api[role], instant) == holders, (schedule, role, instant)
                assert at(feeds[role], instant) == holders, (schedule, role, instant)
                assert at(site[role], instant) == holders, (schedule, role, instant)
                looked += 1
    assert looked > 500


@pytest.mark.parametrize("now", NOWS)
def test_who_is_on_call_now_is_the_same_on_the_home_page_and_in_the_api(now: str) -> None:
    c, files = built(now)
    pages = "".join(
        files[path].decode() for path in sorted(files) if re.fullmatch(r"site/(more/\d+/)?index.html", path)
    )
    document: dict[str, Any] = json.loads(files["site/api/v1/oncall.json"])
    for schedule in document["schedules"]:
        card = re.search(rf'<section[^>]*"schedule-{schedule["id"]}".*?</section>', pages, re.DOTALL)
        assert card
        roles = re.split(r"<dt>", card[0])[1:]
        assert len(roles) == len(schedule["roles"])
        for role, shown in zip(schedule["roles"], roles, strict=True):
            assert shown.startswith(role["id"])
            present = re.search(r'<li class="[^"]*\bnow\b.*?</li>', shown, re.DOTALL)
            linked = re.findall(r'people/([a-z0-9-]+)/index\.html"', present[0] if present else "")
            holders = [shift.person for shift in c.rosters[schedule["id"]].timelines[role["id"]].at(c.clock.now)]
            assert [person["id"] for person in role["on_call"]] == holders
            assert linked == holders


@pytest.mark.parametrize("now", NOWS)
def test_payloads_name_the_holders_by_their_id_there(now: str) -> None:
    c, files = built(now)
    payloads = [path for path in files if path.startswith("providers/") and not path.endswith("report.json")]
    assert len(payloads) >= 5
    for path in payloads:
        document = json.loads(files[path])
        assert document["exact"], document["problems"]
        timeline = c.rosters[document["schedule"]].timelines[document["role"]]
        for instant in instants(c, document["schedule"], seconds(document["stretch"]["end"])):
            holders = [c.model.people[shift.person].handles["pagerduty"] for shift in timeline.at(instant)]
            assert pagerduty_rules.on_call(document, instant) == sorted(holders), (path, instant)
