"""The synthetic shop: deterministic, whole, and with the truth that was planted."""

from __future__ import annotations

import gzip
import hashlib
import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orchestration.demo.calendar import SCENARIOS, Scenario
from orchestration.demo.flaws import FLAWS
from orchestration.demo.generate import generate_demo_shop
from orchestration.landing.canonical import load_model

LINES = 6000


def read_entity(shop: Path, entity: str) -> pd.DataFrame:
    frames = []
    for path in sorted((shop / "inbox").glob(f"{entity}-*")):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        encoding = "cp932" if entity in {"targets", "product_actions"} else "utf-8"
        frames.append(pd.read_csv(BytesIO(data), dtype=str, encoding=encoding))
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    generate_demo_shop(folder, lines=LINES, seed=7, scenario="promotion", has_flaws=False)
    return folder


def hash_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate_demo_shop(tmp_path / name, lines=800, seed=3, scenario="flat")
    generate_demo_shop(tmp_path / "c", lines=800, seed=4, scenario="flat")
    first, second, other = (hash_files(tmp_path / name) for name in "abc")
    assert first == second
    assert first != other


def test_the_line_count_is_exact_without_replacements(shop: Path) -> None:
    lines = read_entity(shop, "order_lines")
    assert lines["order_line_id"].is_unique
    assert (~lines["order_line_id"].str.startswith("X")).sum() == LINES


@pytest.mark.parametrize("lines", [1, 2, 37])
def test_tiny_shops_are_whole(tmp_path: Path, lines: int) -> None:
    generate_demo_shop(tmp_path, lines=lines, seed=1, scenario="growth")
    assert len(read_entity(tmp_path, "products")) > 0


def test_every_header_is_canonical(shop: Path) -> None:
    model = load_model()
    for path in (shop / "inbox").iterdir():
        entity = path.name.split("-")[0]
        columns = set(model.entities[entity].columns)
        assert set(read_entity(shop, entity).columns) <= columns, path.name


def test_references_hold(shop: Path) -> None:
    ids = {
        "order_id": set(read_entity(shop, "orders")["order_id"]),
        "order_line_id": set(read_entity(shop, "order_lines")["order_line_id"]),
        "sku": set(read_entity(shop, "products")["sku"]),
        "return_line_id": set(read_entity(shop, "return_requests")["return_line_id"]),
        "shipment_id": set(read_entity(shop, "shipments")["shipment_id"]),
    }
    for entity, column in (
        ("order_lines", "order_id"),
        ("order_lines", "sku"),
        ("shipments", "order_id"),
        ("shipment_lines", "order_line_id"),
        ("delivery_events", "shipment_id"),
        ("return_requests", "order_line_id"),
        ("return_receipts", "return_line_id"),
        ("refunds", "return_line_id"),
        ("exchanges", "return_line_id"),
        ("fit_feedback", "order_line_id"),
    ):
        assert set(read_entity(shop, entity)[column]) <= ids[column], (entity, column)


def test_money_adds_up(shop: Path) -> None:
    orders = read_entity(shop, "orders").dropna(subset=["subtotal"]).set_index("order_id")
    money = orders[["subtotal", "discount", "points_used", "shipping_fee", "total"]].astype(int)
    parts = money["subtotal"] - money["discount"] - money["points_used"] + money["shipping_fee"]
    assert (parts == money["total"]).all()
    lines = read_entity(shop, "order_lines")
    lines = lines[~lines["order_line_id"].str.startswith("X")]
    gross = lines["unit_price"].astype(int) * lines["quantity"].astype(int)
    assert (gross.groupby(lines["order_id"]).sum() == money["subtotal"]).all()


def test_no_order_gets_back_more_than_it_paid(shop: Path) -> None:
    orders = read_entity(shop, "orders").dropna(subset=["subtotal"]).set_index("order_id")
    paid = (
        orders["subtotal"].astype(int)
        - orders["discount"].astype(int)
        - orders["points_used"].astype(int)
    )
    refunds = read_entity(shop, "refunds")
    refunded = refunds["amount"].astype(int).groupby(refunds["order_id"]).sum()
    assert (refunded <= paid.reindex(refunded.index)).all()


def test_nothing_in_the_files_lies_behind_the_last_day(shop: Path) -> None:
    for entity, column in (
        ("orders", "ordered_at"),
        ("shipments", "delivered_at"),
        ("return_requests", "requested_at"),
        ("return_receipts", "restocked_at"),
        ("refunds", "paid_at"),
        ("address_checks", "checked_at"),
    ):
        assert read_entity(shop, entity)[column].dropna().max() < "2026-11-01", entity


def test_truth_holds_the_future(shop: Path) -> None:
    truth = pd.concat(pd.read_parquet(path) for path in sorted((shop / "truth").glob("returns-*")))
    seen = read_entity(shop, "return_requests")
    seen = seen[~seen["order_line_id"].str.startswith("X")]
    assert set(seen["order_line_id"]) < set(truth["order_line_id"])


def test_decisions_are_those_that_were_planted(shop: Path) -> None:
    truth = json.loads((shop / "truth" / "shop.json").read_text("utf-8"))["decisions"]
    requests = read_entity(shop, "return_requests")
    decided = requests[requests["decided_by"].notna()]
    by_person = decided["decided_by"] != "system"
    rule = decided["decision_rule_id"].map({v: k for k, v in truth["rules"].items()})
    wants = rule.map({"approve": "approved", "deny": "denied"})
    against = wants.notna() & (wants != decided["decision"])
    assert against[~by_person].sum() == 0
    assert against.mean() == pytest.approx(truth["override_share"], abs=0.015)
    assert (rule == "review").mean() == pytest.approx(truth["review_share"], abs=0.03)
    assert (against | (rule == "review")).equals(by_person)
    assert decided["review_minutes"].notna().equals(by_person)


def test_a_parcel_brought_back_for_its_address_had_passed_the_check(shop: Path) -> None:
    checks = read_entity(shop, "address_checks")
    events = read_entity(shop, "delivery_events")
    parcels = read_entity(shop, "shipments").set_index("shipment_id")["order_id"]
    back = events[(events["event_type"] == "bring_back") & (events["cause"] == "address")]
    first = checks[checks["method"] == "system"].set_index("order_id")["status"]
    missed = first[first.index.intersection(back["shipment_id"].map(parcels))]
    assert len(missed) > 0
    assert set(missed) == {"ship"}
    assert set(first) == {"ship", "ask", "correct"}
    asked = checks[checks["status"] == "resolved"]["order_id"]
    assert set(asked) <= set(first[first == "ask"].index)


def test_planted_skus_come_back_more_often(tmp_path: Path) -> None:
    generate_demo_shop(tmp_path, lines=60_000, seed=5, scenario="flat")
    skus = pd.read_parquet(tmp_path / "truth" / "skus.parquet").set_index("sku")
    lines = read_entity(tmp_path, "order_lines")
    shipments = read_entity(tmp_path, "shipments")
    arrived = shipments[(shipments["kind"] == "original") & (shipments["delivered_at"] < "2026-10")]
    style = lines["sku"].str.split("-").str[0]
    is_alone = lines.groupby([lines["order_id"], style])["sku"].transform("nunique") == 1
    lines = lines[lines["order_id"].isin(arrived["order_id"]) & is_alone]
    truth = pd.concat(
        pd.read_parquet(path) for path in sorted((tmp_path / "truth").glob("returns-*"))
    )
    returned = lines["order_line_id"].isin(truth["order_line_id"]).to_numpy()
    expected = skus["true_return_probability"].reindex(lines["sku"]).to_numpy()
    is_bad = skus["is_planted_bad"].reindex(lines["sku"]).to_numpy(bool)
    # One fixed seed: the slack is the noise of that draw.
    for group in (is_bad, ~is_bad):
        assert returned[group].mean() == pytest.approx(expected[group].mean(), rel=0.06)
    assert returned[is_bad].mean() > 1.8 * returned[~is_bad].mean()


def test_a_style_fails_the_customers_that_the_truth_names_and_no_others(tmp_path: Path) -> None:
    generate_demo_shop(tmp_path, lines=60_000, seed=5, scenario="flat")
    failing = pd.read_parquet(tmp_path / "truth" / "segments.parquet").set_index("style_id")
    assert set(failing["dimension"]) == {"height_band", "usual_size"}
    styles = pd.read_parquet(tmp_path / "truth" / "styles.parquet").set_index("style_id")
    assert set(styles.loc[failing.index, "misfit"]) == {"none"}
    lines = read_entity(tmp_path, "order_lines").assign(
        style_id=lambda rows: rows["sku"].str.split("-").str[0]
    )
    lines = lines[lines["style_id"].isin(failing.index)].reset_index(drop=True)
    orders = read_entity(tmp_path, "orders").drop_duplicates("order_id").set_index("order_id")
    customers = read_entity(tmp_path, "customers").set_index("customer_id")
    buyer = customers.reindex(orders["customer_id"].reindex(lines["order_id"]).to_numpy())
    said = failing.loc[lines["style_id"]]
    its = np.where(said["dimension"] == "height_band", buyer["height_band"], buyer["usual_size"])
    is_failed = its == said["value"].to_numpy()
    truth = pd.concat(
        pd.read_parquet(path) for path in sorted((tmp_path / "truth").glob("returns-*"))
    ).set_index("order_line_id")["reason_code"]
    reason = truth.reindex(lines["order_line_id"]).to_numpy()
    wrong = np.where(said["direction"] == "small", "FIT.SMALL", "FIT.LARGE")
    rates = [(reason[of] == wrong[of]).mean() for of in (is_failed, ~is_failed)]
    assert rates[0] > 3 * rates[1]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenarios_shape_the_sales(tmp_path: Path, scenario: Scenario) -> None:
    generate_demo_shop(tmp_path, lines=8000, seed=2, scenario=scenario)
    days = pd.to_datetime(read_entity(tmp_path, "orders")["ordered_at"], errors="coerce").dropna()
    months = days.dt.to_period("M").value_counts().sort_index()
    ratio = months.iloc[-3:].mean() / months.iloc[:3].mean()
    assert (ratio > 1.8) == (scenario == "growth")
    facts = json.loads((tmp_path / "truth" / "shop.json").read_text("utf-8"))
    assert facts["is_synthetic"] is True
    assert (facts["policy_change"] is not None) == (scenario == "policy_change")


def test_promotion_triples_its_days(shop: Path) -> None:
    days = pd.to_datetime(read_entity(shop, "orders")["ordered_at"]).dt.date.astype(str)
    during = days.between("2026-10-07", "2026-10-16").sum() / 10
    before = days.between("2026-09-01", "2026-09-30").sum() / 30
    assert during > 2 * before


def test_flaws_are_written_and_listed(tmp_path: Path) -> None:
    generate_demo_shop(tmp_path, lines=500, seed=1, scenario="flat")
    listed = json.loads((tmp_path / "truth" / "shop.json").read_text("utf-8"))["file_flaws"]
    assert len(listed) == len(FLAWS) > 0
    for entity, column, value, _ in FLAWS:
        assert value in set(read_entity(tmp_path, entity)[column]), entity


def test_impossible_arguments_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lines=0"):
        generate_demo_shop(tmp_path, lines=0, seed=1, scenario="flat")


def test_only_an_effective_action_lowers_the_rate_of_its_style(tmp_path: Path) -> None:
    generate_demo_shop(tmp_path, lines=60_000, seed=5, scenario="flat")
    actions = pd.read_parquet(tmp_path / "truth" / "actions.parquet").set_index("style_id")
    rows = read_entity(tmp_path, "product_actions")
    assert rows["action_id"].tolist() == actions["action_id"].tolist()
    orders = read_entity(tmp_path, "orders").set_index("order_id")["ordered_at"]
    lines = read_entity(tmp_path, "order_lines")
    lines["style_id"] = lines["sku"].str.split("-").str[0]
    day = pd.to_datetime(lines["order_id"].map(orders).str[:10], errors="coerce")
    acted = lines.join(actions, on="style_id", how="inner")
    acted["is_after"] = day[acted.index] >= pd.to_datetime(acted["effective_from"])
    truth = pd.concat(
        pd.read_parquet(path) for path in sorted((tmp_path / "truth").glob("returns-*"))
    )
    acted["is_returned"] = acted["order_line_id"].isin(truth["order_line_id"])
    found = acted.groupby(["is_effective", "is_after"])["is_returned"].agg(["mean", "std", "count"])
    rate, error = found["mean"], found["std"] / found["count"] ** 0.5
    # One fixed seed: three standard errors of that draw.
    assert rate[True, True] < rate[True, False] - 0.08
    assert rate[False, True] == pytest.approx(rate[False, False], abs=3 * error[False, True])
