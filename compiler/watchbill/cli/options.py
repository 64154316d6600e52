"""The options that mean the same in several commands, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., object])
Option = Callable[[Any], Any]
"""A decorator that adds an option or an argument to a command."""


def added(function: Decorated, *options: Option) -> Decorated:
    """Add options to a command, in the order in which its help lists them."""
    for option in reversed(options):
        function = option(function)
    return function


def directory(verb: str = "read") -> Option:
    """Return the option that names the repository, for commands that take other arguments."""
    return click.option(
        "-C",
        "--directory",
        type=click.Path(path_type=Path, readable=False),
        default=".",
        help=f"The repository to {verb}; the current folder if not given.",
    )


path_prefix = click.option(
    "--path-prefix",
    "prefix",
    metavar="FOLDER",
    default="",
    help="The folder of DIRECTORY in its git repository, put before every path.",
)


def table_format(written: str) -> Option:
    """Return the option that says how a table is written; ``written`` names the table, as in ``the report``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json", "markdown"]),
        default="table",
        help=f"How {written} is written.",
    )
