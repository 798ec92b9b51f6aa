"""Labels in a shop's folder: appended whole, read in any order, refused by row, erased whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from models_ml.reasons.labels import Label, hash_text
from orchestration.backup import back_up, restore
from orchestration.erasure import erase_customer
from orchestration.reason_labels import (
    SCHEMA,
    append_labels,
    erase_labels,
    list_label_files,
    name_erased_text,
    read_labels,
)
from orchestration.settings import load_hash_key
from orchestration.wording import WrongUseError
from tests.orchestration.small_shops import LINES, ORDERS, deliver, land, make_small_shop

OWN = "襟のカナリア色が思ったより明るい"
SHARED = "きつい"


def make_label(text: str = SHARED, **values: Any) -> Label:
    label = Label(
        text_hash=hash_text(text),
        annotator="aki",
        labelled_at="2026-11-29T00:00:00Z",
        verdict="codes",
        codes=("FIT.SMALL",),
        direction="small",
        zone="waist",
        text=text,
        model_version="m",
        was_random=True,
        kind="person",
    )
    return replace(label, **values)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def test_labels_come_back_as_they_were_whatever_the_files(shop: Path) -> None:
    labels = [make_label(f"文{n}") for n in range(5)]
    append_labels(shop, labels[:3])
    append_labels(shop, labels[2:])
    assert len(list_label_files(shop)) == 2
    assert read_labels(shop) == sorted(labels)
    for number, path in enumerate(list_label_files(shop)):
        path.rename(path.with_name(f"{9 - number}.parquet"))
    assert read_labels(shop) == sorted(labels)
    assert append_labels(shop, []) is None


def test_texts_are_redacted_before_they_are_stored(shop: Path) -> None:
    written = append_labels(shop, [make_label("山田です。きつい。090-1234-5678まで")])
    assert written is not None
    assert b"090-1234-5678" not in written.read_bytes()
    [label] = read_labels(shop)
    assert label.text == "[name]です。きつい。[phone]まで"
    assert label.text_hash == hash_text(label.text)


def test_what_a_crash_left_is_no_file(shop: Path) -> None:
    append_labels(shop, [make_label()])
    (shop / "labels" / ".20261129T000000-abc.parquet").write_bytes(b"PAR1half")
    assert read_labels(shop) == [make_label()]


def test_a_file_that_is_no_parquet_is_named(shop: Path) -> None:
    (shop / "labels" / "bad.parquet").write_bytes(b"text_hash,codes\n")
    with pytest.raises(WrongUseError, match=r"labels/bad\.parquet cannot be read as Parquet"):
        read_labels(shop)


def test_a_missing_column_is_named(shop: Path) -> None:
    pq.write_table(pa.table({"text_hash": ["x"]}), shop / "labels" / "short.parquet")
    with pytest.raises(WrongUseError, match=r"labels/short.parquet lacks the column annotator"):
        read_labels(shop)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text_hash", "abc"),
        ("text_hash", hash_text("another text")),
        ("annotator", "a b"),
        ("annotator", None),
        ("labelled_at", "29 Nov"),
        ("verdict", "maybe"),
        ("verdict", "none"),
        ("codes", None),
        ("codes", [""]),
        ("codes", []),
        ("direction", "up"),
        ("zone", None),
        ("text", None),
        ("was_random", None),
        ("kind", "robot"),
    ],
)
def test_a_value_that_cannot_be_used_is_answered_with_file_row_and_column(
    shop: Path, column: str, value: object
) -> None:
    append_labels(shop, [make_label()])
    [path] = list_label_files(shop)
    rows = pq.read_table(path).to_pylist()
    pq.write_table(
        pa.Table.from_pylist([*rows, rows[0] | {column: value}], schema=SCHEMA),
        shop / "labels" / "bad.parquet",
    )
    with pytest.raises(WrongUseError) as caught:
        read_labels(shop)
    said = caught.value.render("en")
    assert "labels/bad.parquet, row 2, column" in said
    assert "labels/bad.parquet の 2 行目" in caught.value.render("ja")


@pytest.mark.parametrize("text", ["", "👟", "\ud800", "a" * 100_000, "<b>きつい</b>"])
def test_any_text_can_be_labelled(shop: Path, text: str) -> None:
    append_labels(shop, [make_label(text)])
    [label] = read_labels(shop)
    assert label.codes == ("FIT.SMALL",)


def test_erasing_labels_leaves_no_byte_of_their_texts(shop: Path) -> None:
    append_labels(shop, [make_label(OWN), make_label()])
    append_labels(shop, [make_label(OWN, annotator="ben")])
    (shop / "labels" / ".half.parquet").write_bytes(OWN.encode())
    erased = name_erased_text(hash_text(OWN), key=load_hash_key(shop))
    assert erase_labels(shop, frozenset({erased})) == 2
    assert read_labels(shop) == [make_label()]
    assert not any(
        needle in path.read_bytes()
        for path in (shop / "labels").iterdir()
        for needle in (OWN.encode(), hash_text(OWN).encode())
    )


@pytest.fixture
def landed_shop(shop: Path) -> Path:
    deliver(shop, "orders.csv", ORDERS)
    deliver(shop, "order_lines.csv", LINES)
    deliver(
        shop,
        "return_requests.csv",
        "return_line_id,order_line_id,requested_at,reason_text,quantity\n"
        f"R1,A1-1,2026-11-05 10:00:00,{OWN},1\nR2,A2-1,2026-11-05 10:00:00,{SHARED},1\n"
        f"R3,A1-1,2026-11-06 10:00:00,{SHARED},1\n",
    )
    land(shop)
    return shop


def test_an_erased_customers_own_texts_lose_their_labels(landed_shop: Path) -> None:
    append_labels(landed_shop, [make_label(OWN), make_label(SHARED)])
    erase_customer(landed_shop, customer="customer-1")
    assert [label.text for label in read_labels(landed_shop)] == [SHARED]


def test_a_backup_does_not_bring_erased_labels_back(landed_shop: Path, tmp_path: Path) -> None:
    append_labels(landed_shop, [make_label(OWN), make_label(SHARED)])
    backup = back_up(landed_shop, target=tmp_path / "backup")
    erase_customer(landed_shop, customer="customer-1")
    restore(landed_shop, source=backup.folder)
    assert [label.text for label in read_labels(landed_shop)] == [SHARED]
