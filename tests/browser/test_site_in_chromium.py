"""The site in a real browser: width, contrast of schemes, console, requests, the script, hostile names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chromium import Chromium, program
from site_compilation import DAY, HOUR, NOW, compilation
from watchbill.site.render import render

pytestmark = pytest.mark.skipif(program() is None, reason="no Chromium is installed (apt-get install chromium)")

PAGES = (
    "index.html",
    "schedules/payments/index.html",
    "schedules/search/index.html",
    "schedules/search/all/index.html",
    "people/linus/index.html",
    "people/index.html",
    "findings/index.html",
    "404.html",
)
HOSTILE = "</bdi></script><img src=x onerror=alert(1)><svg onload=alert(1)>\"'--><script>alert(1)</script>"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsanwärterin" * 2


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name in the base class
        pass


def _write(files: dict[str, bytes], folder: Path) -> Path:
    for address, data in files.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(render(compilation()), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as served:
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}/"
        served.shutdown()
        thread.join()


@pytest.fixture
def quiet(browser: Chromium) -> Iterator[Chromium]:
    """Yield the browser; afterwards its console must have stayed silent."""
    browser.problems.clear()
    browser.requests.clear()
    browser.set_clock(None)
    yield browser
    assert browser.problems == []


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(quiet: Chromium, server: str, width: int) -> None:
    for page in PAGES:
        quiet.show(server + page, width=width)
        assert quiet.evaluate("document.documentElement.scrollWidth") <= width, page


def test_a_long_word_does_not_widen_a_phone(quiet: Chromium, tmp_path: Path) -> None:
    _write(render(compilation(text=lambda *_: LONG)), tmp_path)
    for page in PAGES:
        quiet.show(f"file://{tmp_path}/{page}", width=320)
        assert quiet.evaluate("document.documentElement.scrollWidth") <= 320, page


def test_everything_comes_from_the_site_itself(quiet: Chromium, server: str) -> None:
    for page in PAGES:
        quiet.show(server + page)
    assert quiet.requests
    assert [url for url in quiet.requests if not url.startswith(server)] == []


def test_a_copy_on_a_disk_has_style_and_script(quiet: Chromium, folder: Path) -> None:
    quiet.set_clock(NOW + 2 * DAY)
    quiet.show(f"file://{folder}/people/ada/index.html")
    assert quiet.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    assert quiet.evaluate("document.querySelector('.stale').hidden") is False


def test_both_schemes_have_readable_contrast(quiet: Chromium, server: str) -> None:
    for dark in (False, True):
        for page in PAGES[:3]:
            quiet.show(server + page, dark=dark)
            assert quiet.evaluate(_LOW_CONTRAST) == [], (page, dark)


def test_a_reader_can_reach_links_with_a_finger(quiet: Chromium, server: str) -> None:
    quiet.show(server + "people/index.html", width=320)
    sizes = quiet.evaluate(
        "[...document.querySelectorAll('nav a, .columns a')].map(a => a.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 24


def test_the_script_moves_now_as_shifts_end(quiet: Chromium, server: str) -> None:
    labels = "[...document.querySelectorAll('#schedule-payments ~ dl .standing')[0].children]"
    labels += ".map(line => line.querySelector('.label').textContent)"
    quiet.set_clock(NOW + HOUR)
    quiet.show(server + "index.html")
    assert quiet.evaluate(labels) == ["Now", "Next", "Then"]
    assert quiet.evaluate("document.querySelector('.stale').hidden") is True
    quiet.set_clock(NOW + 2 * DAY)
    quiet.show(server + "index.html")
    assert quiet.evaluate(labels) == ["Over", "Now", "Next"]
    assert quiet.evaluate("document.querySelector('.standing .over').offsetHeight") == 0
    assert quiet.evaluate("document.querySelectorAll('.gaps li:not(.over)').length") == 1
    quiet.show(server + "schedules/payments/index.html")
    current = "[...document.querySelectorAll('tr.current')].map(row => row.cells[2].innerText)"
    assert quiet.evaluate(current) == ["Grace Hopper Now", "Grace Hopper Now"]


def test_the_script_says_who_comes_when_nobody_is_needed_between_two_windows(quiet: Chromium, server: str) -> None:
    lines = "[...document.querySelector('#schedule-data ~ dl .standing').children].filter(line => line.offsetHeight)"
    quiet.set_clock(NOW + DAY)
    quiet.show(server + "index.html", width=320)
    between, coming, *_ = quiet.evaluate(f"{lines}.map(line => line.innerText.replace(/\\s+/g, ' '))")
    assert between == "Now Nobody is needed"
    assert coming.startswith("Next ")
    assert "from Wed 25 Nov 2026 05:00" in coming
    quiet.evaluate("Date.now = () => Date.parse('2026-11-25T06:00+05:30')")
    quiet.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert quiet.evaluate(f"{lines}[0].innerText").startswith("Now")
    assert quiet.evaluate("document.querySelectorAll('#schedule-data ~ dl .between').length") == 0


def test_the_script_leaves_a_page_alone_that_was_compiled_for_later(quiet: Chromium, server: str) -> None:
    quiet.set_clock(NOW - 30 * DAY)
    quiet.show(server + "index.html")
    assert quiet.evaluate("document.querySelector('.standing .now .label').textContent") == "Now"
    assert quiet.evaluate("document.querySelector('.stale').hidden") is True


def test_no_name_becomes_code_in_a_real_parser(quiet: Chromium, tmp_path: Path) -> None:
    attributes = "e.getAttributeNames().sort().join(' ')"
    shape = f"[...document.querySelectorAll('*')].map(e => e.tagName + ' ' + {attributes}).join('\\n')"
    seen = []
    for name, text in (("plain", "plain"), ("hostile", HOSTILE)):
        _write(render(compilation(text=lambda *_, text=text: text)), tmp_path / name)
        shapes = {}
        for page in PAGES:
            quiet.set_clock(NOW)
            quiet.show(f"file://{tmp_path}/{name}/{page}")
            shapes[page] = quiet.evaluate(shape)
        seen.append(shapes)
    assert seen[0] == seen[1]


_LOW_CONTRAST = """(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const part = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const paper = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const e of document.querySelectorAll('main *, footer *, header *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(paper(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) low.push(e.tagName + '.' + e.className);
  }
  return low;
})()"""
"""Text whose contrast with the nearest painted background is under the 4.5:1 of WCAG 2.2, success criterion 1.4.3."""
