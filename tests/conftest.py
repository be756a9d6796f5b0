"""Slow tests (real servers, whole processes) run in CI, and elsewhere where `--slow` asks for them.

No example of a property test is timed, for machines are noisy; in CI the examples are always the same.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "corrigenda",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("corrigenda")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the slow tests too (always so where CI is set)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow") or os.environ.get("CI"):
        return
    skip = pytest.mark.skip(reason="slow; --slow runs it")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
