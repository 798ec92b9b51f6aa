"""POST /grades: what becomes of a returned unit, by the published table."""

from __future__ import annotations

import csv

import pytest
from starlette.testclient import TestClient

from tests.orchestration.endpoint.deciding_shops import SHIPPED_DISPOSITIONS


def test_every_row_of_the_table_is_answered_as_it_stands(client: TestClient) -> None:
    with SHIPPED_DISPOSITIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4 * 3 * 4
    for row in rows:
        asked = {
            "grade": row["grade_code"],
            "reason_side": row["reason_side_code"],
            "resolution": row["resolution_code"],
        }
        found = client.post("/grades", json=asked)
        assert found.status_code == 200
        assert found.json() == {
            "stock_action": row["stock_action_code"],
            "refund_ratio": float(row["refund_ratio"]),
            "next_action": row["next_action_code"],
            "message_ja": row["message_ja"],
            "message_en": row["message_en"],
            "version": "v1",
            "as_of": "2026-10-31",
        }


def test_what_nobody_asked_for_is_none(client: TestClient) -> None:
    asked = {"grade": "A", "reason_side": "customer"}
    none = client.post("/grades", json={**asked, "resolution": "none"}).json()
    assert client.post("/grades", json=asked).json() == none


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"grade": "D", "reason_side": "customer"}, "grade"),
        ({"grade": "a", "reason_side": "customer"}, "grade"),
        ({"reason_side": "customer"}, "grade"),
        ({"grade": "A"}, "reason_side"),
        ({"grade": "A", "reason_side": "carrier"}, "reason_side"),
        ({"grade": "A", "reason_side": "customer", "resolution": "gift"}, "resolution"),
    ],
)
def test_a_bad_field_is_named(client: TestClient, body: dict[str, str], field: str) -> None:
    found = client.post("/grades", json=body)
    assert found.status_code == 422
    assert [error["field"] for error in found.json()["errors"]] == [field]
