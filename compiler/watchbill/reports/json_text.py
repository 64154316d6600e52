"""How JSON is written to a log: without anything that the runner of a pipeline would obey."""

from __future__ import annotations

import json
from typing import Any


def written(document: Any, indent: int | None = 2, *, ascii_only: bool = True) -> str:
    r"""Return a document as JSON that ends in a line feed; ``None`` as ``indent`` keeps it on one line.

    ASCII unless asked otherwise, so that no hidden character of a repository reaches a terminal raw. GitHub's runner
    looks for ``##[command]`` anywhere in a line of a log; inside of a JSON string ``#\u0023[`` is the same text.
    (``::command`` counts only at the start of a line, where JSON has a bracket or a quotation mark.)
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only, separators=separators)
    return text.replace("##[", "#\\u0023[") + "\n"
