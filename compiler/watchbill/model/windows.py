"""Builds windows: named ones from ``policies/windows``, and those written where they are used."""

from __future__ import annotations

from typing import Any

from watchbill.findings import Place
from watchbill.model.notation import Problem, parse_spans
from watchbill.model.notation.problem import shown
from watchbill.model.notation.windows import ALWAYS_NAMES
from watchbill.model.on_call import Requirement
from watchbill.model.resolving import Body, Resolver
from watchbill.model.time_values import ALWAYS, Window, WindowPart

_HOLIDAYS = "holidays/"
_DEEPEST, _MOST_PARTS = 8, 128
"""Limits that no honest window meets: they keep the work on a hostile one small."""


class WindowReader:
    """Reads windows wherever they stand. Named windows are read when they are first needed, so order means nothing."""

    def __init__(self, resolver: Resolver, named: dict[str, tuple[Any, Place]]) -> None:
        self._resolver, self._named = resolver, named
        self._ready: dict[str, Window | None] = {}
        self._open: list[str] = []

    def all_named(self) -> dict[str, Window]:
        """Return the windows of ``policies/windows`` that can be used."""
        found = {name: self._by_name(name) for name in sorted(self._named)}
        return {name: window for name, window in found.items() if window is not None}

    def read(self, body: Any, place: Place, *steps: str | int) -> Window | None:
        """Return the window written at a place, or ``None`` after a finding."""
        if isinstance(body, str):
            return self._text(body, place, *steps)
        items = body if isinstance(body, list) else [body]
        parts: list[WindowPart] = []
        texts: list[str] = []
        for index, item in enumerate(items):
            below = (*steps, index) if isinstance(body, list) else steps
            window = self._text(item, place, *below) if isinstance(item, str) else self._mapping(item, place, *below)
            if window is None:
                return None
            parts += window.parts
            texts.append(window.text)
        whole = tuple(dict.fromkeys(parts))
        if len(whole) > _MOST_PARTS:
            self._resolver.report(
                "wrong-value", place.at(*steps), f"this window has {len(whole)} parts", f"write at most {_MOST_PARTS}"
            )
            return None
        return Window(text=", ".join(texts), parts=whole)

    def requirements(self, body: Any, place: Place, *steps: str | int) -> tuple[Requirement, ...]:
        """Return what coverage is written at a place: a window, a requirement, or a list of requirements."""
        if isinstance(body, list) and body and isinstance(body[0], dict) and "window" in body[0]:
            found = [self._requirement(item, place, *steps, index) for index, item in enumerate(body)]
        else:
            found = [self._requirement(body, place, *steps)]
        return tuple([requirement for requirement in found if requirement is not None])

    def _requirement(self, body: Any, place: Place, *steps: str | int) -> Requirement | None:
        responders = 1
        where = steps
        if isinstance(body, dict) and "window" in body:
            responders, body, where = body.get("responders", 1), body["window"], (*steps, "window")
        window = self.read(body, place, *where)
        return None if window is None else Requirement(place=place.at(*steps), window=window, responders=responders)

    def _text(self, text: str, place: Place, *steps: str | int) -> Window | None:
        if text in ALWAYS_NAMES:
            return ALWAYS if text == "always" else Window(text=text, parts=ALWAYS.parts)
        if text in self._named or self._resolver.exists("window", text):
            return self._named_window(text, place, *steps)
        spans = parse_spans(text)
        if not isinstance(spans, Problem):
            return Window(text=text, parts=(WindowPart(spans=spans),))
        if any(letter in text for letter in " :,") or "without times" in spans.text:
            self._resolver.wrong(spans, place, *steps)
        else:
            self._resolver.unknown("window", text, place.at(*steps))
        return None

    def _named_window(self, name: str, place: Place, *steps: str | int) -> Window | None:
        if name in self._open:
            circle = " → ".join(f"`{step}`" for step in (*self._open[self._open.index(name) :], name))
            self._resolver.report(
                "windows-in-a-circle",
                place.at(*steps),
                f"windows name each other in a circle: {circle}",
                "write days and times in one of them",
            )
            return None
        if len(self._open) > _DEEPEST:
            self._resolver.report(
                "wrong-value",
                place.at(*steps),
                f"windows that name windows go deeper than {_DEEPEST} here",
                "write days and times instead",
            )
            return None
        window = self._by_name(name)
        if window is None:
            self._resolver.troubles += 1
        return window

    def _by_name(self, name: str) -> Window | None:
        if name not in self._ready and name in self._named:
            body, place = self._named[name]
            self._open.append(name)
            window = self.read(body, place)
            self._open.pop()
            self._ready[name] = None if window is None else Window(text=name, parts=window.parts)
            if window is None:
                self._resolver.broken.add(("window", name))
        return self._ready.get(name)

    def _mapping(self, body: Body, place: Place, *steps: str | int) -> Window | None:
        before = self._resolver.troubles
        days: Window | None = ALWAYS
        if "days" in body:
            days = self.read(body["days"], place, *steps, "days")
        excepted, only = (self._holidays(body, key, place, *steps) for key in ("except", "on"))
        if days is None or self._resolver.troubles > before:
            return None
        if any(part.except_days or part.only_days for part in days.parts):
            self._resolver.report(
                "wrong-value",
                place.at(*steps, "days"),
                f"{shown(days.text)} already depends on holidays",
                "write its days and times here",
            )
            return None
        text = "".join(
            (days.text if "days" in body else "whole days", _words(" except ", excepted), _words(" on ", only))
        )
        parts = tuple(WindowPart(spans=part.spans, except_days=excepted, only_days=only) for part in days.parts)
        return Window(text=text, parts=parts)

    def _holidays(self, body: Body, key: str, place: Place, *steps: str | int) -> str | None:
        if key not in body:
            return None
        name = str(body[key]).removeprefix(_HOLIDAYS)
        return name if self._resolver.reference("holidays", name, place, *steps, key) else None


def _words(joint: str, name: str | None) -> str:
    return "" if name is None else f"{joint}{_HOLIDAYS}{name}"
