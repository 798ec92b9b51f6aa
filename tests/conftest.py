"""The order in which files are tested: the dearest begin first, so that no worker ends alone.

Files that share what they build (``tests.built_once``) stand apart: the second finds it finished.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parent
DEAREST: Final = (
    "end_to_end/test_real_data.py",
    "orchestration/test_job.py",
    "orchestration/test_metric_tax.py",
    "orchestration/test_metric.py",
    "end_to_end/test_demo_shop.py",
    "warehouse/test_unit_tests.py",
    "dashboards/test_chromium.py",
    "dashboards/test_pages.py",
    "orchestration/test_metric_arithmetic.py",
    "orchestration/test_commands.py",
    "warehouse/test_random_shops.py",
    "warehouse/test_random_taxes.py",
    "warehouse/test_deliveries.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the dearest files first; the order within a file stays."""
    gone = [name for name in DEAREST if not (TESTS / name).exists()]
    if gone:
        raise pytest.UsageError(f"tests/conftest.py names files that are gone: {gone}")
    places = {TESTS / name: place for place, name in enumerate(DEAREST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))
