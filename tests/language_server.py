"""A conversation with yaml-language-server over its protocol (LSP 3.17), as an editor has it."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SERVER = os.environ.get("YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")
"""The program, or nothing: it comes from npm (``npm install yaml-language-server``)."""

_PATIENCE = 60


class LanguageServer:
    """A running server for one workspace. ``settings`` are those that an editor would send."""

    def __init__(self, workspace: Path, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._count = 0
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._process = subprocess.Popen(
            [str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self._ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": workspace.as_uri(),
                "workspaceFolders": [{"uri": workspace.as_uri(), "name": "rosters"}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True}},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": nested(settings)})

    def close(self) -> None:
        """End the server in order."""
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(_PATIENCE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._reader.join(_PATIENCE)
        self._process.stdout.close()

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with a text and return the diagnostics about it."""
        uri = path.as_uri()
        self._diagnostics.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:
            self._take()
        return self._diagnostics[uri]

    def hover(self, path: Path, line: int, character: int) -> str:
        """Return what is shown over a position (from 0); nothing if nothing is."""
        found = self._ask("textDocument/hover", _at(path, line, character))
        return str(found["contents"]["value"]) if found else ""

    def completions(self, path: Path, line: int, character: int) -> dict[str, str]:
        """Return what is offered at a position (from 0): labels, with the text that is inserted."""
        found = self._ask("textDocument/completion", _at(path, line, character)) or {"items": []}
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: item.get("textEdit", {}).get("newText", item.get("insertText", "")) for item in items}

    def _ask(self, method: str, params: object) -> Any:
        self._count += 1
        number = self._count
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def _tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """Return the next message; answer what the server asks of an editor."""
        message = self._answers.get(timeout=_PATIENCE)
        if message.get("method") == "workspace/configuration":
            sections = [nested(self._settings).get(item.get("section"), {}) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": sections})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while True:
            length = 0
            while (line := self._process.stdout.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self._answers.put(json.loads(self._process.stdout.read(length)))


def nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with dots in their names as the nested mapping that goes over the wire."""
    result: dict[str, Any] = {}
    for name, value in settings.items():
        node = result
        *outer, last = name.split(".")
        for step in outer:
            node = node.setdefault(step, {})
        node[last] = value
    return result


def _at(path: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
