"""What is answered from the published file, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.query import list_marts, query_mart
from orchestration.spreadsheet_text import neutralise_formula
from orchestration.wording import KaeruError, WrongUseError
from tests.orchestration.published_marts import publish_marts
from tests.orchestration.small_shops import make_small_shop

ESCAPES = (
    "rpt_sku_returns; drop table marts.dim_dates",
    "read_csv('/etc/passwd')",
    "'/etc/passwd'",
    "duckdb_tables()",
    "information_schema.tables",
    'rpt_sku_returns" union select 1 --',
    "RPT_SKU_RETURNS",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = make_small_shop(tmp_path_factory.mktemp("query") / "shop")
    publish_marts(shop)
    return shop


def test_marts_are_listed_with_grain_and_columns(shop: Path) -> None:
    days, skus = list_marts(shop)
    assert (days.name, days.grain) == ("dim_dates", "One row per day.")
    assert skus.grain == "One row per SKU and channel."
    assert list(skus.to_document()["columns"])[:2] == ["sku", "style_name"]
    assert skus.columns["sku"] == "Stock keeping unit."


def test_rows_come_as_json_has_them(shop: Path) -> None:
    first = query_mart(shop, "rpt_sku_returns", where={"channel_name": ["web"]}).rows[0]
    assert first == {
        "sku": "007",
        "style_name": "白シャツ",
        "channel_name": "web",
        "delivered_count": 10,
        "returned_count": 2,
        "returned_net_amount": 3900,
        "is_over_returned": False,
        "last_delivered_date": "2026-10-01",
        "changed_at": "2026-10-02T03:04:05Z",
    }


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"sku": ["007"]}, 2),
        ({"sku": ["7"]}, 0),
        ({"sku": ["007", "008"]}, 3),
        ({"sku": ["007"], "channel_name": ["web"]}, 1),
        ({"channel_name": [""]}, 1),
        ({"is_over_returned": ["true"]}, 1),
        ({"delivered_count": ["5"]}, 1),
        ({"last_delivered_date": ["2026-10-03"]}, 1),
        ({"sku": ["' or '1'='1"]}, 0),
    ],
)
def test_conditions_compare_in_the_type_of_the_column(
    shop: Path, where: dict[str, list[str]], count: int
) -> None:
    assert len(query_mart(shop, "rpt_sku_returns", where=where).rows) == count


def test_grouping_sums_counts_and_amounts(shop: Path) -> None:
    answer = query_mart(shop, "rpt_sku_returns", where={}, by=["sku"])
    assert answer.columns == ("sku", "delivered_count", "returned_count", "returned_net_amount")
    assert [tuple(row.values()) for row in answer.rows] == [
        ("007", 15, 3, 5850),
        ("008", 1, 3, 12000),
    ]


@pytest.mark.parametrize("name", ESCAPES)
def test_only_published_marts_have_a_name(shop: Path, name: str) -> None:
    with pytest.raises(WrongUseError, match="Nearest"):
        query_mart(shop, name, where={})


@pytest.mark.parametrize("column", ["sku; drop table x", "1", "SKU", "sum(returned_count)"])
def test_only_columns_of_the_mart_have_a_name(shop: Path, column: str) -> None:
    with pytest.raises(WrongUseError, match="no column"):
        query_mart(shop, "rpt_sku_returns", where={column: ["1"]})
    with pytest.raises(WrongUseError, match="no column"):
        query_mart(shop, "rpt_sku_returns", where={}, by=[column])


@pytest.mark.parametrize(
    "where", [{"delivered_count": ["many"]}, {"last_delivered_date": ["soon"]}]
)
def test_a_value_of_another_type_is_said_in_words(shop: Path, where: dict[str, list[str]]) -> None:
    with pytest.raises(WrongUseError, match="cannot be compared"):
        query_mart(shop, "rpt_sku_returns", where=where)


def test_nothing_published_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(KaeruError, match="kaeru run"):
        list_marts(make_small_shop(tmp_path / "shop"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "　＋1", "\x00=1"]
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert neutralise_formula(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, 1.5, "白シャツ", "", None, "a=1"])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert neutralise_formula(value) == value
