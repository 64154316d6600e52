"""Finds the data files that ship with Watchbill: site templates, JSON Schemas, rule pages.

In a wheel the templates lie in ``watchbill/site_templates``; in a checkout in the top-level ``site_templates``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def site_templates() -> Path:
    """Return the folder of the site's templates and static files.

    Raises ``FileNotFoundError`` if the installation is incomplete.
    """
    for folder in (PACKAGE / "site_templates", PACKAGE.parents[1] / "site_templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("this installation of Watchbill lacks its site_templates folder; install it again")


def schema_folder() -> Path:
    """Return the folder of the JSON Schemas, one file per kind."""
    return PACKAGE / "model" / "schemas"


def starter_folder() -> Path:
    """Return the folder of the example repository that ``watchbill init`` writes."""
    return PACKAGE / "starter"


def rule_page_file(family: str, name: str) -> Path:
    """Return the Markdown page of a rule, which lies beside its module."""
    return PACKAGE / "checks" / family / f"{name}.md"
