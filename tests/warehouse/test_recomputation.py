"""Every core mart and report against the same answer computed without SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from tests.warehouse.hand_written import SOURCES
from tests.warehouse.landed_facts import ARRIVED
from tests.warehouse.landed_shop import LandedShop, Row
from tests.warehouse.recomputation import Recomputation

pytestmark = [pytest.mark.dbt]

MEASURES = [
    "delivered_count",
    "delivered_net_amount",
    "requested_count",
    "returned_count",
    "returned_net_amount",
]


@pytest.fixture(scope="module")
def expected(entities: Mapping[str, Sequence[Row]]) -> Recomputation:
    return Recomputation(entities, sources=SOURCES)


@pytest.fixture(scope="module")
def lines(expected: Recomputation) -> pd.DataFrame:
    return expected.frame_order_lines()


@pytest.fixture(scope="module")
def returns(expected: Recomputation) -> pd.DataFrame:
    frame = expected.frame_return_lines()
    return frame[frame["is_product_return"]]


@pytest.fixture(scope="module")
def products(shop: LandedShop) -> pd.DataFrame:
    return shop.read("dim_products")


def assert_same(found: pd.DataFrame, expected: pd.DataFrame, *, by: list[str]) -> None:
    """Compare the columns of the expectation, whatever the order and the integer types."""
    columns = list(expected.columns)
    frames = []
    for frame in (found, expected):
        plain = frame[columns].astype(object)
        for column in columns:
            if column.endswith("_date"):
                plain[column] = pd.to_datetime(plain[column]).dt.strftime("%Y-%m-%d")
            elif column.endswith(("_count", "_amount")) or column.startswith("days_"):
                plain[column] = pd.to_numeric(plain[column]).astype("float64")
        plain = plain.astype(object).where(plain.notna(), None)
        frames.append(plain.sort_values(by, na_position="last").reset_index(drop=True))
    pd.testing.assert_frame_equal(frames[0], frames[1], check_dtype=False)


def sold(lines: pd.DataFrame) -> pd.DataFrame:
    """What product rates see: no replacements, and returns only of what arrived."""
    frame = lines[~lines["is_exchange_leg"]].copy()
    arrived = frame["delivery_state_code"].isin(ARRIVED)
    for column in ("requested_count", "returned_count", "returned_net_amount"):
        frame[column] = frame[column].where(arrived, 0)
    return frame


def test_order_lines(shop: LandedShop, lines: pd.DataFrame) -> None:
    assert len(lines) > 600
    assert set(lines["delivery_state_code"]) == {
        "delivered",
        "delivered_unknown_day",
        "in_transit",
        "not_delivered",
        "cancelled",
    }
    assert_same(shop.read("fct_order_lines"), lines, by=["order_line_id"])


def test_return_lines(shop: LandedShop, expected: Recomputation) -> None:
    found = shop.read("fct_return_lines")
    frame = expected.frame_return_lines()
    assert len(frame) > 200
    assert_same(found[found["has_request"]], frame, by=["return_line_id"])
    without_request = found.loc[~found["has_request"], "return_line_id"].tolist()
    assert sorted(without_request) == expected.list_unrequested()
    assert "without-request" in without_request


def test_sku_returns(shop: LandedShop, lines: pd.DataFrame, returns: pd.DataFrame) -> None:
    cohort = sold(lines).groupby(["sku", "channel_name"])[[*MEASURES, "in_transit_count"]].sum()
    event = (
        returns.groupby(["sku", "channel_name"])["returned_count"]
        .sum()
        .rename("event_returned_count")
    )
    wanted = cohort.join(event, how="outer").fillna(0)
    totals = wanted.groupby("sku")[["event_returned_count", "delivered_count"]].sum()
    is_over = totals["event_returned_count"] > totals["delivered_count"]
    wanted = wanted.reset_index()
    wanted["is_over_returned"] = wanted["sku"].map(is_over)
    assert wanted["is_over_returned"].any()
    assert_same(shop.read("rpt_sku_returns"), wanted, by=["sku", "channel_name"])


def test_sku_return_days(shop: LandedShop, lines: pd.DataFrame, returns: pd.DataFrame) -> None:
    arrived = sold(lines)
    arrived = arrived[arrived["delivery_state_code"].isin(ARRIVED)]
    keys = ["sku", "channel_name", "calendar_date"]
    cohort = (
        arrived.rename(columns={"delivered_date": "calendar_date"})
        .groupby(keys, dropna=False)[MEASURES]
        .sum()
    )
    deliveries = cohort[["delivered_count", "delivered_net_amount"]]
    events = (
        returns[returns["sku"].notna()]
        .rename(columns={"event_date": "calendar_date"})
        .groupby(keys, dropna=False)[["requested_count", "returned_count", "returned_net_amount"]]
        .sum()
    )
    event = pd.concat([deliveries, events]).groupby(keys, dropna=False).sum()
    found = shop.read("rpt_sku_return_days")
    for basis, wanted in (("cohort", cohort), ("event", event)):
        mine = found[found["date_basis_code"] == basis]
        assert_same(mine, wanted.reset_index(), by=keys)


def test_styles_weeks_and_sizes(
    shop: LandedShop, lines: pd.DataFrame, products: pd.DataFrame
) -> None:
    frame = sold(lines).merge(products[["sku", "style_id", "size_label", "colour_name"]], on="sku")
    styles = frame.groupby("style_id")[MEASURES].sum().reset_index()
    found = shop.read("rpt_style_returns").groupby("style_id")[MEASURES].sum().reset_index()
    assert_same(found[found["style_id"].isin(styles["style_id"])], styles, by=["style_id"])

    frame["size_label"] = frame["size_label"].fillna("unknown")
    frame["colour_name"] = frame["colour_name"].fillna("unknown")
    keys = ["style_id", "size_label", "colour_name"]
    sizes = frame.groupby(keys)[MEASURES].sum().reset_index()
    assert_same(shop.read("rpt_style_sizes"), sizes, by=keys)

    arrived = frame[frame["delivery_state_code"].isin(ARRIVED)].copy()
    days = pd.to_datetime(arrived["delivered_date"])
    arrived["week_start_date"] = days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    keys = ["style_id", "channel_name", "week_start_date"]
    weeks = arrived.groupby(keys, dropna=False)[MEASURES].sum().reset_index()
    assert_same(shop.read("rpt_style_return_weeks"), weeks, by=keys)


def test_categories(shop: LandedShop, lines: pd.DataFrame, products: pd.DataFrame) -> None:
    frame = sold(lines)
    frame = frame[frame["delivery_state_code"].isin(ARRIVED)]
    frame = frame.merge(products[["sku", "category_name"]], on="sku")
    frame["category_name"] = frame["category_name"].fillna("unknown")
    frame = frame.rename(columns={"delivered_date": "calendar_date"})
    keys = ["category_name", "channel_name", "calendar_date"]
    wanted = frame.groupby(keys, dropna=False)[MEASURES].sum().reset_index()
    found = shop.read("rpt_category_return_days")
    assert_same(found[found["date_basis_code"] == "cohort"], wanted, by=keys)


def test_reasons(shop: LandedShop, returns: pd.DataFrame, products: pd.DataFrame) -> None:
    frame = returns.merge(products[["sku", "style_id"]], on="sku")
    frame["reason_code"] = frame["reason_code"].fillna("not_given")
    keys = ["style_id", "reason_code"]
    columns = ["requested_count", "returned_count", "returned_net_amount"]
    wanted = frame.groupby(keys)[columns].sum().reset_index()
    found = shop.read("rpt_style_reasons").groupby(keys)[columns].sum().reset_index()
    assert_same(found, wanted, by=keys)


def test_bracketing(shop: LandedShop, lines: pd.DataFrame, products: pd.DataFrame) -> None:
    columns = ["sku", "style_id", "size_label", "colour_name"]
    frame = lines[~lines["is_exchange_leg"]].merge(products[columns], on="sku")
    ordered = frame[frame["delivery_state_code"] != "cancelled"]
    arrived = frame[frame["delivered_count"] > 0]
    parts = []
    for prefix, some in (("", ordered), ("delivered_", arrived)):
        pairs = some.groupby(["style_id", "order_id"])[["size_label", "colour_name"]].nunique()
        parts.append(
            pd.DataFrame(
                {
                    f"{prefix or 'order_style_'}pair_count": pairs.groupby("style_id").size(),
                    f"{prefix}size_bracketed_pair_count": (pairs["size_label"] > 1)
                    .groupby("style_id")
                    .sum(),
                    f"{prefix}colour_bracketed_pair_count": (pairs["colour_name"] > 1)
                    .groupby("style_id")
                    .sum(),
                }
            )
        )
    wanted = parts[0].join(parts[1], how="left").fillna(0).reset_index()
    assert wanted["size_bracketed_pair_count"].sum() > 20
    assert_same(shop.read("rpt_bracketing"), wanted, by=["style_id"])


def test_bridge(shop: LandedShop, lines: pd.DataFrame, returns: pd.DataFrame) -> None:
    frame = lines[~lines["is_exchange_leg"]]
    state = frame["delivery_state_code"]
    unmatched = returns[~returns["is_matched"]]
    units = {
        "cohort_dated": frame.loc[state == "delivered", "returned_count"].sum(),
        "cohort_unknown_day": frame.loc[state == "delivered_unknown_day", "returned_count"].sum(),
        "not_delivered": frame.loc[~state.isin(ARRIVED), "returned_count"].sum(),
        "unmatched": unmatched.loc[unmatched["sku"].notna(), "returned_count"].sum(),
        "unmatched_without_sku": unmatched.loc[unmatched["sku"].isna(), "returned_count"].sum(),
        "total_cohort": returns["returned_count"].sum(),
        "event_dated": returns.loc[returns["event_date"].notna(), "returned_count"].sum(),
        "event_unknown_day": returns.loc[returns["event_date"].isna(), "returned_count"].sum(),
        "total_event": returns["returned_count"].sum(),
        "difference": 0,
    }
    assert min(value for step, value in units.items() if step != "difference") > 0
    found = shop.read("rpt_return_bridge").sort_values("step_number")
    assert dict(zip(found["bridge_step_code"], found["returned_count"], strict=True)) == units
    amounts = dict(zip(found["bridge_step_code"], found["returned_net_amount"], strict=True))
    assert amounts["total_event"] == returns["returned_net_amount"].sum()
    assert amounts["difference"] == 0


def test_shop_counts(shop: LandedShop, lines: pd.DataFrame, expected: Recomputation) -> None:
    row = shop.read("rpt_shop").iloc[0]
    returns = expected.frame_return_lines()
    assert row["order_line_count"] == len(lines)
    assert row["return_line_count"] == len(returns)
    assert row["unmatched_return_line_count"] == (~returns["is_matched"]).sum()
    assert row["over_returned_line_count"] == lines["is_over_returned"].sum()
    assert row["unrequested_receipt_count"] == len(expected.list_unrequested())
    assert row["orderless_line_count"] == 1
    assert str(row["as_of_date"])[:10] == "2026-10-31"


def test_customers(shop: LandedShop) -> None:
    customers = shop.read_keyed("dim_customers", "customer_id")
    assert {key: row["order_count"] for key, row in customers.items()} == {
        "k1:a": 2,
        "k1:b": 2,
        "k1:c": 2,
        "k1:d": 0,
    }
