"""The pages from outside: what they say, what they never say, where their links lead."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from html_reading import Page, resolve
from site_compilation import DAY, NOW, compilation
from watchbill.compilation import Compilation
from watchbill.model.services import CheckSettings, Waiver
from watchbill.site import pages as contract
from watchbill.site.render import render

SHARED = Path(__file__).parents[3].parent / "shared" / "cases" / "text" / "html.json"
DOCUMENT = Path(__file__).parents[3] / "docs" / "site.md"
Audience = Literal["public", "internal"]


@cache
def site(audience: Audience = "internal") -> dict[str, bytes]:
    return render(compilation(audience))


def read(address: str, audience: Audience = "internal") -> Page:
    return Page(site(audience)[address])


def html_pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {address: data for address, data in files.items() if address.endswith(".html")}


def row(address: str, start: str, audience: Audience = "internal") -> str:
    source = site(audience)[address].decode()
    found = next(line for line in source.splitlines() if re.match(rf"<tr[^>]*><td><time[^>]*>{start}<", line))
    return Page(found.encode()).text


# What the pages say


def test_home_says_who_is_on_call_until_when_and_who_is_next() -> None:
    text = read("index.html").text
    assert "As of Mon 23 Nov 2026 10:00 Europe/Berlin." in text
    assert (
        "Payments primary (24x7) Now Ada Lovelace until Wed 25 Nov 2026 09:00 Europe/Berlin "
        "Next Grace Hopper from Wed 25 Nov 2026 09:00 until Thu 26 Nov 2026 09:00 Europe/Berlin" in text
    )


def test_a_day_is_said_once_where_a_stretch_begins_and_ends_on_it() -> None:
    text = read("index.html").text
    assert "Next Anita Borg from Tue 24 Nov 2026 05:00 until 13:00 Asia/Kolkata" in text
    assert '<time datetime="2026-11-24T13:00+05:30">13:00 Asia/Kolkata</time>' in site()["index.html"].decode()


def test_home_says_gaps_first_and_plainly() -> None:
    text = read("index.html").text
    gap = "Now: Nobody is on call for Search, primary, from Mon 23 Nov 2026 09:00 until Tue 24 Nov 2026 09:00 Europe/"
    assert gap in text
    assert "Too few are on call (1 of 2) for Search, primary, from Fri 27 Nov 2026 21:00" in text
    assert text.index(gap) < text.index("Ada Lovelace")


def test_home_says_when_nobody_is_needed_and_who_comes() -> None:
    text = read("index.html").text
    assert "Data primary (business-hours) Now Nobody is needed Next Anita Borg from Tue 24 Nov 2026 05:00" in text
    assert "shadow Now Nobody Next Anita Borg from Mon 30 Nov 2026 13:30" in text


def test_a_schedule_that_could_not_be_computed_says_so() -> None:
    assert "The roster of this schedule could not be computed." in read("schedules/broken/index.html").text
    assert "Broken The roster of this schedule could not be computed." in read("index.html").text


def test_a_far_gap_that_a_waiver_accepts_is_said_on_its_schedule_only() -> None:
    base = compilation()
    far = (NOW + 30 * DAY, NOW + 31 * DAY)
    gap = dataclasses.replace(base.gaps[0], stretch=far)
    day = dataclasses.replace(base.model.time_off[0].stretch.start)
    waiver = Waiver(
        place=gap.requirement,
        rule="coverage-gap",
        subject="schedule/search",
        start=day.day,
        through=day.day.replace(year=2027),
        owner="ada",
        reason="MARK-reason",
    )
    model = dataclasses.replace(base.model, checks=CheckSettings(waivers=(waiver,)))
    files = render(dataclasses.replace(base, model=model, gaps=(gap,)))
    assert "Gaps" not in Page(files["index.html"]).text
    assert "A waiver accepts this gap." in Page(files["schedules/search/index.html"]).text
    assert "MARK-reason" not in str(files)


def test_a_schedule_says_whom_to_turn_to_when_nobody_answers() -> None:
    page = read("schedules/payments/index.html")
    assert (
        "If nobody answers For Checkout: Payments, primary; wait 5 minutes Payments, secondary; wait 1 hour "
        "everybody in Payments team and Incident commander (sev1, sev2) and the steps of Payments "
        "Then all steps again, 2 times. Last resort: Margaret Hamilton." in page.text
    )
    assert "../../people/margaret/index.html" in page.links
    assert "If nobody answers" not in read("schedules/search/index.html").text


def test_a_timeline_shows_shifts_and_gaps_in_their_place() -> None:
    address = "schedules/search/index.html"
    assert row(address, "Mon 23 Nov 2026 09:00").endswith("Nobody Now gap: 0 of 2 on call")
    assert "Margaret Hamilton and Katherine Johnson" in row(address, "Tue 24 Nov 2026 09:00")
    assert "Too few" in row(address, "Fri 27 Nov 2026 21:00")


def test_a_person_reads_all_shifts_in_their_own_zone_next_first() -> None:
    page = read("people/noam/index.html")
    assert "Times are local in Asia/Jerusalem" in page.text
    upcoming = page.text.partition("Shifts from now on")[2]
    assert (
        upcoming.index("Mon 30 Nov 2026 10:00")
        < upcoming.index("Mon 21 Dec 2026 10:00")
        < upcoming.index("Past shifts")
    )


def test_somebody_without_shifts_has_a_page() -> None:
    assert "No shift in the published roster from now on." in read("people/unused/index.html").text


def test_findings_are_listed_by_level_with_place_message_and_help() -> None:
    text = read("findings/index.html").text
    assert text.index("2 errors") < text.index("1 warning")
    assert "coverage-gap schedules/on-call/search.yaml:7:5 Nobody is on call for Search" in text
    assert "Help: Add a member" in text


def test_a_finding_may_name_a_file_whose_name_is_no_text() -> None:
    base = compilation()
    located = base.findings[0]
    finding = dataclasses.replace(located.finding, place=located.finding.place._replace(file="a\udcff\u202e"))
    files = render(dataclasses.replace(base, findings=(dataclasses.replace(located, finding=finding),)))
    assert "a\\xff\\u202e:7:5" in Page(files["findings/index.html"]).text


def test_every_page_names_its_now_and_versions() -> None:
    for address in html_pages(site()):
        text = read(address).text
        assert "Compiled as of Mon 23 Nov 2026 10:00 Europe/Berlin." in text, address
        assert "Watchbill 0.1.0, time-zone data 2026f." in text, address


def test_times_carry_their_offset() -> None:
    assert b'<time datetime="2026-11-25T09:00+01:00">Wed 25 Nov 2026 09:00 Europe/Berlin</time>' in site()["index.html"]


def test_every_page_has_a_title_of_its_own() -> None:
    base = compilation()
    people = {key: dataclasses.replace(person, name="People") for key, person in base.model.people.items()}
    schedules = {key: dataclasses.replace(found, name="People") for key, found in base.model.schedules.items()}
    model = dataclasses.replace(base.model, people=people, schedules=schedules)
    files = html_pages(render(dataclasses.replace(base, model=model)))
    titles = [re.findall("<title>(.*)</title>", data.decode()) for data in files.values()]
    assert len({title for (title,) in titles}) == len(files)


def test_two_of_one_name_are_told_apart_by_their_ids() -> None:
    base = compilation()
    twin = dataclasses.replace(base.model.people["grace"], name="Ada Lovelace")
    model = dataclasses.replace(base.model, people={**base.model.people, "grace": twin})
    files = render(dataclasses.replace(base, model=model))
    assert "Now Ada Lovelace (ada) until" in Page(files["index.html"]).text
    assert "Next Ada Lovelace (grace) from" in Page(files["index.html"]).text
    assert "Ada Lovelace (grace)" in Page(files["people/index.html"]).text


def test_a_role_with_many_gaps_does_not_hide_the_gap_of_another() -> None:
    base = compilation()
    gap = base.gaps[0]
    nightly = [dataclasses.replace(gap, stretch=(NOW + n * DAY, NOW + n * DAY + 3600)) for n in range(60)]
    late = dataclasses.replace(gap, schedule="data", stretch=(NOW + 40 * DAY, NOW + 41 * DAY))
    files = render(dataclasses.replace(base, gaps=(*nightly, late)))
    text = Page(files["index.html"]).text
    assert "Nobody is on call for Data, primary, from Sat 2 Jan 2027 14:30" in text
    assert "58 more; the pages of the schedules show all." in text


def test_a_site_made_in_spite_of_errors_says_that_something_is_missing() -> None:
    base = compilation()
    empty = dataclasses.replace(base.model, schedules={}, services={})
    files = render(dataclasses.replace(base, model=empty, rosters={}, gaps=()))
    home = Page(files["index.html"]).text
    assert "The checks found 2 errors. What could not be read is missing here." in home
    assert "No schedule could be read. The findings say why." in home
    assert "What could not be read is missing here." in Page(files["people/ada/index.html"]).text


def test_the_page_for_wrong_addresses_needs_nothing_from_where_it_is_shown() -> None:
    """A server shows it at any depth and below any folder, so every link but those to folders would break."""
    page = read("404.html")
    assert page.links == ["./", "../"]
    assert page.forbidden == []
    for shown_at, reached in (("roster/x", "roster"), ("roster/schedules/x/y", "roster/schedules/x")):
        assert resolve(shown_at, "./") == f"{reached}/index.html"


def test_an_empty_organisation_has_a_site() -> None:
    base = compilation()
    empty = dataclasses.replace(base.model, people={}, teams={}, schedules={}, services={}, time_off=())
    files = render(dataclasses.replace(base, model=empty, rosters={}, gaps=(), findings=()))
    assert "There is no schedule yet." in Page(files["index.html"]).text
    assert "The checks found nothing to say." in Page(files["findings/index.html"]).text


def test_a_long_home_goes_on_over_parts() -> None:
    base = compilation()
    one = base.model.schedules["data"]
    many = {f"data-{n:03}": dataclasses.replace(one, id=f"data-{n:03}") for n in range(201)}
    rosters = {key: dataclasses.replace(base.rosters["data"], schedule=key) for key in many}
    model = dataclasses.replace(base.model, schedules=many, services={})
    files = render(dataclasses.replace(base, model=model, rosters=rosters, gaps=(), findings=()))
    homes = ["index.html", "more/2/index.html", "more/3/index.html"]
    assert [files[home].count(b'class="card"') for home in homes] == [100, 100, 1]
    assert "more/3/index.html" in [resolve(homes[1], link) for link in Page(files[homes[1]]).links]


# What they never say


@pytest.mark.parametrize(("kind", "start"), [("cover", "Wed 25 Nov 2026 09:00"), ("override", "Mon 7 Dec 2026 09:00")])
def test_a_public_site_says_that_something_changed_but_not_who_is_absent(kind: str, start: str) -> None:
    public = row("schedules/payments/index.html", start, "public")
    assert public.endswith({"cover": "stand-in", "override": "changed"}[kind])
    internal = row("schedules/payments/index.html", start)
    assert ("Ada Lovelace, who is away" if kind == "cover" else "override, instead of נועם כהן") in internal


def test_a_public_site_tells_findings_about_absence_without_names() -> None:
    text = read("findings/index.html", "public").text
    assert "Ada Lovelace is on call" not in text
    assert "people.yaml" not in text
    assert "coverage-gap schedules/on-call/search.yaml:7:5 Nobody is on call for Search" in text
    assert "1 that touches personal matters, told here without names." in text
    assert "on-call-during-time-off Somebody is on call while away." in text
    assert b"Asia/Jerusalem" not in b"".join(site("public").values())


def test_an_internal_site_tells_who_is_away_but_no_private_value() -> None:
    text = read("findings/index.html").text
    assert "Ada Lovelace is on call for Payments while away." in text
    assert "+44-PRIVATE" not in text
    assert "wrong-value" in text.partition("told here without names")[2]


PUBLIC = {"organization.name", "person.name", "schedule.name", "schedule.description", "service.name", "team.name"}
PUBLIC |= {"finding.message", "finding.help", "escalation.name", "incident-role.name"}
INTERNAL = PUBLIC | {"service.page", "service.runbook"}


@pytest.mark.parametrize(("audience", "allowed"), [("public", PUBLIC), ("internal", INTERNAL)])
def test_only_fields_for_this_audience_reach_any_file(audience: Audience, allowed: set[str]) -> None:
    def marked(field: str, value: str) -> str:
        mark = f"MARK-{field.replace('.', '-')}-KRAM"
        return f"https://example.org/{mark}" if value.startswith("https:") else mark

    written = b"".join(render(compilation(audience, marked)).values()).decode()
    found = set(re.findall("MARK-(.*?)-KRAM", written))
    assert found == {field.replace(".", "-") for field in allowed}


# How they are made


def test_the_same_compilation_gives_the_same_bytes() -> None:
    assert render(compilation()) == site()


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_pages_are_well_formed_and_have_no_code_of_their_own(audience: Audience) -> None:
    for address, data in html_pages(site(audience)).items():
        page = Page(data)
        assert page.forbidden == [], address
        assert page.unclosed == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert data.count(b"<h1>") == 1, address
        assert b"default-src 'none'" in data, address
        assert data.startswith(b'<!DOCTYPE html>\n<html lang="en">'), address


def test_all_links_lead_to_files_of_the_build() -> None:
    files = site()
    written_by_others = re.compile(r"feeds/(schedules|people)/[a-z0-9-]+\.ics|api/v1/oncall\.json")
    outside = {"https://pager.example.org/services/checkout/trigger", "https://runbooks.example.org/checkout"}
    reached = {"index.html", "404.html", "robots.txt"}
    for address, data in html_pages(files).items():
        for link in Page(data).links if address != "404.html" else ():
            if link in outside or link.startswith("#"):
                continue
            target = resolve(address, link)
            assert target in files or written_by_others.fullmatch(target), (address, link)
            reached.add(target)
    assert set(files) <= reached


def _hostile() -> list[str]:
    own = [
        "</bdi></td></tr></table><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "-->",
        "{{ site }}",
        "\u202eabc",
    ]
    return own + (json.loads(SHARED.read_text(encoding="utf-8")) if SHARED.exists() else [])


EACH_TEMPLATE = ("index.html", "schedules/payments/index.html", "people/ada/index.html", "people/index.html")
EACH_TEMPLATE += ("findings/index.html", "404.html")


def _pages_with(text: str) -> dict[str, bytes]:
    """Render with this text in every field; return a page of each template."""
    files = render(compilation(text=lambda *_: text))
    return {address: files[address] for address in EACH_TEMPLATE}


@cache
def _plain_shapes() -> dict[str, list[tuple[str, ...]]]:
    return {address: Page(data).shape for address, data in _pages_with("plain").items()}


@pytest.mark.parametrize("text", _hostile())
def test_the_shape_of_no_page_depends_on_what_a_user_writes(text: str) -> None:
    hostile = {address: Page(data) for address, data in _pages_with(text).items()}
    assert {address: page.shape for address, page in hostile.items()} == _plain_shapes()
    shown = hostile["people/ada/index.html"].text
    assert re.sub(r"\s+", " ", text).strip() in shown


def test_the_contract_of_the_templates_is_documented() -> None:
    documented = DOCUMENT.read_text(encoding="utf-8")
    records = [value for value in vars(contract).values() if dataclasses.is_dataclass(value)]
    assert len(records) > 15
    for record in records:
        assert f"### {record.__name__}" in documented, record
        section = documented.partition(f"### {record.__name__}\n")[2].partition("###")[0]
        for field in dataclasses.fields(record):
            assert f"`{field.name}`" in section, (record, field.name)


def test_names_at_now_agree_with_the_timelines() -> None:
    made: Compilation = compilation()
    text = read("index.html").text
    for schedule, roster in made.rosters.items():
        for role, line in roster.timelines.items():
            holders = [made.model.people[shift.person].name for shift in line.at(NOW)]
            if holders:
                name = made.model.schedules[schedule].name
                assert re.search(rf"{name} .*?{role} [^A-Z]*Now {' and '.join(holders)}", text)
