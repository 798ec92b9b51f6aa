"""An erased customer is gone to the last byte, the money stays, and nothing brings them back."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.erasing import (
    append_erasure_list,
    collect_ids,
    finish_erasures,
    read_erasures,
)
from orchestration.erasure import erase_customer
from orchestration.folder import ShopFolder
from orchestration.landing.customers import hash_customer
from orchestration.store import open_store
from tests.orchestration.small_shops import (
    KEY,
    LINES,
    ORDERS,
    deliver,
    land,
    make_small_shop,
    read_rows,
    read_states,
)

STREET = "駒込一丁目二番地三号"
CANARY = "襟のカナリア色が思ったより明るい"
NOTE = "箱にカナリアの羽が一枚"
CUSTOMER = "customer-1"
HASHED = hash_customer(CUSTOMER, key=KEY)
FILES = {
    "orders.csv": ORDERS,
    "order_lines.csv": LINES,
    "customers.csv": "customer_id,usual_size\ncustomer-1,M\ncustomer-2,L\n",
    "shipments.csv": "shipment_id,order_id,shipped_at,address_line_1\n"
    f"S1,A1,2026-11-02 10:00:00,{STREET}\nS2,A2,2026-11-03 10:00:00,神田三丁目\n",
    "return_requests.csv": "return_line_id,order_line_id,requested_at,reason_text,quantity\n"
    f"R1,A1-1,2026-11-05 10:00:00,{CANARY},1\nR2,A2-1,2026-11-05 10:00:00,きつい,1\n",
    "return_receipts.csv": f"return_line_id,received_at,note\nR1,2026-11-08 10:00:00,{NOTE}\n",
}
MONEY = "select sum(total::bigint) from landing.orders"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop")
    for name, text in FILES.items():
        deliver(shop, name, text)
    land(shop)
    return shop


def read_store_bytes(shop: Path) -> bytes:
    with open_store(shop) as connection:
        connection.execute("checkpoint")
    return ShopFolder(shop).store.read_bytes()


def read_personal(shop: Path) -> str:
    """Read everything that could name a person, from every landed table."""
    tables = ("orders", "customers", "shipments", "return_requests", "return_receipts")
    with open_store(shop, read_only=True) as connection:
        return repr([connection.table(f"landing.{name}").fetchall() for name in tables])


def test_no_byte_of_the_customer_is_left(shop: Path) -> None:
    before = read_store_bytes(shop)
    for text in (STREET, CANARY, NOTE):
        assert text.encode() in before  # the search can find what is there
    erase_customer(shop, customer=CUSTOMER)
    after = read_store_bytes(shop)
    for text in (STREET, CANARY, NOTE, CUSTOMER):
        assert text.encode() not in after
    assert HASHED not in read_personal(shop)
    assert list(ShopFolder(shop).temporary.iterdir()) == []


def test_others_and_all_amounts_stay(shop: Path) -> None:
    money, files = read_rows(shop, MONEY), read_states(shop)
    done = erase_customer(shop, customer=CUSTOMER)
    assert (done.orders, done.rows) == (1, 5)  # order, customer, parcel, request, receipt
    assert read_rows(shop, MONEY) == money
    assert read_states(shop) == files
    personal = read_personal(shop)
    assert "神田三丁目" in personal
    assert hash_customer("customer-2", key=KEY) in personal


def test_the_hashed_id_erases_the_same_customer(shop: Path) -> None:
    assert erase_customer(shop, customer=HASHED).rows == 5


def test_files_balance_after_an_erasure(shop: Path) -> None:
    erase_customer(shop, customer=CUSTOMER)
    [row] = read_rows(
        shop,
        "select rows_in, rows_loaded, rows_erased from landing.files where entity = 'customers'",
    )
    assert row == (2, 1, 1)


def test_a_redelivery_does_not_resurrect(shop: Path) -> None:
    erase_customer(shop, customer=CUSTOMER)
    for name, text in FILES.items():
        deliver(shop, name.replace(".csv", "-again.csv"), f"{text}\n")
    land(shop, "again")
    assert set(read_states(shop).values()) == {"loaded"}
    personal = read_personal(shop)
    after = read_store_bytes(shop)
    assert HASHED not in personal
    for text in (STREET, CANARY, NOTE, CUSTOMER):
        assert text not in personal
        assert text.encode() not in after


def test_reading_the_files_again_does_not_resurrect(shop: Path) -> None:
    erase_customer(shop, customer=CUSTOMER)
    toml = ShopFolder(shop).settings_file
    toml.write_text(toml.read_text("utf-8").replace("Asia/Tokyo", "Asia/Seoul"), "utf-8")
    assert len(land(shop, "again").files) == len(FILES)
    personal = read_personal(shop)
    for text in (HASHED, STREET, CANARY, NOTE):
        assert text not in personal


def test_an_unknown_customer_is_kept_out_of_later_files(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    assert erase_customer(shop, customer=CUSTOMER).rows == 0
    deliver(shop, "orders.csv", ORDERS)
    land(shop)
    assert HASHED not in read_personal(shop)


def test_an_erasure_that_was_cut_off_is_finished_by_the_next_run(shop: Path) -> None:
    with open_store(shop, read_only=True) as connection:
        found = collect_ids(connection, HASHED)
    append_erasure_list(shop, found)
    assert finish_erasures(shop) == 5
    assert STREET.encode() not in read_store_bytes(shop)
    assert finish_erasures(shop) == 0
    assert read_erasures(shop) == {kind: ids for kind, ids in found.items() if ids}


def test_files_that_hold_the_customer_are_named(shop: Path) -> None:
    done = erase_customer(shop, customer=CUSTOMER)
    assert done.inbox_files == (
        "customers.csv",
        "orders.csv",
        "return_receipts.csv",
        "return_requests.csv",
        "shipments.csv",
    )
    assert not done.is_inbox_rewritten
    assert STREET in (shop / "inbox" / "shipments.csv").read_text(encoding="utf-8")


def test_rewritten_files_are_no_new_delivery(shop: Path) -> None:
    erase_customer(shop, customer=CUSTOMER, is_inbox_rewritten=True)
    everything = b"".join(path.read_bytes() for path in (shop / "inbox").iterdir())
    for text in (STREET, CANARY, NOTE, CUSTOMER):
        assert text.encode() not in everything
    assert "A1,,2026-11-01 10:00:00,3900" in everything.decode()
    assert "神田三丁目" in everything.decode()
    summary = land(shop, "again")
    assert (summary.files, summary.waiting) == ((), ())
    assert erase_customer(shop, customer=CUSTOMER).inbox_files == ()


def test_a_quarantined_record_is_blanked_as_well(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    path = deliver(shop, "orders.csv", ORDERS.replace("2026-11-01 10:00:00", "someday"))
    land(shop)
    erase_customer(shop, customer=CUSTOMER, is_inbox_rewritten=True)
    assert "A1,,someday,3900" in path.read_text(encoding="utf-8")


MAPPING = """\
source: mall
files: ["mall*"]
read: {read}
entities:
  orders:
    columns:
      order_id: {from: 注文番号}
      customer_id: {from: 会員番号}
      ordered_at: {from: 注文日時}
      channel: {constant: mall}
"""
HEADER = ("注文番号", "会員番号", "お名前", "注文日時", "商品名")
RECORDS = (
    ("A1", "customer-1", "駒込 花子", "2026-11-01 10:00:00", "シャツ, 白"),
    ("A2", "customer-2", "神田 次郎", "2026-11-02 10:00:00", 'ポロ"M"'),
)


def write_separated(delimiter: str, line_end: str) -> str:
    def quote(field: str) -> str:
        needs = any(sign in field for sign in (delimiter, '"'))
        return '"' + field.replace('"', '""') + '"' if needs else field

    lines = [delimiter.join(map(quote, fields)) for fields in (HEADER, *RECORDS)]
    return line_end.join(lines) + line_end


def write_json_lines() -> str:
    return "".join(
        json.dumps(dict(zip(HEADER, record, strict=True)), ensure_ascii=False) + "\n"
        for record in RECORDS
    )


def write_parquet() -> bytes:
    columns = {name: [record[i] for record in RECORDS] for i, name in enumerate(HEADER)}
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("mall.csv", write_separated(",", "\n").encode(), "{}"),
        ("mall.csv", write_separated(",", "\r\n").encode("cp932"), "{}"),
        ("mall.tsv", write_separated("\t", "\n").encode("cp932"), "{}"),
        ("mall.csv", write_separated("|", "\n").encode("cp932"), '{delimiter: "|"}'),
        ("mall.csv", write_separated(";", "\n").encode("euc_jp"), "{encoding: euc_jp}"),
        ("mall.csv", write_separated(",", "\n").encode("utf-16"), "{encoding: utf-16}"),
        ("mall.csv.gz", gzip.compress(write_separated(",", "\n").encode(), mtime=0), "{}"),
        ("mall.jsonl", write_json_lines().encode(), "{}"),
        ("mall.parquet", write_parquet(), "{}"),
    ],
)
def test_only_the_customers_record_changes_in_every_format(
    tmp_path: Path, name: str, content: bytes, read: str
) -> None:
    shop = make_small_shop(tmp_path / "shop")
    mapping = ShopFolder(shop).mappings / "mall.yml"
    mapping.write_text(MAPPING.replace("{read}", read), encoding="utf-8")
    path = deliver(shop, name, content)
    land(shop)
    assert read_states(shop) == {name: "loaded"}
    before = read_rows(shop, "select order_id, ordered_at from landing.orders order by all")
    done = erase_customer(shop, customer=CUSTOMER, is_inbox_rewritten=True)
    assert done.inbox_files == (name,)
    text = read_text(path)
    assert "花子" not in text
    assert CUSTOMER not in text
    assert "神田 次郎" in text
    assert "customer-2" in text
    assert "ポロ" in text
    assert land(shop, "again").files == ()
    ShopFolder(shop).store.unlink()
    land(shop, "afresh")
    assert read_rows(shop, "select order_id, ordered_at from landing.orders order by all") == before


def read_text(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist())
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    for encoding in ("utf-8", "cp932", "euc_jp", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "注文番号" in text:
            return text
    raise AssertionError("no encoding reads the file")
