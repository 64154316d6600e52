"""The site of the organisation in this repository, together with the feeds and the data it links to."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import watchbill.api.render
import watchbill.feeds.render
import watchbill.site.render
from html_reading import Page, resolve
from watchbill.compilation import Compilation
from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree

ROOT = Path(__file__).parents[3]
NOW = int(datetime(2026, 11, 25, 10, 40, tzinfo=UTC).timestamp())


@cache
def compiled() -> Compilation:
    return compile_tree(DirectoryTree(ROOT), now=NOW)


@cache
def site() -> dict[str, bytes]:
    return watchbill.site.render.render(compiled())


def test_no_output_writes_the_file_of_another_and_every_link_resolves() -> None:
    outputs = [site(), watchbill.feeds.render.render(compiled()), watchbill.api.render.render(compiled())]
    files: dict[str, bytes] = {}
    for output in outputs:
        assert not files.keys() & output.keys()
        files |= output
    for address, data in site().items():
        if not address.endswith(".html") or address == "404.html":
            continue
        for link in Page(data).links:
            if not link.startswith(("https:", "#")):
                assert resolve(address, link) in files, (address, link)


def test_no_contact_data_and_no_reason_is_on_any_page() -> None:
    written = b"".join(site().values()).decode()
    private = {value for person in compiled().model.people.values() for value in person.contact.values()}
    private |= {override.reason for override in compiled().model.overrides if override.reason}
    private |= {swap.reason for swap in compiled().model.swaps if swap.reason}
    assert len(private) > 10
    assert [value for value in private if value in written] == []
    assert not re.search(r"\b(vacation|sick|parental)\b", written)


def test_everybody_has_a_page_with_their_name() -> None:
    for person in compiled().model.people.values():
        assert (
            f"<h1><bdi>{person.name}</bdi></h1>".replace("'", "&#39;")
            in site()[f"people/{person.id}/index.html"].decode()
        )
