"""The acceptance run: two real shops through mapping files only, against pandas.

The data have no licence to be redistributed and stay outside the repository; the mappings are ours.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.end_to_end.conftest import Shop, make_shop, require_shared

pytestmark = [pytest.mark.shared_data, pytest.mark.dbt]
MAPPINGS = Path(__file__).parents[1] / "fixtures" / "mappings"


@pytest.fixture(scope="module")
def bads_source() -> pd.DataFrame:
    path = require_shared("bads_ws1718", "order_items.csv.gz")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def bads(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    path = require_shared("bads_ws1718", "order_items.csv.gz")
    shop = make_shop(
        tmp_path_factory.mktemp("bads") / "shop",
        *("--time-zone", "Europe/Berlin", "--currency", "EUR", "--language", "en"),
    )
    shutil.copy(MAPPINGS / "bads.yml", shop.folder / "mappings")
    shutil.copy(path, shop.folder / "inbox")
    shop.call("run")
    return shop


def test_bads_rows_balance(bads: Shop, bads_source: pd.DataFrame) -> None:
    [file] = bads.call_json("status", "--json")["files"]
    assert file["rows_in"] == len(bads_source)
    assert file["rows_in"] == file["rows_loaded"] + file["rows_quarantined"]
    assert file["rows_quarantined"] == 0


def test_bads_returns_equal_pandas(bads: Shop, bads_source: pd.DataFrame) -> None:
    lines = bads.read_mart("fct_order_lines")
    is_returned = bads_source["return"] == "1"
    is_delivered = bads_source["delivery_date"] != "?"
    assert lines["ordered_count"].sum() == len(bads_source)
    assert lines["delivered_count"].sum() == is_delivered.sum()
    assert lines["returned_count"].sum() == is_returned.sum()
    delivered_lines = lines[lines["delivered_count"] > 0]
    assert delivered_lines["returned_count"].sum() == (is_returned & is_delivered).sum()
    is_unknown_day = bads_source["delivery_date"] == "1990-12-31"
    unknown = lines[lines["delivery_state_code"] == "delivered_unknown_day"]
    assert unknown["delivered_count"].sum() == is_unknown_day.sum()
    assert unknown["delivered_date"].isna().all()


def test_bads_value_equals_pandas(bads: Shop, bads_source: pd.DataFrame) -> None:
    cents = (bads_source["item_price"].astype(float) * 100).round().astype("int64")
    lines = bads.read_mart("fct_order_lines")
    assert lines["net_amount"].sum() == cents.sum()
    assert lines["returned_net_amount"].sum() == cents[bads_source["return"] == "1"].sum()


def test_bads_rates_of_every_style_equal_pandas(bads: Shop, bads_source: pd.DataFrame) -> None:
    delivered = bads_source[bads_source["delivery_date"] != "?"]
    expected = (
        delivered.assign(returned=(delivered["return"] == "1").astype("int64"))
        .groupby("item_id")["returned"]
        .agg(["size", "sum"])
    )
    found = (
        bads.read_mart("rpt_style_returns")
        .groupby("style_id")[["delivered_count", "returned_count"]]
        .sum()
    )
    found = found[found["delivered_count"] > 0]
    assert found["delivered_count"].to_dict() == expected["size"].to_dict()
    assert found["returned_count"].to_dict() == expected["sum"].to_dict()
    largest = expected.sort_values("size", ascending=False).head(5)
    rows = bads.call_json("query", "rpt_style_returns", "--by", "style_id", "--format", "json")
    by_style = {row["style_id"]: row for row in rows}
    for style, (count, returned) in largest.iterrows():
        assert by_style[style]["delivered_count"] == count
        assert by_style[style]["returned_count"] == returned


def test_bads_bracketing_equals_pandas(bads: Shop, bads_source: pd.DataFrame) -> None:
    source = bads_source.assign(size=bads_source["item_size"].str.upper())
    pairs = source.groupby(["user_id", "order_date", "item_id"])
    found = bads.read_mart("rpt_bracketing")
    assert found["order_style_pair_count"].sum() == pairs.ngroups
    assert found["size_bracketed_pair_count"].sum() == (pairs["size"].nunique() >= 2).sum()
    colours = pairs["item_color"].nunique()
    assert found["colour_bracketed_pair_count"].sum() == (colours >= 2).sum()


@pytest.fixture(scope="module")
def retail_source() -> pd.DataFrame:
    path = require_shared("online_retail", "online_retail_to_2011-06.csv.gz")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.assign(
        quantity=frame["Quantity"].astype("int64"),
        is_code=frame["StockCode"].str.fullmatch("[0-9]{5}[A-Za-z]*"),
        is_cancelled=frame["InvoiceNo"].str.startswith("C"),
    )


def make_retail_shop(folder: Path) -> Shop:
    shop = make_shop(
        folder, *("--time-zone", "Europe/London", "--currency", "GBP", "--language", "en")
    )
    shutil.copy(MAPPINGS / "online_retail.yml", shop.folder / "mappings")
    return shop


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    path = require_shared("online_retail", "online_retail_to_2011-06.csv.gz")
    shop = make_retail_shop(tmp_path_factory.mktemp("retail") / "shop")
    shutil.copy(path, shop.folder / "inbox")
    shop.call("run")
    return shop


def count_units(shop: Shop) -> tuple[int, int]:
    skus = shop.read_mart("rpt_sku_returns")
    lines = shop.read_mart("fct_order_lines")
    return int(lines["ordered_count"].sum()), int(skus["event_returned_count"].sum())


def count_source_units(source: pd.DataFrame) -> tuple[int, int]:
    sold = source[source["is_code"] & ~source["is_cancelled"] & (source["quantity"] > 0)]
    returned = source[source["is_code"] & source["is_cancelled"]]
    return int(sold["quantity"].sum()), int(-returned["quantity"].sum())


def test_retail_rows_balance(retail: Shop, retail_source: pd.DataFrame) -> None:
    [file] = retail.call_json("status", "--json")["files"]
    assert file["rows_in"] == len(retail_source)
    assert file["rows_in"] == file["rows_loaded"] + file["rows_quarantined"]
    assert file["rows_quarantined"] == 0


def test_retail_units_equal_pandas(retail: Shop, retail_source: pd.DataFrame) -> None:
    assert count_units(retail) == count_source_units(retail_source)


def test_retail_flags_more_returned_than_sold(retail: Shop, retail_source: pd.DataFrame) -> None:
    coded = retail_source[retail_source["is_code"]]
    sold = coded["quantity"].where(~coded["is_cancelled"] & (coded["quantity"] > 0), 0)
    returned = (-coded["quantity"]).where(coded["is_cancelled"], 0)
    totals = pd.DataFrame({"sku": coded["StockCode"], "sold": sold, "returned": returned})
    totals = totals.groupby("sku").sum()
    expected = set(totals.index[totals["returned"] > totals["sold"]])
    found = retail.read_mart("rpt_sku_returns")
    assert set(found.loc[found["is_over_returned"], "sku"]) == expected


def test_retail_bases_reconcile(retail: Shop) -> None:
    bridge = retail.read_mart("rpt_return_bridge").set_index("bridge_step_code")
    assert bridge.loc["difference", "returned_count"] == 0
    assert bridge.loc["difference", "returned_net_amount"] == 0


def test_retail_delivered_twice_in_halves_and_reordered_counts_once(
    tmp_path: Path, retail_source: pd.DataFrame
) -> None:
    """Whole invoices per file: two halves, then everything again in reverse order."""
    path = require_shared("online_retail", "online_retail_to_2011-06.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        header, *records = stream.read().splitlines(keepends=True)
    assert len(records) == len(retail_source)  # no record spans lines
    half = len(records) // 2
    while records[half].split(",")[0] == records[half - 1].split(",")[0]:
        half += 1
    shop = make_retail_shop(tmp_path / "shop")
    inbox = shop.folder / "inbox"
    (inbox / "online_retail_1.csv").write_text(
        header + "".join(records[:half]), "utf-8", newline=""
    )
    (inbox / "online_retail_2.csv").write_text(
        header + "".join(records[half:]), "utf-8", newline=""
    )
    shop.call("run")
    assert count_units(shop) == count_source_units(retail_source)
    backwards = header + "".join(reversed(records))
    (inbox / "online_retail_3.csv").write_text(backwards, "utf-8", newline="")
    shutil.copy(path, inbox / "online_retail_4.csv.gz")
    shop.call("run")
    assert count_units(shop) == count_source_units(retail_source)
