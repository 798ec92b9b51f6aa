"""The door to data: names from the catalogue, values bound, one version per page run."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboards.lib import leases, serving
from dashboards.lib.publication import (
    NothingPublishedError,
    PointerBrokenError,
    ShopMissingError,
)
from dashboards.lib.questions import Since, UnknownNameError
from tests.dashboards import shop_rows
from tests.dashboards.serving_fixture import read_contracts, write_shop

HOSTILE = ["' or 1=1 --", '"; drop table marts.rpt_shop; --', "7712'", "%", "?", "\\"]


@pytest.fixture
def filled(shops: dict[str, Path], use_shop: Callable[[Path], None]) -> Path:
    use_shop(shops["filled"])
    return shops["filled"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "name", ["rpt_nothing", "rpt_shop; drop table x", 'rpt_shop" --', "../x", "duckdb_tables()"]
)
def test_only_published_marts_can_be_read(name: str) -> None:
    with pytest.raises(UnknownNameError):
        serving.read_mart(name)
    with pytest.raises(UnknownNameError):
        serving.read_totals(name, by=["sku"])
    with pytest.raises(UnknownNameError):
        serving.read_description(name)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("column", ["nothing", 'sku" or 1=1 --', "1", "*"])
def test_only_published_columns_can_be_named(column: str) -> None:
    with pytest.raises(UnknownNameError):
        serving.read_mart("rpt_style_returns", columns=[column])
    with pytest.raises(UnknownNameError):
        serving.read_mart("rpt_style_returns", where={column: "x"})
    with pytest.raises(UnknownNameError):
        serving.read_totals("rpt_style_returns", by=[column])


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_values(value: str) -> None:
    assert serving.read_mart("rpt_style_returns", where={"style_id": value}).empty
    assert serving.read_mart("rpt_style_returns", where={"style_id": [value]}).empty
    assert len(serving.read_mart("rpt_shop")) == 1


@pytest.mark.usefixtures("filled")
def test_totals_add_counts_and_amounts() -> None:
    totals = serving.read_totals("rpt_style_returns", by=["style_id"]).set_index("style_id")
    assert totals.loc["7712", "delivered_count"] == 300  # 200 + 100
    assert totals.loc["7712", "returned_net_amount"] == 600_000
    assert "as_of_date" not in totals


@pytest.mark.usefixtures("filled")
def test_conditions_narrow_the_rows() -> None:
    days = {"date_basis_code": "cohort", "calendar_date": Since(date(2024, 11, 1))}
    assert len(serving.read_mart("rpt_sku_return_days", where=days)) == 1
    assert len(serving.read_mart("rpt_style_returns", where={"category_name": None})) == 1
    assert len(serving.read_mart("rpt_style_returns", where={"style_id": ["7712", "3021"]})) == 3


@pytest.mark.usefixtures("filled")
def test_the_catalogue_describes_every_column() -> None:
    contract = read_contracts()["rpt_style_returns"]
    found = serving.read_description("rpt_style_returns")
    assert found.grain == contract.description
    assert dict(found.columns) == contract.descriptions


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/x.duckdb'",
        "copy marts.rpt_shop to '/tmp/kaeru_escape.csv'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "pragma enable_external_access",
        "delete from marts.rpt_shop",
        "create table marts.x (a int)",
    ],
)
def test_the_reader_cannot_leave_its_file(sql: str) -> None:
    with (
        serving.lease(),
        serving._hold() as reader,
        pytest.raises(duckdb.Error),
    ):
        reader.fetch(sql, values=[], timeout_seconds=10)


@pytest.mark.usefixtures("filled")
def test_a_query_that_takes_too_long_is_stopped() -> None:
    slow = "select count(*) from range(100000) a, range(100000) b where a.range + b.range = -1"
    with (
        serving.lease(),
        serving._hold() as reader,
        pytest.raises(leases.ReadTimeoutError),
    ):
        reader.fetch(slow, values=[], timeout_seconds=0.3)


def test_a_page_run_never_mixes_versions(tmp_path: Path, use_shop: Callable[[Path], None]) -> None:
    write_shop(tmp_path, shop_rows.list_filled(), version="20241124T220501-aaaaaa")
    use_shop(tmp_path)
    with serving.lease() as before:
        write_shop(tmp_path, shop_rows.list_tiny(), version="20241125T220501-bbbbbb")
        assert len(serving.read_mart("rpt_style_returns")) == len(shop_rows.STYLES)
        assert serving.read_publication().version == before.version
    with serving.lease() as after:
        assert after.version == "20241125T220501-bbbbbb"
        assert len(serving.read_mart("rpt_style_returns")) == 1


def test_readers_of_many_threads_share_one_version(
    shops: dict[str, Path], use_shop: Callable[[Path], None]
) -> None:
    use_shop(shops["filled"])
    found: list[int] = []

    def read() -> None:
        with serving.lease():
            found.append(len(serving.read_mart("rpt_style_returns")))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [len(shop_rows.STYLES)] * 8


@pytest.mark.usefixtures("filled")
def test_what_a_page_adds_to_a_frame_stays_with_the_page() -> None:
    found = serving.read_mart("rpt_shop")
    found["shop_name"] = "changed"
    assert serving.read_mart("rpt_shop")["shop_name"].tolist() == ["filled"]


@pytest.mark.parametrize(
    "file_name", ["../../secret.duckdb", "/etc/passwd", "store.duckdb", "wh-a/b.duckdb", ""]
)
def test_the_pointer_leads_nowhere_else(
    shops: dict[str, Path], tmp_path: Path, use_shop: Callable[[Path], None], file_name: str
) -> None:
    source = shops["filled"] / "data" / "serving" / "current.json"
    pointer = json.loads(source.read_text(encoding="utf-8")) | {"file": file_name}
    target = tmp_path / "data" / "serving"
    target.mkdir(parents=True)
    (target / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    use_shop(tmp_path)
    with pytest.raises(PointerBrokenError), serving.lease():
        pass


def test_states_without_a_file_are_named(
    tmp_path: Path, use_shop: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_shop(tmp_path)
    with pytest.raises(ShopMissingError), serving.lease():
        pass
    (tmp_path / "kaeru.toml").touch()
    with pytest.raises(NothingPublishedError), serving.lease():
        pass
    monkeypatch.delenv("KAERU_SHOP")
    with pytest.raises(ShopMissingError), serving.lease():
        pass


def test_an_unknown_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAERU_SHOPP", "x")
    with pytest.raises(ValueError, match="KAERU_SHOPP"):
        serving.read_shop_folder()
