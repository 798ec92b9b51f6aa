"""Offers, notices, advice and the rules of returns of the synthetic shop are what was planted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from orchestration.demo import offering
from orchestration.demo.generate import generate_demo_shop
from orchestration.policy_rules import load_policy_rules
from tests.orchestration.demo.test_generate import read_entity

LINES = 20_000
OFFERED = ["exchange_offered_at", "offered_sku"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offers")
    generate_demo_shop(folder, lines=LINES, seed=5, scenario="policy_change", has_flaws=False)
    return folder


def read_truth(shop: Path, name: str) -> Any:
    return json.loads((shop / "truth" / "shop.json").read_text("utf-8"))[name]


def test_most_requests_are_offered_another_variant_of_their_style(shop: Path) -> None:
    requests = read_entity(shop, "return_requests")
    bought = read_entity(shop, "order_lines").set_index("order_line_id")["sku"]
    styles = read_entity(shop, "products").set_index("sku")["style_id"]
    is_offered = requests["exchange_offered_at"].notna()
    assert is_offered.equals(requests["offered_sku"].notna())
    offered = requests[is_offered]
    assert set(offered["request_channel"]) == {"web"}
    assert set(offered["decision"]) == {"approved"}
    assert set(offered["is_holdout"]) == {"false"}
    own = bought.reindex(offered["order_line_id"])
    assert (own.to_numpy() != offered["offered_sku"].to_numpy()).all()
    assert list(styles.reindex(own)) == list(styles.reindex(offered["offered_sku"]))
    assert (offered["exchange_offered_at"] > offered["requested_at"]).all()
    assert is_offered.mean() > 0.6
    held = requests["is_holdout"] == "true"
    truth = read_truth(shop, "offers")
    assert held.mean() == pytest.approx(truth["holdout_share"], abs=0.02)


def test_a_control_group_changes_nothing_but_its_own_rows(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "HOLDOUT_SHARE", 0.0)
    arguments: dict[str, Any] = {"lines": LINES, "seed": 5, "scenario": "policy_change"}
    generate_demo_shop(tmp_path, **arguments, has_flaws=False)
    requests = read_entity(shop, "return_requests")
    held = set(requests.loc[requests["is_holdout"] == "true", "order_line_id"])
    names = {path.name.split("-")[0] for path in (tmp_path / "inbox").iterdir()}
    changed = set()
    for entity in sorted(names):
        ours, theirs = (read_entity(folder, entity) for folder in (shop, tmp_path))
        columns = [name for name in ours if name not in (*OFFERED, "is_holdout")]
        both = pd.concat([ours[columns], theirs[columns]])
        differing = both[~both.duplicated(keep=False)]
        if len(differing):
            changed.add(entity)
            key = next(name for name in KEYS if name in differing)
            lines = differing[key].str.replace(r"^[A-Z]+-?(?=L)", "", regex=True)
            assert set(lines) <= held, entity
    # A replacement that is not sent is a refund, without an order, a parcel and a second return.
    assert changed == {
        *("return_requests", "refunds", "bank_payouts", "exchanges"),
        *("orders", "order_lines", "shipments"),
    }


# What ends in the number of the order line that a replacement or a refund is about.
KEYS = (
    *("refund_id", "exchange_id", "payout_id", "return_line_id", "shipment_id"),
    *("order_line_id", "order_id"),
)


def test_notices_and_advice_are_as_often_as_planted(shop: Path) -> None:
    parcels = read_entity(shop, "shipments")
    parcels = parcels[parcels["kind"] == "original"].set_index("shipment_id")
    events = read_entity(shop, "delivery_events")
    contacts = read_entity(shop, "contacts")
    asked = set(contacts.loc[contacts["topic"] == "delivery", "order_id"])
    is_troubled = parcels.index.isin(events["shipment_id"]) | parcels["order_id"].isin(asked)
    told, truth = parcels["notice_sent_at"].notna(), read_truth(shop, "notices")
    assert told[~is_troubled].mean() == pytest.approx(truth["notified_share"], abs=0.01)
    assert told[is_troubled].mean() == pytest.approx(truth["notified_share_of_troubled"], abs=0.05)
    assert (parcels["notice_sent_at"] > parcels["shipped_at"])[told].all()
    lines = read_entity(shop, "order_lines")
    label = read_entity(shop, "products").set_index("sku")["size_label"].reindex(lines["sku"])
    advised, planted = lines["advised_size_label"], read_truth(shop, "size_advice")
    has_advice = advised.notna().to_numpy()
    assert set(label[has_advice]) & {"FREE"} == set()
    is_sized = (label != "FREE").to_numpy() & ~lines["order_line_id"].str.startswith("X").to_numpy()
    assert has_advice[is_sized].mean() == pytest.approx(planted["advised_share"], abs=0.02)
    followed = (advised.to_numpy() == label.to_numpy())[has_advice]
    reasons = pd.concat(pd.read_parquet(p) for p in sorted((shop / "truth").glob("returns-*")))
    misfits = set(reasons.loc[reasons["reason_code"].str.startswith("FIT"), "order_line_id"])
    is_misfit = lines["order_line_id"].isin(misfits).to_numpy()[has_advice]
    assert followed[~is_misfit].mean() == pytest.approx(planted["followed_share"], abs=0.02)
    share = planted["followed_share_of_size_returns"]
    assert followed[is_misfit].mean() == pytest.approx(share, abs=0.08)


def test_a_changed_policy_is_a_table_of_two_versions(shop: Path, tmp_path: Path) -> None:
    rules = load_policy_rules(shop)
    change = read_truth(shop, "policy_change")
    periods = {(rule["policy_id"], rule["version"]): rule["valid_from"] for rule in rules}
    assert periods == {
        ("standard", "1"): "1990-01-02",
        ("standard", "2"): change["orders_from"],
        ("longer_window", "2"): change["orders_from"],
    }
    windows = {
        (rule["policy_id"], rule["version"]): rule["max_days"]
        for rule in rules
        if rule["rule_id"] == "in-window"
    }
    assert windows == {
        ("standard", "1"): "30",
        ("standard", "2"): str(change["window_days"]),
        ("longer_window", "2"): str(change["window_days"]),
    }
    orders = read_entity(shop, "orders")
    named = set(orders["policy_id"].dropna())
    assert named == {policy for policy, _ in periods}
    requests = read_entity(shop, "return_requests")
    assert set(requests["policy_version"].dropna()) == {"1", "2"}
    generate_demo_shop(tmp_path, lines=100, seed=5, scenario="flat")
    assert load_policy_rules(tmp_path) == ()
