"""POST /addresses: the record of the command line, and a lane for whatever is typed."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from orchestration.cli import app

SHIBUYA = "東京都渋谷区道玄坂2-10-7"


@pytest.mark.parametrize(
    ("postal", "address"),
    [("150-0043", SHIBUYA), ("150-0044", SHIBUYA), ("150-0043", "東京都渋谷区道玄坂")],
)
def test_the_record_is_that_of_the_command_line(
    client: TestClient, postal: str, address: str
) -> None:
    found = client.post("/addresses", json={"address": address, "postal": postal})
    assert found.status_code == 200
    done = CliRunner().invoke(app, ["address", "--postal", postal, address, "--json"])
    assert found.json() == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("body", "lane"),
    [
        ({"address": "350 Fifth Avenue, New York", "postal": "10118"}, "not_checked"),
        ({"address": SHIBUYA, "postal": "1500043", "country": "US"}, "not_checked"),
        ({"address": ""}, "ask"),
        ({"address": "", "postal": ""}, "ask"),
        ({"address": SHIBUYA * 143, "postal": "1500043"}, "ask"),
        ({"address": "🏠🎁👨‍👩‍👧‍👦"}, "ask"),
        ({"address": "🏠" * 2000, "postal": "1500043"}, "ask"),
        ({"address": f"{SHIBUYA} 大阪府大阪市北区梅田1-1-1", "postal": "1500043"}, "ask"),
        ({"address": "\x00東京都\x00", "postal": "\x00"}, "ask"),
        ({"address": "'; drop table addresses; --"}, "not_checked"),
    ],
)
def test_whatever_is_typed_has_a_lane(client: TestClient, body: dict[str, str], lane: str) -> None:
    found = client.post("/addresses", json=body)
    assert (found.status_code, found.json()["lane"]) == (200, lane)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "address"),
        ({"address": None}, "address"),
        ({"address": 7}, "address"),
        ({"address": "x" * 4001}, "address"),
        ({"address": SHIBUYA, "postal": 1500043}, "postal"),
        ({"address": SHIBUYA, "postal": "1" * 201}, "postal"),
        ({"address": SHIBUYA, "adress": SHIBUYA}, "adress"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_repeated(
    client: TestClient, body: dict[str, object], field: str
) -> None:
    found = client.post("/addresses", json=body)
    assert found.status_code == 422
    assert [error["field"] for error in found.json()["errors"]] == [field]
    assert SHIBUYA not in found.text


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b'{"address": NaN}', b"[" * 60_000]
)
def test_a_body_that_is_none_is_refused(client: TestClient, body: bytes) -> None:
    found = client.post("/addresses", content=body, headers={"content-type": "application/json"})
    assert found.status_code in {400, 422}
    assert found.json()["errors"]


def test_half_a_sign_is_no_text(client: TestClient) -> None:
    for body in (rb'{"address": "\ud83c"}', rb'{"address": "x", "\ud83c": 1}'):
        found = client.post(
            "/addresses", content=body, headers={"content-type": "application/json"}
        )
        assert found.status_code == 422
