"""Reads pages the way a program that trusts nothing does: tags, attributes, links, ids and visible text."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser

URL_ATTRIBUTES = frozenset({"href", "src", "action", "formaction", "data", "poster", "srcset", "cite", "ping"})
_VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})


class Page(HTMLParser):
    """A parsed page. ``shape`` is its tags with the names of their attributes, opened and closed, and nothing else."""

    def __init__(self, source: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: list[tuple[str, ...]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.unclosed: list[str] = []
        self._text: list[str] = []
        self.feed(source.decode("utf-8"))
        self.close()

    @property
    def text(self) -> str:
        """Return the visible text with its white space folded."""
        return re.sub(r"\s+", " ", "".join(self._text)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *sorted(name for name, _ in attrs)))
        if tag == "td":
            self._text.append(" ")
        if tag not in _VOID:
            self.unclosed.append(tag)
        if tag in {"base", "object", "embed", "iframe", "style", "form"}:
            self.forbidden.append(tag)
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            self.ids.append(value)
        if name.startswith("on") or name in {"style", "srcdoc"}:
            self.forbidden.append(f"{tag} {name}")
        if name in URL_ATTRIBUTES:
            self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(("/", tag))
        if not self.unclosed or self.unclosed.pop() != tag:
            self.forbidden.append(f"stray end of {tag}")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 -- only that there is one matters
        self.shape.append(("comment",))


def resolve(address: str, link: str) -> str:
    """Return the path below the site's top that a relative link on a page leads to; a folder means its index."""
    target = link.partition("#")[0]
    found = posixpath.normpath(posixpath.join(posixpath.dirname(address), target))
    return posixpath.normpath(f"{found}/index.html") if target.endswith("/") else found
