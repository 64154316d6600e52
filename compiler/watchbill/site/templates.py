"""The templates of the site: escaping always on, an unknown name is an error, each compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchbill import resources
from watchbill.site.safe_url import safe_url

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the environment of the templates that ship with Watchbill. Data is never compiled as a template."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(resources.site_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["safe_url"] = safe_url
    return made


def static_files() -> dict[str, bytes]:
    """Return the style, the script and the icon, by the address at which they are published."""
    folder: Path = resources.site_templates() / "static"
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return {f"static/{path.name}": path.read_bytes() for path in files}
