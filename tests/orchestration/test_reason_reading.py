"""Every distinct text is read once per model, survives, and goes when its text goes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from models_ml.reasons.reader import Reading, read_text
from orchestration import reason_reading
from orchestration.erasure import erase_customer
from orchestration.fingerprint import compute_reader_sha256, compute_request_sha256
from orchestration.folder import ShopFolder
from orchestration.kept_readings import write_batch
from orchestration.reason_reading import TextReader, read_new_texts
from orchestration.settings import load_settings
from tests.orchestration.small_shops import (
    LINES,
    ORDERS,
    deliver,
    land,
    make_small_shop,
    read_rows,
)

TIGHT, COLOUR, NEW = "甲がきつい", "色が写真と違う", "ウエストが大きい"
HEADER = "return_line_id,order_line_id,requested_at,reason_text,quantity\n"
REQUESTS = (
    f"{HEADER}R1,A1-1,2026-11-05 10:00:00,{TIGHT},1\nR2,A2-1,2026-11-05 10:00:00,{COLOUR},1\n"
    f"R3,A2-1,2026-11-06 10:00:00,{TIGHT},1\nR4,A2-1,2026-11-06 10:00:00, ,1\n"
    "R5,A2-1,2026-11-06 10:00:00,,1\n"
)
READINGS = "select text_sha256, model_version from landing.reason_readings order by all"


def hash_one(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Watched(TextReader):
    """The shipped reading, which remembers what it was asked to read."""

    asked: list[str]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        self.asked.extend(texts)
        return [read_text(text) for text in texts]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    Watched.asked = asked
    monkeypatch.setattr(reason_reading, "open_reader", lambda _: Watched("first"))
    return asked


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop")
    files = {"orders.csv": ORDERS, "order_lines.csv": LINES, "return_requests.csv": REQUESTS}
    for name, text in files.items():
        deliver(shop, name, text)
    land(shop)
    return shop


def test_every_distinct_text_is_read_once(shop: Path, asked: list[str]) -> None:
    assert read_new_texts(shop)["reason_readings"] == 2
    assert sorted(asked) == sorted([TIGHT, COLOUR])
    read_new_texts(shop)
    assert len(asked) == 2


def test_only_new_texts_are_read_later(shop: Path, asked: list[str]) -> None:
    read_new_texts(shop)
    later = f"{HEADER}R6,A1-1,2026-11-09 10:00:00,{NEW},1\nR7,A1-1,2026-11-09 10:00:00,{TIGHT},1\n"
    deliver(shop, "return_requests-2.csv", later)
    land(shop, "later")
    del asked[:]
    read_new_texts(shop)
    assert asked == [NEW]


def test_what_was_read_is_what_the_reader_says(shop: Path) -> None:
    read_new_texts(shop)
    reading = read_text(TIGHT)
    found = read_rows(
        shop,
        "select reason_code, reason_probability, evidence_spans_text"
        " from landing.reason_reading_codes where text_sha256 = ?",
        hash_one(TIGHT),
    )
    assert [(code, share) for code, share, _ in found] == list(reading.codes.items())
    assert found[0][2] == str([[one.start, one.end] for one in reading.evidence])
    [row] = read_rows(
        shop,
        "select direction_code, zones_text, is_abstained, is_escalated, model_version"
        " from landing.reason_readings where text_sha256 = ?",
        hash_one(TIGHT),
    )
    assert row == ("small", "instep", False, False, reading.model_version)


def test_another_model_reads_everything_again(
    shop: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_new_texts(shop)
    before = compute_reader_sha256(shop)
    champion = ShopFolder(shop).champion
    champion.parent.mkdir(parents=True)
    champion.write_text('{"model": "second"}', encoding="utf-8")
    assert compute_reader_sha256(shop) != before
    monkeypatch.setattr(reason_reading, "open_reader", lambda _: Watched("second"))
    read_new_texts(shop)
    assert len(asked) == 4
    assert read_rows(shop, "select model_version from landing.reason_readers") == [("second",)]
    # Both are kept: a model that is rolled back has read these texts already.
    assert len(read_rows(shop, READINGS)) == 4
    champion.unlink()
    monkeypatch.setattr(reason_reading, "open_reader", lambda _: Watched("first"))
    read_new_texts(shop)
    assert len(asked) == 4
    assert read_rows(shop, "select model_version from landing.reason_readers") == [("first",)]


def test_an_idle_run_knows_that_the_model_has_changed(shop: Path) -> None:
    settings = load_settings(shop)
    before = compute_request_sha256(shop, settings, as_of=None)
    champion = ShopFolder(shop).champion
    champion.parent.mkdir(parents=True)
    champion.write_text("{}", encoding="utf-8")
    with_champion = compute_request_sha256(shop, settings, as_of=None)
    labels = ShopFolder(shop).labels / "one.parquet"
    labels.write_bytes(b"label")
    assert len({before, with_champion, compute_request_sha256(shop, settings, as_of=None)}) == 3


@pytest.mark.parametrize("committed", [0, 1, 2])
def test_a_reading_that_was_cut_off_goes_on_where_it_ended(
    shop: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch, committed: int
) -> None:
    monkeypatch.setattr(reason_reading, "BATCH_TEXTS", 1)
    written = 0

    def write_and_die(*batch: object) -> None:
        nonlocal written
        if written == committed:
            raise KeyboardInterrupt
        written += 1
        write_batch(*batch)  # type: ignore[arg-type]

    monkeypatch.setattr(reason_reading, "write_batch", write_and_die)
    if committed < 2:
        with pytest.raises(KeyboardInterrupt):
            read_new_texts(shop)
    else:
        read_new_texts(shop)
    kept = read_rows(shop, READINGS)
    assert len(kept) == committed
    monkeypatch.setattr(reason_reading, "write_batch", write_batch)
    del asked[:]
    read_new_texts(shop)
    assert len(asked) == 2 - committed
    assert len(read_rows(shop, READINGS)) == 2
    codes = "select text_sha256, model_version, reason_code from landing.reason_reading_codes"
    found = read_rows(shop, codes)
    assert len(found) == len(set(found))


def test_two_processes_read_what_one_reads(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(
        f"M{number},A1-1,2026-11-09 10:00:00,{TIGHT}{number}足,1\n" for number in range(8)
    )
    deliver(shop, "return_requests-many.csv", HEADER + rows)
    land(shop, "many")
    monkeypatch.setattr(reason_reading, "FEW_TEXTS", 0)
    monkeypatch.setattr(reason_reading, "BATCH_TEXTS", 3)
    monkeypatch.setattr(reason_reading, "count_cores", lambda: 2)
    read_new_texts(shop)
    every = [
        f"select * from landing.{table} order by all"
        for table in ("reason_readings", "reason_reading_codes")
    ]
    both = [read_rows(shop, sql) for sql in every]
    assert len(both[0]) == 10
    with reason_reading.open_store(shop) as store:
        for table in ("reason_readings", "reason_reading_codes"):
            store.execute(f"delete from landing.{table}")
    monkeypatch.setattr(reason_reading, "count_cores", lambda: 1)
    read_new_texts(shop)
    assert [read_rows(shop, sql) for sql in every] == both


def test_a_reading_leaves_with_the_customer(shop: Path) -> None:
    read_new_texts(shop)
    # TIGHT is customer-1's and customer-2's: it stays while one of them is there.
    erase_customer(shop, customer="customer-1")
    assert {row[0] for row in read_rows(shop, READINGS)} == {hash_one(TIGHT), hash_one(COLOUR)}
    erase_customer(shop, customer="customer-2")
    assert read_rows(shop, READINGS) == []
    assert read_rows(shop, "select * from landing.reason_reading_codes") == []
    stored = ShopFolder(shop).store.read_bytes()
    assert hash_one(TIGHT).encode() not in stored
    assert hash_one(COLOUR).encode() not in stored


def test_a_reading_leaves_with_the_file_that_brought_its_text(shop: Path, asked: list[str]) -> None:
    read_new_texts(shop)
    with reason_reading.open_store(shop) as store:
        store.execute("delete from landing.return_requests where reason_text = ?", [COLOUR])
    read_new_texts(shop)
    assert read_rows(shop, READINGS) == [(hash_one(TIGHT), "first")]
    assert len(asked) == 2
