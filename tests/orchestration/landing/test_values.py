"""Quantities, numbers, words, ids: what is read, what is refused, and that fast equals slow."""

from __future__ import annotations

import doctest
import importlib
import re
from datetime import date
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.canonical import load_model
from orchestration.landing.customers import hash_customer
from orchestration.landing.expressions import Changes
from orchestration.landing.fast_reading import build_fast_read, is_plain
from orchestration.landing.masking import MASK, is_personal_header, mask_value
from orchestration.landing.money import parse_money
from orchestration.landing.refusals import Refused, trim
from orchestration.landing.value_reading import ReadingSettings, build_read
from orchestration.landing.values import (
    build_code_words,
    divide_by_hundred,
    negate,
    parse_boolean,
    parse_centimetres,
    parse_code,
    parse_id,
    parse_number,
    parse_quantity,
    parse_share,
    parse_whole,
)


def rule_of(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return answer.rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "3"),
        ("1.0", "1"),
        ("3個", "3"),
        ("３", "3"),
        ("３ 個", "3"),
        ("2点", "2"),
        ("1,200", "1200"),
    ],
)
def test_quantities_are_read(text: str, expected: str) -> None:
    assert parse_quantity(text) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("0", "quantity_below_one"),
        ("0.0", "quantity_below_one"),
        ("-1", "quantity_below_one"),
        ("▲1", "quantity_below_one"),
        ("1.5", "quantity_not_whole"),
        ("三", "quantity_not_read"),
        ("1e3", "quantity_not_read"),
        ("1,00", "quantity_not_read"),
        ("9" * 16, "number_too_large"),
    ],
)
def test_other_quantities_are_refused(text: str, rule: str) -> None:
    assert rule_of(parse_quantity(text)) == rule


def test_ids_stay_as_written() -> None:
    for text in ("00042", "17850.0", "#1001", "A-1/B", "商品Ａ", "1e5", "12E5"):
        assert parse_id(text) == text
    assert parse_id(" 　A-1\u200b") == "A-1"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1.23457E+15", "id_scientific"),
        ("4.90123e+12", "id_scientific"),
        ("#N/A", "id_sheet_error"),
        ("#REF!", "id_sheet_error"),
        ("A\n1", "id_control_character"),
    ],
)
def test_broken_ids_are_refused(text: str, rule: str) -> None:
    assert rule_of(parse_id(text)) == rule


def test_whole_numbers_know_their_sign() -> None:
    assert parse_whole("0", is_signed=False) == "0"
    assert parse_whole("−3", is_signed=True) == "-3"
    assert rule_of(parse_whole("-3", is_signed=False)) == "number_negative"
    assert rule_of(parse_whole("2.5", is_signed=True)) == "number_not_whole"
    assert rule_of(parse_whole("many", is_signed=True)) == "number_not_read"
    assert rule_of(parse_whole("9" * 16, is_signed=True)) == "number_too_large"


def test_numbers_may_carry_their_unit() -> None:
    assert parse_number("72.50㎝") == "72.5"
    assert parse_number("5分") == "5"
    assert parse_number("-0.0") == "0"
    assert rule_of(parse_number("7e2")) == "number_not_read"
    assert rule_of(parse_number("1." + "1" * 15)) == "number_too_large"


def test_garments_measure_above_nothing_and_below_four_metres() -> None:
    assert parse_centimetres("７２．５０センチ") == "72.5"
    assert parse_centimetres("399.99cm") == "399.99"
    for text in ("0", "-1", "400", "725"):
        assert rule_of(parse_centimetres(text)) == "centimetres_out_of_range", text
    assert rule_of(parse_centimetres("L")) == "number_not_read"


def test_shares_lie_between_zero_and_one() -> None:
    assert parse_share("8％") == "0.08"
    assert parse_share("1") == "1"
    assert rule_of(parse_share("10")) == "share_out_of_range"
    assert rule_of(parse_share("ten")) == "number_not_read"
    assert divide_by_hundred("10") == "0.1"


def test_booleans_are_read_in_both_languages() -> None:
    assert [parse_boolean(t) for t in ("TRUE", "１", "はい", "○", "有")] == ["true"] * 5
    assert [parse_boolean(t) for t in ("No", "0", "いいえ", "×", "なし")] == ["false"] * 5
    assert rule_of(parse_boolean("maybe")) == "boolean_not_read"


def test_codes_are_read_in_every_known_spelling() -> None:
    column = load_model().entities["refunds"].columns["method"]
    words = build_code_words(column.values)
    for text in ("points", "ポイント", "Points ", "ＰＯＩＮＴＳ"):
        assert parse_code(text, words=words) == "points"
    assert parse_code("bank transfer", words=words) == "bank_transfer"
    refused = parse_code("pointts", words=words)
    assert isinstance(refused, Refused)
    assert refused.rule == "code_unknown"
    assert refused.parameters["nearest"] == "points"
    assert "bank_transfer" in refused.parameters["expected"]


def test_every_code_spelling_means_one_word() -> None:
    for entity in load_model().entities.values():
        for column in entity.columns.values():
            spellings = [s for word, others in column.values.items() for s in (word, *others)]
            words = build_code_words(column.values)
            for word, others in column.values.items():
                assert all(parse_code(s, words=words) == word for s in (word, *others))
            assert len({s.casefold() for s in spellings}) == len(spellings)


def test_negate_turns_the_sign_of_text() -> None:
    assert [negate(t) for t in ("-12", "12", "▲3", "+4", "(5)")] == ["12", "-12", "3", "-4", "5"]


def test_customer_hash_is_keyed_and_ignores_spelling() -> None:
    first = hash_customer(" Taro@Example.JP", key=b"one")
    assert first == hash_customer("ｔaro@example.jp", key=b"one")
    assert first != hash_customer("taro@example.jp", key=b"two")
    assert first.startswith("k1:")
    assert len(first) == 3 + 64
    assert hash_customer("C-1", key=b"one") != hash_customer("c-1", key=b"one")


@pytest.mark.parametrize(
    "header",
    [
        "お名前(姓)",
        "配送先_住所1",
        "Email",
        "Billing Name",
        "電話番号",
        "TEL",
        "郵便番号",
        "Shipping Phone",
        "customer-comments",
    ],
)
def test_headers_of_people_are_personal(header: str) -> None:
    assert is_personal_header(header)


@pytest.mark.parametrize(
    "header", ["商品名", "Lineitem name", "product-name", "数量", "sku", "ブランド名", "規格名1"]
)
def test_headers_of_things_are_not_personal(header: str) -> None:
    assert not is_personal_header(header)


def test_values_are_masked_and_cut() -> None:
    assert mask_value("secret", is_personal=True) == MASK
    assert mask_value("taro@example.jp", is_personal=False) == MASK
    assert mask_value("090-1234-5678", is_personal=False) == MASK
    assert mask_value("4901234567894", is_personal=False) == "4901234567894"
    assert mask_value(None, is_personal=True) is None
    assert len(mask_value("x" * 500, is_personal=False) or "") == 121


SETTINGS = ReadingSettings(
    time_zone=ZoneInfo("Asia/Tokyo"),
    latest=date(2027, 12, 29),
    date_order="ymd",
    currency="JPY",
    decimal_mark=".",
    hash_key=b"key",
)
TEXTS = [
    *(
        "0",
        "1",
        "12",
        "-3",
        "+4",
        "007",
        "1.0",
        "1.50",
        "1,000",
        "３",
        "",
        " 5",
        "1e3",
        "9" * 12,
        "9" * 16,
    ),
    *("2.55", "0.05", "0.5", "12.345", "0", "¥5", "24.90"),
    *(
        "2026-01-05",
        "2026-02-30",
        "2026-01-05 10:00:00",
        "2026-01-05T10:00:00",
        "2026-01-05 24:00:00",
    ),
    *(
        "2026-01-05T10:00:00Z",
        "2026-01-05 10:00:00+09:00",
        "2026-01-05T10:00:00.123Z",
        "1990-01-01",
    ),
    *(
        "1990-01-02",
        "1990-01-02 08:59:59",
        "2027-12-29",
        "2027-12-30",
        "9999-12-31",
        "2026-1-5",
        "20260105",
    ),
    *("2026-03-29 02:30:00", "2026-10-25 02:30:00", "0001-01-01", "2026-01-05 10:00"),
    *(
        "#1001",
        "#N/A",
        "1.23457E+15",
        "A-1",
        "a_b.c:d/e",
        "商品",
        "A 1",
        "　A",
        "x+y",
        "#REF!",
        "a#1",
    ),
]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Europe/Berlin", "UTC"])
@pytest.mark.parametrize("currency", ["JPY", "GBP", "KWD"])
def test_fast_reading_answers_as_the_parsers_do(zone: str, currency: str) -> None:
    settings = ReadingSettings(
        ZoneInfo(zone), SETTINGS.latest, "ymd", currency, ".", SETTINGS.hash_key
    )
    columns = [
        next(
            c for e in load_model().entities.values() for c in e.columns.values() if c.type == kind
        )
        for kind in (
            "id",
            "quantity",
            "count",
            "integer",
            "money",
            "signed_money",
            "timestamp",
            "date",
        )
    ]
    for column in columns:
        read = build_read(column, changes=Changes(), settings=settings)
        fast = build_fast_read(
            column.type,
            currency=currency,
            rules=settings.build_date_rules(Changes()),
            decimal_mark=".",
        )
        assert fast is not None
        together = [fast(pa.array(TEXTS, pa.string())).to_pylist()]
        alone = [fast(pa.array([text], pa.string())).to_pylist()[0] for text in TEXTS]
        for answers in (*together, alone):
            for text, answer in zip(TEXTS, answers, strict=True):
                assert answer is None or answer == read(text), (column.type, text)
        assert any(alone), column.type


def test_plain_columns_need_no_trimming() -> None:
    assert is_plain(pa.array(["A-1", None, "007"], pa.string()))
    assert is_plain(pa.array([None, None], pa.string()))
    assert is_plain(pa.array([" x", "ok", "ok"], pa.string()).slice(1))
    for text in (" A", "A\u3000", "A\xa0", "\ufeffA", "A\u200b", "#N/A", "1E+15", "A\n", ""):
        assert not is_plain(pa.array(["B", text], pa.string())), text
        assert (
            text == "" or trim(text) != text or isinstance(parse_id(text), Refused) or "+" in text
        )


KINDS = {c.type: c for e in load_model().entities.values() for c in e.columns.values()}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"free_text"}))
@given(text=st.text(max_size=30) | st.from_regex(r"[-+¥(▲]?[0-9０-９.,:/年月日T ]{1,20}[)Z円%]?"))
def test_no_text_makes_a_parser_fail_or_land_what_cannot_be_cast(kind: str, text: str) -> None:
    answer = build_read(KINDS[kind], changes=Changes(), settings=SETTINGS)(text)
    if not isinstance(answer, str):
        return
    assert answer == answer.strip() != ""
    canonical = {
        **dict.fromkeys(("quantity", "count", "money"), "[0-9]{1,15}"),
        **dict.fromkeys(("integer", "signed_money"), "-?[0-9]{1,15}"),
        **dict.fromkeys(("number", "centimetres", "share"), "-?[0-9]+(?:[.][0-9]+)?"),
        "boolean": "true|false",
        "timestamp": "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}",
        "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "customer": "k1:[0-9a-f]{64}",
    }
    assert kind not in canonical or re.fullmatch(canonical[kind], answer)


@pytest.mark.parametrize("text", ["10²", "½", "①", "٣"])
def test_digits_that_are_not_plain_are_no_numbers(text: str) -> None:
    assert rule_of(parse_quantity(text)) == "quantity_not_read"
    assert rule_of(parse_money(text, currency="JPY")) == "money_not_read"


DOCUMENTED = (
    "refusals values money dates clock_times yaml_text masking customers file_names header_names "
    "conditions messages value_reading"
)


@pytest.mark.parametrize("name", DOCUMENTED.split())
def test_examples_in_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"orchestration.landing.{name}")
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
    assert outcome.attempted > 0
