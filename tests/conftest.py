"""Options of the whole test suite.

``--deep`` runs what takes minutes: tests marked ``deep``, and thousands of examples of each property instead of dozens.
Both ways the examples are derived from the test itself, so a run can be repeated exactly.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_UNMEASURED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("quick", max_examples=25, derandomize=True, deadline=None, database=None)
settings.register_profile(
    "deep",
    max_examples=3000,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=_UNMEASURED,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--deep``."""
    parser.addoption("--deep", action="store_true", help="run the deep tests, and thousands of random examples")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many random examples a property gets."""
    settings.load_profile("deep" if config.getoption("--deep") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave deep tests out unless they were asked for."""
    if config.getoption("--deep"):
        return
    deep = [item for item in items if item.get_closest_marker("deep")]
    if deep:
        config.hook.pytest_deselected(items=deep)
        items[:] = [item for item in items if not item.get_closest_marker("deep")]
