"""Money with the tax that was asked for, against the files themselves."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from orchestration.commands.init import make_shop
from orchestration.folder import ShopFolder
from orchestration.metric import compute_metric
from orchestration.metric_catalogue import read_seed_metrics
from orchestration.metric_tax import find_untaxed
from orchestration.pipeline import run_shop
from orchestration.publication import read_pointer
from orchestration.settings_values import Tax
from orchestration.verifying import compute_sha256, connect_reader
from orchestration.wording import WrongUseError
from tests.orchestration.conftest import FIXTURES, put_into_inbox
from tests.parsed_project import copy_parsed_project

# Shirts at the reduced rate, so that both rates stand in one shop.
RATES = {"shirt-white-m": "0.08", "shirt-white-l": "0.08", "shoe-black-24": "0.1"}
# A refund that names neither a return nor an order: nothing says how it is taxed.
GOODWILL = "goodwill-f,,,wallet,500,2026-09-20 09:00:00,2026-09-20 09:00:00\n"
BEFORE_GOODWILL = date(2026, 9, 19)


@pytest.fixture(scope="module")
def monkeypatch_module() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch) -> Path:
    """The hand-written shop, whose order lines say their rates."""
    folder = tmp_path_factory.mktemp("tax")
    files, shop = folder / "files", folder / "shop"
    files.mkdir()
    lines = pd.read_csv(FIXTURES / "order_lines.csv", dtype=str)
    lines.assign(tax_rate=lines["sku"].map(RATES)).to_csv(files / "order_lines.csv", index=False)
    refunds = (FIXTURES / "refunds.csv").read_text(encoding="utf-8")
    (files / "refunds.csv").write_text(refunds + GOODWILL, encoding="utf-8")
    make_shop(shop, values={"name": "小さな店", "language": "en"})
    kept = [path for path in FIXTURES.glob("*.csv") if not (files / path.name).exists()]
    put_into_inbox(shop, *kept, *files.glob("*.csv"))
    copy_parsed_project(shop, factory=tmp_path_factory)
    monkeypatch_module.setenv("KAERU_SHOP", str(shop))
    outcome = run_shop(shop)
    assert outcome.failure is None
    return shop


def exclude(amount: int, rate: str) -> int:
    """Take the tax out of an amount, to the yen."""
    whole = Decimal(amount) / (1 + Decimal(rate))
    return int(whole.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_returned_lines() -> pd.DataFrame:
    """What was sent back, by its files alone: units, net of the line, and its rate."""
    requests = pd.read_csv(FIXTURES / "return_requests.csv")
    lines = pd.read_csv(FIXTURES / "order_lines.csv")
    orders = pd.read_csv(FIXTURES / "orders.csv")
    received = pd.read_csv(FIXTURES / "return_receipts.csv")["return_line_id"]
    found = (
        requests[requests["return_line_id"].isin(received)]
        .merge(lines, on="order_line_id", suffixes=("_back", ""))
        .merge(orders[["order_id", "discount"]], on="order_id")
    )
    net = found["quantity"] * found["unit_price"] - found["discount"].fillna(0).astype(int)
    rate = found["sku"].map(RATES)
    turned = [exclude(int(one), by) for one, by in zip(net, rate, strict=True)]
    share = pd.Series(turned, index=found.index) * found["quantity_back"] / found["quantity"]
    # No share of the hand-written shop ends in half a yen.
    return found.assign(rate=rate, returned_net=share.round().astype(int))


@pytest.mark.dbt
def test_retained_revenue_without_tax_is_that_of_the_files(shop: Path) -> None:
    returned = read_returned_lines()
    exchanged = returned["return_line_id"].isin(
        pd.read_csv(FIXTURES / "exchanges.csv")["return_line_id"]
    )
    (own,) = compute_metric(shop, "retained_revenue_gross")
    (figure,) = compute_metric(shop, "retained_revenue_gross", tax="excluded")
    assert figure["numerator"] == returned.loc[exchanged, "returned_net"].sum()
    assert figure["denominator"] == returned["returned_net"].sum()
    assert (own["tax"], figure["tax"]) == ("included", "excluded")
    assert 0 < figure["denominator"] < own["denominator"]


@pytest.mark.dbt
def test_a_rate_of_values_is_turned_on_both_sides(shop: Path) -> None:
    # Delivered: 3,900 and 3 × 3,900 − 300 = 11,400 at 8 %, twice 12,000 at 10 %: 3,611 + 10,556
    # (10,555.6) + 2 × 10,909. Returned: a third of 10,556 and both pairs of shoes.
    (rate,) = compute_metric(shop, "return_rate_value", tax="excluded")
    assert (rate["numerator"], rate["denominator"]) == (3519 + 2 * 10909, 3611 + 10556 + 2 * 10909)
    by_category = compute_metric(shop, "return_rate_value", by=["category"], tax="excluded")
    assert [row["numerator"] for row in by_category] == [3519, 2 * 10909]


@pytest.mark.dbt
def test_what_is_asked_for_beside_leaves_what_is_published_alone(shop: Path) -> None:
    before = read_pointer(shop)
    assert before is not None
    published = ShopFolder(shop).serving / before.file
    digests = [compute_sha256(path) for path in (published, ShopFolder(shop).store)]
    (first,) = compute_metric(shop, "contribution_after_returns", tax="excluded")
    kept = set(ShopFolder(shop).past_days.iterdir())
    (again,) = compute_metric(shop, "contribution_after_returns", tax="excluded")
    assert first == again
    assert set(ShopFolder(shop).past_days.iterdir()) == kept
    assert read_pointer(shop) == before
    assert [compute_sha256(path) for path in (published, ShopFolder(shop).store)] == digests


@pytest.mark.dbt
def test_costs_stay_as_the_files_say_them(shop: Path) -> None:
    (own,) = compute_metric(shop, "contribution_after_returns")
    (turned,) = compute_metric(shop, "contribution_after_returns", tax="excluded")
    # Kept are a shirt, two of three shirts and the exchanged pair; only their price has tax.
    sold = 3900 + 7600 + 12000
    turned_sold = 3611 + (10556 - 3519) + 10909
    assert own["value"] - turned["value"] == sold - turned_sold
    (cost,) = compute_metric(shop, "cost_per_return", tax="excluded")
    assert cost == compute_metric(shop, "cost_per_return")[0]
    assert cost["tax"] == "included"


@pytest.mark.dbt
def test_a_refund_that_nothing_says_the_tax_of_is_not_guessed(shop: Path) -> None:
    (unknown,) = compute_metric(shop, "refund_cash_out", tax="excluded")
    assert (unknown["value"], unknown["missing"]) == (None, ["refunds.return_line_id"])
    assert unknown["tax"] == "excluded"
    (own,) = compute_metric(shop, "refund_cash_out", tax="included")
    assert (own["value"], own["tax"]) == (12000 + 3800 + 500, "included")
    rails = compute_metric(
        shop, "refund_cash_out", by=["rail"], as_of=BEFORE_GOODWILL, tax="excluded"
    )
    # 12,000 of shoes at 10 %, 3,800 of a shirt at 8 %.
    assert {row["rail"]: row["value"] for row in rails} == {
        "bank_transfer": exclude(12000, "0.1"),
        "original_payment": exclude(3800, "0.08"),
    }


@pytest.mark.dbt
def test_figures_of_both_taxes_tie_to_the_yen(shop: Path) -> None:
    compute_metric(shop, "return_rate_value", tax="excluded")
    (beside,) = ShopFolder(shop).past_days.glob("2026-09-30-excluded-*.duckdb")
    with connect_reader(beside) as turned:
        assert turned.execute("select tax_code from marts.rpt_shop").fetchone() == ("excluded",)
        lines = turned.execute(
            "select order_line_id, gross_amount, discount_amount, points_amount, net_amount"
            " from marts.fct_order_lines"
        ).df()
        returns = turned.execute(
            "select sum(returned_net_amount) from marts.fct_return_lines where is_product_return"
        ).fetchone()
        bridged = turned.execute(
            "select sum(returned_net_amount) from marts.rpt_sku_return_days"
            " where date_basis_code = 'event'"
        ).fetchone()
    parts = lines["gross_amount"] - lines["discount_amount"] - lines["points_amount"]
    assert (parts == lines["net_amount"]).all()
    assert returns == bridged == (3519 + 2 * 10909,)


@pytest.mark.dbt
def test_another_word_for_a_tax_is_refused_with_those_that_are_known(shop: Path) -> None:
    with pytest.raises(WrongUseError, match="included or excluded, not none"):
        compute_metric(shop, "return_rate_units", tax="none")


@pytest.mark.parametrize(
    ("rows", "tax", "missing"),
    [
        # As published: any line without a rate; of refunds only that nothing has one.
        ({"lines": [(None, 500), (0.1, 500)]}, "excluded", ["order_lines.tax_rate"]),
        ({"lines": [(None, 0), (0.1, 500)]}, "excluded", []),
        ({"lines": [(0.1, 500)], "refunds": [(None, 500)]}, "excluded", []),
        ({"lines": [(None, 0)], "refunds": [(None, 500)]}, "excluded", ["order_lines.tax_rate"]),
        # As built: what could not be turned.
        ({"lines": [(None, None)]}, "included", ["order_lines.tax_rate"]),
        ({"refunds": [("matched", None)]}, "included", ["order_lines.tax_rate"]),
        ({"refunds": [(None, None)]}, "included", ["refunds.return_line_id"]),
        ({"refunds": [("unmatched", None)]}, "included", ["refunds.return_line_id"]),
        ({"lines": [(0.1, 500)], "refunds": [("matched", 500)]}, "included", []),
        ({"lines": [(None, 500)]}, None, []),
    ],
)
def test_what_is_missing_is_named(
    rows: dict[str, list[tuple[Any, Any]]], tax: Tax | None, missing: list[str]
) -> None:
    metric = read_seed_metrics()["cash_out_forecast"]
    assert metric.taxed_entities == ("order_lines", "refunds")
    with duckdb.connect() as marts:
        marts.execute(
            "create schema marts;"
            " create table marts.rpt_shop as select 'included' as tax_code;"
            " create table marts.fct_return_lines as"
            " select 'matched' as return_line_id, true as is_matched"
            " union all select 'unmatched', false;"
            " create table marts.fct_order_lines"
            " (tax_rate double, gross_amount bigint, net_amount bigint);"
            " create table marts.fct_refunds"
            " (return_line_id text, refund_amount bigint, is_paid boolean)"
        )
        for rate, amount in rows.get("lines", []):
            marts.execute("insert into marts.fct_order_lines values ($1, $2, $2)", [rate, amount])
        for return_line_id, amount in rows.get("refunds", []):
            marts.execute(
                "insert into marts.fct_refunds values (?, ?, true)", [return_line_id, amount]
            )
        assert find_untaxed(marts, metric, tax=tax) == missing
