"""The endpoint over a published shop, called without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from orchestration.endpoint.app import create_app
from orchestration.endpoint.deciding import open_decisions
from orchestration.endpoint.gate import KEY_HEADER
from orchestration.endpoint.routes import Desk
from orchestration.postal_data import open_postal_index
from tests.orchestration.endpoint.deciding_shops import publish_deciding_shop

API_KEY = "a-key-of-the-tests-0123456789"


@pytest.fixture(scope="session")
def deciding_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_deciding_shop(tmp_path_factory.mktemp("deciding") / "shop")


def open_desk_of(shop: Path) -> Desk:
    return Desk(index=open_postal_index(), decisions=open_decisions(shop))


def call(shop: Path, *, api_key: str | None = API_KEY) -> TestClient:
    """Return a client that sends the key."""
    app = create_app(open_desk_of(shop), api_key=api_key)
    headers = {KEY_HEADER: api_key} if api_key else {}
    return TestClient(app, headers=headers, raise_server_exceptions=False)


@pytest.fixture
def client(deciding_shop: Path) -> Iterator[TestClient]:
    with call(deciding_shop) as found:
        yield found
