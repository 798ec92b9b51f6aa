"""Every shipped mapping reads a small synthetic export of its system, through the real reader."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from orchestration.landing.applying import MappingApplier
from orchestration.landing.canonical import load_model
from orchestration.landing.contracts import Problem
from orchestration.landing.mapping import Mapping, load_mappings, parse_mapping
from orchestration.landing.reading import iterate_records
from orchestration.mapping_choice import Mappings, choose_for_file
from tests.orchestration.landing.applied import NO_COLUMN, SETTINGS

REPOSITORY = Path(__file__).parents[3]
SHIPPED = load_mappings(REPOSITORY / "orchestration" / "sources" / "mappings")
BY_NAME = {mapping.name: mapping for mapping in SHIPPED}


class Landed:
    """What a file became."""

    def __init__(
        self, path: Path, *, mapping: Mapping | None = None, currency: str = "JPY"
    ) -> None:
        mappings = Mappings(shop=(mapping,) if mapping else (), shipped=SHIPPED)
        self.mapping = choose_for_file(path, mappings=mappings).mapping
        applier = MappingApplier(self.mapping, replace(SETTINGS, currency=currency))
        self.problems: list[Problem] = []
        self.arrow: dict[str, list[pa.Table]] = defaultdict(list)
        self.rows_in = 0
        for batch in iterate_records(path, options=self.mapping.read_options()):
            mapped = applier.apply(batch)
            self.problems += mapped.problems
            self.rows_in += mapped.rows_in
            for entity, table in mapped.rows.items():
                self.arrow[entity].append(table)

    @cached_property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        return {name: pa.concat_tables(parts).to_pylist() for name, parts in self.arrow.items()}

    def column(self, entity: str, name: str) -> list[Any]:
        return [value for table in self.arrow[entity] for value in table[name].to_pylist()]

    def rows(self, entity: str, *, filtered: bool = False) -> list[dict[str, Any]]:
        return [
            {k: v for k, v in row.items() if v is not None and k not in NO_COLUMN}
            for row in self.tables[entity]
            if row["is_filtered"] is filtered
        ]


def land(folder: Path, name: str, text: str, *, encoding: str = "utf-8") -> Landed:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return Landed(path)


def join_rows(*rows: dict[str, str]) -> str:
    """Write rows as CSV with quotation marks where they are needed."""
    header = list(dict.fromkeys(key for row in rows for key in row))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]

    def quote(text: str) -> str:
        if any(mark in text for mark in ',"\n'):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(",".join(map(quote, line)) + "\n" for line in lines)


def test_shipped_mappings_are_whole() -> None:
    assert {mapping.name for mapping in SHIPPED} == {
        "canonical.yml",
        "shopify_orders.yml",
        "shopify_returns.yml",
        "ec_cube_orders.yml",
        "ec_cube_refund_requests.yml",
        "rakuten_rms.yml",
        "futureshop_orders.yml",
        "amazon_fba_returns.yml",
        "amazon_seller_returns.yml",
    }
    for mapping in SHIPPED:
        assert mapping.title["ja"] != mapping.title["en"], mapping.name


SHOPIFY_FIRST = {
    "Name": "#1001",
    "Email": "Taro@Example.jp",
    "Financial Status": "paid",
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-01-06 10:00:00 +0900",
    "Currency": "JPY",
    "Subtotal": "11960",
    "Shipping": "500",
    "Total": "12460",
    "Discount Amount": "1000",
    "Created at": "2026-01-05 00:30:00 +0900",
    "Lineitem quantity": "2",
    "Lineitem name": "Linen Shirt - M / White",
    "Lineitem price": "4990",
    "Lineitem compare at price": "5990",
    "Lineitem sku": "LS-M-WH",
    "Billing Name": "山田 太郎",
    "Shipping Zip": "'150-0001",
    "Shipping City": "渋谷区",
    "Shipping Province": "JP-13",
    "Shipping Phone": "090-0000-0000",
    "Payment Method": "Shopify Payments",
    "Source": "web",
    "Notes": "急ぎません",
}


def test_shopify_orders(tmp_path: Path) -> None:
    line = {"Name": "#1001", "Lineitem quantity": "1", "Lineitem price": "2980"}
    text = join_rows(
        SHOPIFY_FIRST,
        {**line, "Lineitem sku": "", "Lineitem name": "Gift wrap"},
        {**line, "Lineitem sku": "SK-1", "Lineitem name": "Socks"},
        {**line, "Lineitem sku": "SK-1", "Lineitem name": "Socks"},
        {**SHOPIFY_FIRST, "Name": "#1002", "Fulfilled at": "", "Currency": "USD"},
    )
    landed = land(tmp_path, "orders_export_1.csv", text)
    assert landed.mapping.name == "shopify_orders.yml"
    assert [(p.rule, p.line) for p in landed.problems] == [("record_of_other_currency", 6)]
    lines = landed.rows("order_lines")
    assert [row["sku"] for row in lines] == ["LS-M-WH", "Gift wrap", "SK-1", "SK-1"]
    assert len({row["order_line_id"] for row in lines}) == 4
    assert (lines[0]["unit_price"], lines[0]["list_price"]) == ("4990", "5990")
    [order] = landed.rows("orders")
    assert order["ordered_at"] == "2026-01-04 15:30:00"
    assert (order["discount"], order["total"]) == ("1000", "12460")
    [shipment] = landed.rows("shipments")
    assert shipment["postal_code"] == "150-0001"
    assert shipment["shipped_at"] == "2026-01-06 01:00:00"
    everything = str(landed.tables)
    assert not any(word in everything for word in ("山田", "0000", "急ぎ", "Example"))
    assert not landed.mapping.has_delivery_data


def test_shopify_returns(tmp_path: Path) -> None:
    def build(number: int, status: str, *items: dict[str, Any]) -> str:
        returned = {
            "id": f"gid://shopify/Return/{number}",
            "name": f"#1001-R{number}",
            "status": status,
            "createdAt": "2026-01-10T03:00:00Z",
            "requestApprovedAt": None if status == "REQUESTED" else "2026-01-11T00:00:00Z",
            "order": {"name": "#1001"},
            "returnLineItems": {"nodes": list(items)},
        }
        return json.dumps(returned, ensure_ascii=False) + "\n"

    def item(number: int, **fields: Any) -> dict[str, Any]:
        line = {"lineItem": {"sku": f"SK-{number}"}}
        return {
            "id": f"gid://shopify/ReturnLineItem/{number}",
            "quantity": 1,
            "returnReason": "SIZE_TOO_SMALL",
            "returnReasonDefinition": None,
            "returnReasonNote": "",
            "customerNote": None,
            "fulfillmentLineItem": line,
            **fields,
        }

    text = build(
        1,
        "CLOSED",
        item(1, returnReasonNote="肩がきつい", customerNote="Too tight"),
        item(2, returnReasonDefinition={"handle": "too-long-sleeves"}, quantity=2),
    ) + build(2, "REQUESTED", item(3))
    landed = land(tmp_path, "returns-20260112.jsonl", text)
    assert landed.mapping.name == "shopify_returns.yml"
    assert landed.problems == []
    assert landed.rows_in == 3
    first, second, third = landed.rows("return_requests")
    assert first["reason_text"] == "肩がきつい / Too tight"
    assert (first["reason_code"], first["reason_system"]) == ("SIZE_TOO_SMALL", "shopify")
    assert (second["reason_code"], second["quantity"]) == ("too-long-sleeves", "2")
    assert [row["decision"] for row in (first, third)] == ["approved", "review"]
    assert (first["order_id"], first["sku"]) == ("#1001", "SK-1")
    assert landed.tables["return_requests"][0]["file_as_of"] == "2026-01-11 15:00:00"


EC_CUBE = {
    "注文ID": "17",
    "注文番号": "A-17",
    "会員ID": "5",
    "お名前(姓)": "山田",
    "メールアドレス": "taro@example.jp",
    "小計": "6600",
    "値引き": "0",
    "支払合計": "7100",
    "対応状況(ID)": "5",
    "対応状況(名称)": "発送済み",
    "支払方法(名称)": "クレジットカード",
    "受注日": "2026-01-05 10:00:00",
    "注文詳細ID": "41",
    "商品ID": "3",
    "商品規格ID": "11",
    "商品名": "リネンシャツ",
    "商品コード": "LS-M-WH",
    "規格名1": "カラー",
    "規格名2": "サイズ",
    "規格分類名1": "白",
    "規格分類名2": "M",
    "価格": "3000",
    "個数": "2",
    "税率": "10",
    "明細区分(名称)": "商品",
    "出荷ID": "9",
    "配送先_郵便番号": "1500001",
    "配送先_都道府県(名称)": "東京都",
    "配送先_住所1": "渋谷区",
    "配送業者(名称)": "ヤマト運輸",
    "発送日": "2026-01-06 09:00:00",
    "出荷伝票番号": "0012-3456",
}


def test_ec_cube_orders(tmp_path: Path) -> None:
    text = join_rows(
        EC_CUBE,
        {
            **EC_CUBE,
            "注文詳細ID": "42",
            "商品コード": "",
            "商品規格ID": "",
            "明細区分(名称)": "送料",
            "価格": "500",
        },
        {**EC_CUBE, "注文詳細ID": "43", "明細区分(名称)": "割引", "価格": "-300"},
        {**EC_CUBE, "注文ID": "18", "注文番号": "A-18", "注文詳細ID": "44", "対応状況(ID)": "9"},
        {
            **EC_CUBE,
            "注文ID": "19",
            "注文番号": "A-19",
            "注文詳細ID": "45",
            "対応状況(ID)": "3",
            "発送日": "",
        },
        {**EC_CUBE, "注文ID": "20", "注文番号": "A-20", "注文詳細ID": "46", "対応状況(ID)": "8"},
    )
    # The real export names both the order's and the parcel's 送料.
    head, *lines = text.splitlines()
    text = "\n".join([f"{head},送料,送料", *(f"{line},500,500" for line in lines)]) + "\n"
    landed = land(tmp_path, "order_20260107120000.csv", text, encoding="cp932")
    assert landed.mapping.name == "ec_cube_orders.yml"
    assert landed.problems == []
    assert [row["order_line_id"] for row in landed.rows("order_lines")] == ["41", "44", "45"]
    assert len(landed.rows("order_lines", filtered=True)) == 3
    assert landed.rows("order_lines")[0]["tax_rate"] == "0.1"
    orders = {row["order_id"]: row for row in landed.rows("orders")}
    assert {key: row.get("cancelled_at") for key, row in orders.items()} == {
        "A-17": None,
        "A-18": None,
        "A-19": "unknown",
    }
    [product] = landed.rows("products")
    assert (product["style_id"], product["size_label"], product["colour_name"]) == ("3", "M", "白")
    [returned] = landed.rows("return_requests")
    assert (returned["order_line_id"], returned["requested_at"]) == ("44", "unknown")
    assert landed.rows("shipments")[0]["tracking_number"] == "0012-3456"
    assert [row["order_line_id"] for row in landed.rows("shipment_lines")] == ["41", "44"]
    assert landed.tables["orders"][0]["file_as_of"] == "2026-01-07 03:00:00"
    assert "山田" not in str(landed.tables)


def test_ec_cube_refund_requests(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "quantity": "1",
        "reason": "サイズが小さい。連絡は090-1111-2222へ",
        "admin_note": "常連",
        "create_date": "2026-01-10 01:00:00",
        "update_date": "2026-01-11 01:00:00",
        "order_id": "17",
        "order_item_id": "41",
        "customer_id": "5",
        "refund_request_status_id": "3",
    }
    text = join_rows(row, {**row, "id": "2", "refund_request_status_id": "4", "reason": ""})
    landed = land(tmp_path, "dtb_refund_request.csv", text)
    assert landed.mapping.name == "ec_cube_refund_requests.yml"
    first, second = landed.rows("return_requests")
    assert first["requested_at"] == "2026-01-10 01:00:00"
    assert landed.tables["return_requests"][0]["source_updated_at"] == "2026-01-11 01:00:00"
    assert first["reason_text"].startswith("サイズが小さい")
    assert "1111" not in str(landed.tables)
    assert "常連" not in str(landed.tables)
    assert [row["decision"] for row in (first, second)] == ["approved", "denied"]
    assert first["order_line_id"] == "41"


RAKUTEN = {
    "注文番号": "123456-20260105-0000000001",
    "ステータス": "500",
    "注文日時": "2026-01-05 10:00:00",
    "発送完了報告日時": "2026-01-06 09:00:00",
    "支払方法名": "クレジットカード",
    "送付先郵便番号1": "60",
    "送付先郵便番号2": "1",
    "送付先住所都道府県": "北海道",
    "送付先住所郡市区": "札幌市中央区",
    "送付先住所それ以降の住所": "北一条西1-1",
    "商品明細ID": "900001",
    "商品ID": "10000001",
    "商品名": "リネンシャツ",
    "商品番号": "ls",
    "商品管理番号": "linen-shirt",
    "単価": "3980",
    "個数": "1",
    "項目・選択肢": "",
    "コメント": "置き配希望",
    "SKU管理番号": "r-sku00000001",
    "システム連携用SKU番号": "LS-M-WH",
    "SKU情報": "カラー:ホワイト\nサイズ:M",
}


def test_rakuten_rms(tmp_path: Path) -> None:
    second = {
        "商品明細ID": "900002",
        "システム連携用SKU番号": "",
        "SKU情報": "",
        "項目・選択肢": "サイズ=L カラー=黒",
    }
    third = {
        "商品明細ID": "900003",
        "システム連携用SKU番号": "",
        "SKU管理番号": "LS-S",
        "ステータス": "900",
    }
    rows = (
        RAKUTEN,
        {**RAKUTEN, **second},
        {**RAKUTEN, **third, "注文番号": "123456-20260106-2", "発送完了報告日時": ""},
    )
    landed = land(tmp_path, "rms.csv", join_rows(*rows), encoding="cp932")
    assert landed.mapping.name == "rakuten_rms.yml"
    assert landed.problems == []
    assert [row["sku"] for row in landed.rows("order_lines")] == [
        "LS-M-WH",
        "linen-shirt/r-sku00000001",
        "LS-S",
    ]
    sizes = {row["sku"]: (row["size_label"], row["colour_name"]) for row in landed.rows("products")}
    assert sizes["LS-M-WH"] == ("M", "ホワイト")
    assert sizes["linen-shirt/r-sku00000001"] == ("L", "黒")
    [shipment] = landed.rows("shipments")
    assert shipment["postal_code"] == "060-0001"
    assert len(landed.rows("shipment_lines")) == 2
    assert [row.get("cancelled_at") for row in landed.rows("orders")] == [None, "unknown"]
    assert "置き配" not in str(landed.tables)


def test_futureshop(tmp_path: Path) -> None:
    first = {
        "受注コード": "F-1",
        "注文日時": "2026/01/05 10:00",
        "請求合計金額": "7,460",
        "送料": "500",
        "決済方法": "代金引換",
        "お届け先郵便番号": "150-0001",
        "お届け先住所1": "渋谷区",
        "商品番号": "LS",
        "枝番号": "M-WH",
        "商品名": "リネンシャツ",
        "バリエーション名": "サイズ：M",
        "販売単価": "3,480",
        "購入数量": "1",
        "割引合計金額": "0",
    }
    only_line = {
        key: first[key] for key in ("受注コード", "商品番号", "商品名", "販売単価", "購入数量")
    }
    text = join_rows(
        first,
        {**only_line, "枝番号": "M-WH", "バリエーション名": "サイズ：M"},
        {**only_line, "商品番号": "BAG"},
    )
    landed = land(tmp_path, "juchu.csv", text)
    assert landed.mapping.name == "futureshop_orders.yml"
    assert landed.problems == []
    assert [row["sku"] for row in landed.rows("order_lines")] == ["LS-M-WH", "LS-M-WH", "BAG"]
    assert len({row["order_line_id"] for row in landed.rows("order_lines")}) == 3
    assert len(landed.rows("orders")) == 1
    assert landed.rows("products")[0]["size_label"] == "M"
    assert "shipments" not in landed.tables
    shipped = text.replace("割引合計金額", "発送日").replace(",0\n", ",2026/01/06\n")
    landed = land(tmp_path, "juchu2.csv", shipped)
    assert landed.rows("shipments")[0]["shipped_at"] == "2026-01-05 15:00:00"


def test_amazon_fba_returns(tmp_path: Path) -> None:
    header = (
        "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t"
        "detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n"
    )
    start = "2026-01-10T08:00:00+09:00\t503-1\tLS-M\tB0\tX0\tShirt\t1\tNRT1\t"
    text = (
        header
        + start
        + "SELLABLE\tAPPAREL_TOO_SMALL\tUnit returned to inventory\tLPN1\tきつい\n"
        + start
        + "CUSTOMER_DAMAGED\tUNDELIVERABLE_REFUSED\tReimbursed\tLPN2\t\n"
    )
    landed = land(tmp_path, "123456020.tsv", text)
    assert landed.mapping.name == "amazon_fba_returns.yml"
    assert landed.problems == []
    first, second = landed.rows("return_requests")
    assert (first["reason_code"], first["reason_system"]) == ("APPAREL_TOO_SMALL", "amazon")
    assert first["requested_at"] == "2026-01-09 23:00:00"
    assert [row.get("return_type") for row in (first, second)] == [None, "undeliverable"]
    receipts = landed.rows("return_receipts")
    assert [row["return_line_id"] for row in receipts] == [
        first["return_line_id"],
        second["return_line_id"],
    ]
    assert receipts[0]["disposition"] == "SELLABLE"


def test_amazon_seller_returns(tmp_path: Path) -> None:
    row = {
        "Order ID": "503-1",
        "Order date": "01-Jan-2026",
        "Return request date": "05-Jan-2026",
        "Return request status": "Approved",
        "Amazon RMA ID": "RMA1",
        "Label cost": "0",
        "Merchant SKU": "LS-M",
        "Return quantity": "1",
        "Return Reason": "AMZ-PG-APP-TOO-SMALL",
        "In policy": "Y",
        "Return type": "C-Returns",
        "Resolution": "StandardRefund",
        "Return delivery date": "10-Jan-2026",
        "Order Amount": "3980",
        "Refunded Amount": "3980",
    }
    other = {
        "Amazon RMA ID": "RMA2",
        "Return request status": "PendingApproval",
        "Resolution": "Replacement",
        "Return delivery date": "",
    }
    text = join_rows(
        row,
        {**row, **other},
        {**row, "Amazon RMA ID": "RMA3", "Return request status": "?", "Resolution": ""},
    )
    landed = land(tmp_path, "seller.tsv", text.replace(",", "\t"))
    assert landed.mapping.name == "amazon_seller_returns.yml"
    assert landed.problems == []
    rows = landed.rows("return_requests")
    assert [r.get("decision") for r in rows] == ["approved", "review", None]
    assert [r.get("requested_resolution") for r in rows] == ["refund", "exchange", None]
    assert rows[0]["requested_at"] == "2026-01-04 15:00:00"
    receipts = [r["return_line_id"] for r in landed.rows("return_receipts")]
    assert receipts == [rows[0]["return_line_id"], rows[2]["return_line_id"]]


@pytest.mark.parametrize("entity", load_model().entities)
def test_canonical_files_of_every_entity_are_read_by_their_own_names(
    entity: str, tmp_path: Path
) -> None:
    sample = {
        "timestamp": "2026-01-05 10:00:00",
        "date": "2026-01-05",
        "boolean": "true",
        "share": "0.1",
    }
    columns = load_model().entities[entity].columns
    row = {
        column.name: next(iter(column.values), sample.get(column.type, "1"))
        for column in columns.values()
    }
    for name in (f"{entity}.csv", f"{entity}-20260105.csv", f"{entity}_x.csv"):
        landed = land(tmp_path, name, join_rows(row))
        assert (landed.mapping.source, landed.mapping.first_entity) == ("canonical", entity)
        assert landed.problems == []
        assert set(landed.rows(entity)[0]) == set(columns)


def test_canonical_lines_without_an_id_are_numbered_within_their_order(tmp_path: Path) -> None:
    text = "注文番号,商品コード,数量,単価\nA,S1,1,100\nA,S2,1,100\nB,S1,1,100\n"
    landed = land(tmp_path, "order_lines.csv", text)
    assert [row["order_line_id"] for row in landed.rows("order_lines")] == ["A-1", "A-2", "B-1"]


def test_canonical_files_say_who_was_told_and_which_size_was_advised(tmp_path: Path) -> None:
    header, left = "出荷ID,注文番号,発送日時,発送通知日時\n", "2026-01-05"
    text = f"{header}S1,A,{left},2026/01/05 10:00\nS2,A,{left},\n"
    told = land(tmp_path, "shipments.csv", text).rows("shipments")
    assert [row.get("notice_sent_at") for row in told] == ["2026-01-05 01:00:00", None]
    text = "注文番号,商品コード,数量,単価,推奨サイズ\nA,S1,1,100,M\nA,S2,1,100,\n"
    advised = land(tmp_path, "order_lines.csv", text).rows("order_lines")
    assert [row.get("advised_size_label") for row in advised] == ["M", None]
    broken = land(tmp_path, "shipments.csv", f"{header}S1,A,{left},先週\n")
    assert [problem.column for problem in broken.problems] == ["発送通知日時"]


def test_canonical_aliases_name_no_header_for_two_columns_of_an_entity() -> None:
    for mapped in BY_NAME["canonical.yml"].entities.values():
        index = parse_mapping(
            "source: t\nentities: {products: {columns: {sku: s}}}", name="t"
        ).header_index
        assert index.names == ()
        seen: dict[str, str] = {}
        for column, expression in mapped.columns.items():
            for header in expression.source.headers:  # type: ignore[union-attr]
                assert seen.setdefault(header, column) == column, (mapped.entity.name, header)


SHARED = REPOSITORY.parent / "shared" / "data"
MAPPINGS = REPOSITORY / "tests" / "fixtures" / "mappings"


def land_shared(folder: str, file: str, mapping: str, currency: str) -> Landed:
    path = SHARED / folder / file
    if not path.exists():
        pytest.skip(f"the shared data are absent: {path}")
    [parsed] = [m for m in load_mappings(MAPPINGS) if m.name == mapping]
    return Landed(path, mapping=parsed, currency=currency)


@pytest.mark.shared_data
def test_bads_lands_whole() -> None:
    landed = land_shared("bads_ws1718", "order_items.csv.gz", "bads.yml", "EUR")
    assert landed.problems == []
    assert landed.rows_in == len(landed.column("order_lines", "sku")) == 79_935
    assert len(landed.column("return_requests", "sku")) == 37_978
    orders = landed.column("orders", "order_id")
    assert len(orders) == len(set(orders))
    assert {None, "unknown"} <= set(landed.column("shipments", "delivered_at"))


@pytest.mark.shared_data
def test_online_retail_lands_whole() -> None:
    landed = land_shared(
        "online_retail", "online_retail_to_2011-06.csv.gz", "online_retail.yml", "GBP"
    )
    assert landed.problems == []
    assert landed.rows_in == 245_903
    is_filtered = landed.column("order_lines", "is_filtered")
    returned = landed.column("return_requests", "return_line_id")
    assert len(is_filtered) + len(returned) == landed.rows_in
    kept = [
        line
        for line, is_out in zip(
            landed.column("order_lines", "order_line_id"), is_filtered, strict=True
        )
        if not is_out
    ]
    assert len({*kept, *returned}) == len(kept) + len(returned)
    assert len(kept) == 239_433
    assert landed.mapping.lead_time_days == 0
