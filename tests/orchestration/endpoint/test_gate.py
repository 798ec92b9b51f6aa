"""Keys, sizes, hosts, and what the log holds."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from orchestration.endpoint.app import create_app
from orchestration.endpoint.gate import KEY_HEADER, MAX_BODY_BYTES
from tests.orchestration.endpoint.conftest import API_KEY, call, open_desk_of

BODY = {"address": "東京都渋谷区道玄坂2-10-7", "postal": "150-0043"}


@pytest.mark.parametrize("key", ["", "wrong", API_KEY[:-1], f"{API_KEY}x", API_KEY.upper()])
def test_without_the_key_nothing_is_answered(client: TestClient, key: str) -> None:
    for path in ("/addresses", "/returns", "/nothing"):
        found = client.post(path, json=BODY, headers={KEY_HEADER: key})
        assert found.status_code == 401
        assert found.headers["www-authenticate"]
        assert KEY_HEADER in found.json()["errors"][0]["message"]


def test_health_and_description_need_no_key(client: TestClient) -> None:
    for path in ("/health", "/openapi.json"):
        assert client.get(path, headers={KEY_HEADER: ""}).status_code == 200


def test_pages_that_load_scripts_from_elsewhere_are_not_there(client: TestClient) -> None:
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404


def test_without_a_key_the_description_asks_for_none(deciding_shop: Path) -> None:
    with call(deciding_shop, api_key=None) as client:
        assert client.post("/addresses", json=BODY).status_code == 200
        assert "securitySchemes" not in client.get("/openapi.json").json()["components"]


@pytest.mark.parametrize("is_told", [True, False])
def test_a_long_body_is_refused_before_it_is_read_whole(
    client: TestClient, *, is_told: bool
) -> None:
    taken = 0

    def send() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield b"x" * 65_536

    body = b"x" * (MAX_BODY_BYTES + 1) if is_told else send()
    found = client.post("/addresses", content=body)
    assert found.status_code == 413
    assert found.json()["errors"][0]["field"] is None


def test_another_host_is_refused(deciding_shop: Path) -> None:
    hosts = frozenset({"127.0.0.1", "localhost", "[::1]"})
    client = TestClient(create_app(open_desk_of(deciding_shop), hosts=hosts))
    answered = {"127.0.0.1:8400": 200, "localhost": 200, "[::1]:8400": 200, "[::1]": 200}
    refused = {"evil.example:8400": 400, "127.0.0.1.evil.example": 400, "": 400}
    for host, status in (answered | refused).items():
        found = client.post("/addresses", json=BODY, headers={"host": host})
        assert (host, found.status_code) == (host, status)


def test_the_log_says_what_was_asked_and_nothing_of_what_it_held(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="kaeru.endpoint"):
        client.post("/addresses", json=BODY)
        client.post("/addresses?who=山田", json={"address": 7, "phone": "090-1234-5678"})
        client.post("/addresses/山田太郎", json=BODY)
        client.post("/returns", json={"order_line_id": "L-山田"})
    lines = [record.getMessage() for record in caplog.records if record.name == "kaeru.endpoint"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "POST /addresses 200",
        "POST /addresses 422",
        "POST - 404",
        "POST /returns 404",
    ]


def test_a_failure_of_ours_says_nothing_of_what_was_sent(
    deciding_shop: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def decide(self, _asked: object) -> None:
            raise RuntimeError("東京都渋谷区")

    desk = open_desk_of(deciding_shop)
    object.__setattr__(desk, "decisions", Broken())
    client = TestClient(create_app(desk), raise_server_exceptions=False)
    found = client.post("/returns", json={})
    assert found.status_code == 500
    assert found.json() == {
        "errors": [{"field": None, "message": "The server failed; nothing was decided."}]
    }
    own = [record.getMessage() for record in caplog.records if record.name == "kaeru.endpoint"]
    assert any("RuntimeError in" in line for line in own)
    assert not any("東京" in line for line in own)
