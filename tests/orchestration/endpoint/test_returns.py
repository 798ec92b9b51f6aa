"""POST /returns: decided by the published rules, of what is told and what is known."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from orchestration.endpoint.deciding import open_decisions
from orchestration.endpoint.return_records import ReturnAsked
from orchestration.folder import ShopFolder
from tests.orchestration.endpoint.conftest import call
from tests.orchestration.endpoint.deciding_shops import publish_deciding_shop, publish_rules
from tests.orchestration.small_shops import make_small_shop

# Delivered on 2026-09-04: 30 days later, and one more.
R_1 = {"return_line_id": "R-1", "requested_at": "2026-09-10T10:00:00+09:00"}
LAST_DAY = "2026-10-04T23:59:59+09:00"
TOO_LATE = "2026-10-05T00:00:00+09:00"


def ask(client: TestClient, **body: Any) -> dict[str, Any]:
    found = client.post("/returns", json=body)
    assert found.status_code == 200, found.text
    return dict(found.json())


def test_an_order_line_and_a_reason_are_enough(client: TestClient) -> None:
    found = ask(client, order_line_id="plain", reason_code="size_small", requested_at=LAST_DAY)
    assert (found["effect"], found["rule_id"], found["cause"]) == ("approve", "in-window", "rule")
    assert found["resolutions"] == ["refund", "exchange", "credit"]
    assert (found["shipping_payer"], found["reason"]) == ("customer", "in_window")
    assert (found["day_basis"], found["counted_days"], found["is_estimated"]) == (
        *("delivered", 30),
        False,
    )
    assert "返送料" in found["message_ja"]
    assert "you pay" in found["message_en"]
    assert (found["version"], found["as_of"], found["policy_version"]) == ("v1", "2026-10-31", "1")


def test_what_can_be_offered_instead_of_money_is_ranked(client: TestClient) -> None:
    told = {"order_line_id": "plain", "requested_at": LAST_DAY}
    offers = ask(client, reason_code="size_small", **told)["offers"]
    # Half of 4,001 paid, up, less goods and freight, less a quarter of 1,000, and 300 saved.
    larger = {"available": 1, "accept_probability": 0.5, "profit_amount": 2001 - 1500 - 250 + 300}
    assert offers[0] == {
        **{"rank": 1, "kind": "next_size", "sku": "shirt-l", "reason": "one_size_larger"},
        **{**larger, "expected_profit_amount": 276},
    }
    assert [offer["kind"] for offer in offers] == ["next_size", "credit"]
    colours = ask(client, reason_code="LOOK.COLOR", **told)["offers"]
    assert [offer["sku"] for offer in colours] == ["shirt-blue", None]
    told_net = ask(client, reason_code="size_small", net_amount=5001, **told)["offers"]
    assert told_net[0]["profit_amount"] == 5001 - 1500 - 250 + 300


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({"is_holdout": True}, []),
        ({"requested_at": TOO_LATE}, []),
        ({"quantity": 2, "return_line_id": "R-1"}, ["credit"]),
        ({"is_policy_shown": False}, ["next_size", "credit"]),
        ({"is_policy_shown": False, "requested_at": "2026-09-11T12:00:00+09:00"}, []),
        ({"sku": "socks", "is_hygiene": False}, ["credit"]),
    ],
)
def test_what_is_denied_or_held_out_is_offered_nothing(
    client: TestClient, told: dict[str, Any], kinds: list[str]
) -> None:
    asked = {"order_line_id": "plain", "reason_code": "size_small", "requested_at": LAST_DAY}
    found = ask(client, **{**asked, **told})
    assert [offer["kind"] for offer in found["offers"]] == kinds


def test_a_day_too_late_the_nearest_rule_says_what_it_missed(client: TestClient) -> None:
    found = ask(client, order_line_id="plain", requested_at=TOO_LATE)
    assert (found["effect"], found["rule_id"]) == ("deny", "out-of-window")
    assert (found["nearest_rule_id"], found["missed"]) == ("in-window", "too_late")


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"order_line_id": "member"}, "gold-in-window"),
        ({"order_line_id": "member", "member_tier": "silver"}, "in-window"),
        ({"order_line_id": "hidden"}, "statutory-late"),
        ({"order_line_id": "hidden", "is_policy_shown": True}, "in-window"),
        ({"order_line_id": "socks"}, "hygiene"),
        ({"order_line_id": "socks", "reason_code": "damaged"}, "merchant-in-window"),
        ({"order_line_id": "socks", "is_hygiene": False}, "sale-otherwise"),
        ({"order_line_id": "plain", "is_worn": True}, "ask-a-person"),
        ({"order_line_id": "plain", "is_gift": True}, "gift-in-window"),
        ({"order_line_id": "plain", "returns_90d": 11}, "ask-a-person"),
        ({"order_line_id": "plain", "reason_code": "defect"}, "merchant-in-window"),
        (
            {"order_line_id": "plain", "reason_code": "defect", "reason_side": "customer"},
            "in-window",
        ),
        ({"ordered_at": "2026-09-01", "delivered_at": "2026-09-04"}, "in-window"),
        ({"ordered_at": "2026-09-01", "sku": "sample"}, "final-sale"),
        ({"ordered_at": "2026-09-01", "sku": "socks"}, "hygiene"),
        ({"ordered_at": "2026-09-01", "delivered_at": "2026-09-03"}, "out-of-window"),
    ],
)
def test_what_is_told_stands_before_what_is_known(
    client: TestClient, told: dict[str, Any], rule: str
) -> None:
    assert ask(client, requested_at=LAST_DAY, **told)["rule_id"] == rule


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({}, "no_order"),
        ({"sku": "shirt"}, "no_order"),
        ({"order_line_id": "plain", "requested_at": "2026-08-31T23:59:59+09:00"}, "before_order"),
        ({"order_line_id": "plain", "quantity": 2}, "too_many_units"),
        ({**R_1, "order_line_id": "plain", "quantity": 2}, "rule"),
        (
            {**R_1, "return_line_id": "R-2", "order_line_id": "plain", "quantity": 2},
            "too_many_units",
        ),
        ({"order_line_id": "plain", "quantity": 2, "ordered_quantity": 3}, "rule"),
        ({"order_line_id": "member", "quantity": 2}, "too_many_units"),
        ({"order_line_id": "plain", "policy_id": "other"}, "no_version"),
        ({"ordered_at": "1989-12-31"}, "no_version"),
        ({"ordered_at": "0001-01-01", "requested_at": "9999-12-31T23:59:59Z"}, "no_version"),
    ],
)
def test_what_no_rule_can_judge_goes_to_a_person(
    client: TestClient, told: dict[str, Any], cause: str
) -> None:
    found = ask(client, **{"requested_at": LAST_DAY, **told})
    assert found["cause"] == cause
    assert cause == "rule" or (found["effect"], found["rule_id"]) == ("review", None)


@pytest.mark.parametrize(
    ("told", "day", "count"),
    [
        ({"order_line_id": "member"}, "2026-12-03", 1),
        ({"customer_id": "Ｃ-2"}, "2026-12-03", 1),
        ({"customer_id": "C-2"}, "2026-12-02", 2),
        ({"customer_id": "C-9"}, "2026-12-03", 0),
        ({"order_line_id": "member", "returns_90d": 7}, "2026-12-03", 7),
        # Those of the same day do not count.
        ({"customer_id": "C-1"}, "2026-09-10", 0),
        ({"customer_id": "C-1"}, "2026-09-11", 1),
    ],
)
def test_returns_of_90_days_are_counted_by_customer(
    client: TestClient, told: dict[str, Any], day: str, count: int
) -> None:
    assert ask(client, requested_at=f"{day}T12:00:00+09:00", **told)["returns_90d"] == count


def test_json_has_one_kind_of_number(client: TestClient) -> None:
    found = ask(client, order_line_id="plain", quantity=2.0, ordered_quantity=2, returns_90d=3.0)
    assert (found["cause"], found["returns_90d"]) == ("too_many_units", 3)


def test_an_unknown_day_of_delivery_is_reckoned_and_said(client: TestClient) -> None:
    found = ask(client, ordered_at="2026-09-02", requested_at=LAST_DAY)
    assert (found["rule_id"], found["counted_days"], found["is_estimated"]) == (
        *("in-window", 30),
        True,
    )
    found = ask(client, ordered_at="2026-09-01", requested_at=LAST_DAY)
    assert (found["effect"], found["missed"]) == ("deny", "too_late")


def test_days_are_the_shops(client: TestClient) -> None:
    told = {"ordered_at": "2026-09-01", "delivered_at": "2026-09-03T15:00:00Z"}
    assert ask(client, requested_at="2026-10-04T14:59:59Z", **told)["counted_days"] == 30
    assert ask(client, requested_at="2026-10-04T15:00:00Z", **told)["effect"] == "deny"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"order_line_id": "nobody's"}, "order_line_id"),
        ({"sku": "nothing"}, "sku"),
        ({"reason_code": "whim"}, "reason_code"),
    ],
)
def test_what_nothing_is_known_of_is_named(
    client: TestClient, told: dict[str, str], field: str
) -> None:
    found = client.post("/returns", json=told)
    assert found.status_code == 404
    assert [error["field"] for error in found.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", 0),
        ("quantity", "1"),
        ("quantity", 1.5),
        ("quantity", True),
        ("quantity", 10**30),
        ("is_worn", "true"),
        ("is_worn", 1),
        ("reason_side", "ours"),
        ("requested_at", "2026-10-04"),
        ("requested_at", "2026-10-04T10:00:00"),
        ("requested_at", 1790000000),
        ("requested_at", "1790000000"),
        ("ordered_at", "2026-02-30"),
        ("ordered_at", "26/2/3"),
        ("delivered_at", 0),
        ("returns_90d", -1),
        ("order_line_id", "x" * 201),
        ("order_id", "A1"),
    ],
)
def test_a_bad_field_is_named(client: TestClient, field: str, value: object) -> None:
    found = client.post("/returns", json={field: value})
    assert found.status_code == 422
    assert {error["field"] for error in found.json()["errors"]} == {field}


def test_before_anything_is_published_it_says_so(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    with call(shop) as client:
        assert client.post("/returns", json={}).status_code == 503
        assert client.post("/addresses", json={"address": "東京都"}).status_code == 200
        publish_rules(shop, version="v1")
        assert ask(client)["version"] == "v1"


def test_it_moves_to_the_next_version_and_stays_where_that_cannot_be_read(tmp_path: Path) -> None:
    shop = publish_deciding_shop(tmp_path / "shop")
    told = {"order_line_id": "plain", "requested_at": LAST_DAY}
    with call(shop) as client:
        assert ask(client, **told)["effect"] == "approve"
        publish_rules(shop, version="v2", effect="review")
        moved = ask(client, **told)
        assert (moved["version"], moved["effect"]) == ("v2", "review")
        pointer = ShopFolder(shop).pointer
        pointer.write_text(pointer.read_text().replace("wh-v2", "wh-v3"), encoding="utf-8")
        assert ask(client, **told)["version"] == "v2"


def test_no_request_fails_while_versions_are_published(tmp_path: Path) -> None:
    shop = publish_deciding_shop(tmp_path / "shop", version="v00")
    decisions = open_decisions(shop)
    seen: list[str] = []

    async def keep_asking() -> None:
        asked = ReturnAsked(order_line_id="plain", requested_at=LAST_DAY)  # type: ignore[arg-type]
        publishing = asyncio.create_task(asyncio.to_thread(publish_all))
        while not publishing.done():
            answers = await asyncio.gather(*(decisions.decide(asked) for _ in range(5)))
            seen.extend(answer.version for answer in answers)
        await publishing
        seen.append((await decisions.decide(asked)).version)

    def publish_all() -> None:
        for number in range(1, 8):
            publish_rules(shop, version=f"v{number:02}")

    asyncio.run(keep_asking())
    assert seen == sorted(seen)
    assert seen[-1] == "v07"
    assert len(set(seen)) > 2
