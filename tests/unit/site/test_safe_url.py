from __future__ import annotations

import json
from pathlib import Path

import pytest

from watchbill.site.safe_url import safe_url

SHARED = Path(__file__).parents[3].parent / "shared" / "cases" / "text" / "url.json"


@pytest.mark.parametrize(
    "url",
    [
        "https://pager.example.org/services/checkout/trigger",
        "https://runbooks.example.org:8443/wiki/Foo_(bar)?a=1&b=%20#part",
        "mailto:on-call@example.org",
        "tel:+49-30-123456",
    ],
)
def test_plain_links_stay_as_they_are(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "https://user:secret@example.org/",
        "https://example.org\n/",
        "https://example.org/\n",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "http://example.org/",
        "//example.org/",
        "../escape",
        'https://example.org/"onmouseover="alert(1)',
        "mailto:a@example.org?bcc=b@example.org",
        "tel:+1;ext=2",
    ],
)
def test_everything_else_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.skipif(not SHARED.exists(), reason="the shared lists of hostile links are not beside this repository")
def test_the_shared_list_of_links_is_judged_as_it_says() -> None:
    for case in json.loads(SHARED.read_text(encoding="utf-8")):
        assert bool(safe_url(case["v"])) is case["safe"], case
