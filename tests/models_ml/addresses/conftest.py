"""The postal table of the package, read once."""

from __future__ import annotations

import pytest

from models_ml.addresses.postal_index import PostalIndex
from orchestration.postal_data import load_postal_table


@pytest.fixture(scope="session")
def index() -> PostalIndex:
    return PostalIndex(load_postal_table())
