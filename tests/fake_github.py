"""A small GitHub on this machine, which the real ``gh`` is sent to: pulls, artifacts, comments and issues of one test.

``gh`` speaks plain HTTP to the host ``github.localhost``, and through a proxy; this server is that proxy.
"""

from __future__ import annotations

import io
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

BOT = "github-actions[bot]"
PAGE = 2
"""Entries of a page, so few that tests turn pages."""

needs_gh = pytest.mark.skipif(
    not all(map(shutil.which, ("gh", "jq", "unzip"))), reason="gh, jq or unzip is not installed"
)


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return an artifact as it is downloaded."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return made.getvalue()


@dataclass(kw_only=True)
class GitHub:
    """What the repository ``nektos/act`` holds, which is the one of every run of ``act``."""

    port: int = 0
    pulls: list[dict[str, Any]] = field(default_factory=list)
    artifacts: dict[int, dict[str, Any]] = field(default_factory=dict)
    archives: dict[int, bytes] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    writes: list[tuple[str, str]] = field(default_factory=list)

    def environment(self, scratch: Path) -> dict[str, str]:
        """Return what sends ``gh`` here."""
        proxy = f"http://127.0.0.1:{self.port}"
        plain = {"no_proxy": "", "NO_PROXY": "", "GH_CONFIG_DIR": str(scratch / "gh"), "GH_NO_UPDATE_NOTIFIER": "1"}
        return {"GH_HOST": "github.localhost", "http_proxy": proxy, "HTTP_PROXY": proxy, **plain}

    def keep(self, number: int, name: str, files: Mapping[str, bytes], **more: Any) -> None:
        """Keep an artifact."""
        self.archives[number] = archive(files)
        size = len(self.archives[number])
        self.artifacts[number] = {"id": number, "name": name, "expired": False, "size_in_bytes": size, **more}

    def answer(self, method: str, path: str, query: dict[str, str], sent: dict[str, Any]) -> Any:
        """Return what GitHub answers: data, bytes, or ``None`` if there is no such thing."""
        parts = path.removeprefix("/repos/nektos/act/").split("/")
        if method == "GET":
            return self._read(parts, query)
        self.writes.append((method, path))
        return self._written(method, parts, sent)

    def _read(self, parts: list[str], query: dict[str, str]) -> Any:
        match parts:
            case ["pulls"]:
                return [pull for pull in self.pulls if pull["from"] == query["head"]]
            case ["pulls", number]:
                return next((pull for pull in self.pulls if pull["number"] == int(number)), None)
            case ["actions", "runs", _, "artifacts"] | ["actions", "artifacts"]:
                found = self.artifacts.values()
                return {"artifacts": [each for each in found if query.get("name", each["name"]) == each["name"]]}
            case ["actions", "artifacts", number, "zip"]:
                return self.archives.get(int(number))
            case ["issues", _, "comments"]:
                return self.comments
            case ["issues"]:
                return [issue for issue in self.issues if issue["state"] == query["state"]]
        return None

    def _written(self, method: str, parts: list[str], sent: dict[str, Any]) -> Any:
        match method, *parts:
            case "POST", "issues", _, "comments":
                self.comments.append({"id": 100 + len(self.comments), "user": {"login": BOT}, **sent})
                return self.comments[-1]
            case "PATCH", "issues", "comments", number:
                return self._changed(self.comments, "id", number, sent)
            case "POST", "issues":
                self.issues.append({"number": 10 + len(self.issues), "state": "open", **sent})
                return self.issues[-1]
            case "PATCH", "issues", number:
                return self._changed(self.issues, "number", number, sent)
        return None

    @staticmethod
    def _changed(entries: list[dict[str, Any]], key: str, number: str, sent: dict[str, Any]) -> dict[str, Any]:
        (entry,) = [entry for entry in entries if entry[key] == int(number)]
        entry.update(sent)
        return entry


@contextmanager
def serving() -> Iterator[GitHub]:
    """Serve a GitHub with nothing in it."""
    github = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = github.answer(self.command, address.path, query, json.loads(sent) if sent else {})
            more = None
            if isinstance(found, list) and self.command == "GET":
                page = int(query.get("page", "1"))
                if len(found) > page * PAGE:
                    turned = urlencode({**query, "page": page + 1})
                    more = f"{address.scheme}://{address.netloc}{address.path}?{turned}"
                found = found[(page - 1) * PAGE : page * PAGE]
            data = found if isinstance(found, bytes) else json.dumps(found).encode()
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", "application/zip" if isinstance(found, bytes) else "application/json")
            self.send_header("Content-Length", str(len(data)))
            if more:
                self.send_header("Link", f'<{more}>; rel="next"')
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815 - the names of the base class

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    github.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
