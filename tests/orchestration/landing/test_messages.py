"""Every rule has its words in both languages, and every rule is reached by a fixture."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from orchestration.landing import reading_rules
from orchestration.landing.applying import MappingApplier
from orchestration.landing.choosing import choose_mapping
from orchestration.landing.contracts import FileRefusedError, Problem, RecordBatch
from orchestration.landing.mapping import MappingError, parse_mapping
from orchestration.landing.messages import LANGUAGES, RULES, render
from tests.orchestration.landing.applied import SETTINGS, apply_mapping, read_one
from tests.orchestration.landing.read_files import read_bytes

READING_RULES = reading_rules.FILE_RULES | reading_rules.RECORD_RULES
PRODUCTS = "source: t\nentities: {products: {columns: {sku: Code}}}\n"
DELIVERED = ("shipments", "delivered_at")
QUANTITY = ("return_requests", "quantity")
PRICE = ("products", "list_price")

# rule → (canonical column, value that breaks it)
BROKEN_VALUES = {
    "value_missing": (("orders", "order_id"), ""),
    "id_scientific": (("orders", "policy_id"), "1.23457E+15"),
    "id_sheet_error": (("orders", "policy_id"), "#N/A"),
    "id_control_character": (("orders", "policy_id"), "A\x0bB"),
    "quantity_not_read": (QUANTITY, "三"),
    "quantity_not_whole": (QUANTITY, "1.5"),
    "quantity_below_one": (QUANTITY, "0"),
    "number_not_read": (("products", "size_order"), "second"),
    "number_not_whole": (("products", "size_order"), "2.5"),
    "number_negative": (("inventory_snapshots", "on_hand"), "-1"),
    "number_too_large": (QUANTITY, "9" * 16),
    "money_not_read": (PRICE, "無料"),
    "money_grouping": (PRICE, "1,00"),
    "money_fraction": (PRICE, "1200.50"),
    "money_negative": (PRICE, "▲500"),
    "money_other_currency": (PRICE, "$5"),
    "money_tax_excluded": (PRICE, "500円(税抜)"),
    "centimetres_out_of_range": (("size_charts", "value_cm"), "725"),
    "share_out_of_range": (("order_lines", "tax_rate"), "10"),
    "boolean_not_read": (("orders", "ship_to_store"), "maybe"),
    "code_unknown": (("return_requests", "decision"), "aproved"),
    "date_not_read": (DELIVERED, "昨日"),
    "date_without_year": (DELIVERED, "1月5日"),
    "date_two_digit_year": (DELIVERED, "26/1/5"),
    "date_order_not_declared": (DELIVERED, "01/05/2026"),
    "date_does_not_exist": (DELIVERED, "2026年2月30日"),
    "time_does_not_exist": (DELIVERED, "2026-01-05 31:00"),
    "date_too_early": (DELIVERED, "1990-01-01"),
    "date_too_late": (DELIVERED, "2099-01-01"),
    "epoch_not_declared": (DELIVERED, "1767538800"),
}
BROKEN_MAPPINGS = {
    "mapping_not_yaml": "source: [",
    "mapping_duplicate_key": "source: t\nsource: t",
    "mapping_unknown_option": PRODUCTS + "file: x",
    "mapping_missing_option": "source: t",
    "mapping_bad_value": PRODUCTS + "lead_time_days: soon",
    "mapping_bad_pattern": PRODUCTS + "keep_rows_where: [{column: a, matches: '('}]",
    "mapping_unknown_entity": PRODUCTS.replace("products", "product"),
    "mapping_unknown_column": PRODUCTS.replace("sku", "skuu"),
    "mapping_missing_column": PRODUCTS.replace("sku", "season"),
    "mapping_option_of_other_type": PRODUCTS.replace("Code", "{from: Code, negate: true}"),
}


def apply_floats() -> None:
    """Apply a mapping to a Parquet column of floating-point numbers."""
    field = pa.field("Code", pa.string(), metadata={b"kaeru_type": b"float"})
    table = pa.table([pa.array(["1.0"])], schema=pa.schema([field]))
    MappingApplier(OWN, SETTINGS).apply(RecordBatch(table, pa.array([1], pa.int64())))


OWN = parse_mapping(PRODUCTS, name="t.yml")
OTHER = parse_mapping(PRODUCTS.replace("source: t", "source: u"), name="u.yml")
REFUSED_FILES: dict[str, Callable[[], object]] = {
    "no_mapping_fits": lambda: choose_mapping("a.csv", ("sku",), shop=(OWN, OTHER), shipped=()),
    "several_mappings_fit": lambda: choose_mapping(
        "a.csv", ("Code",), shop=(OWN, OTHER), shipped=()
    ),
    "currency_of_mapping": lambda: apply_mapping(PRODUCTS + "read: {currency: EUR}", ("Code",)),
    "as_of_not_in_file_name": lambda: apply_mapping(PRODUCTS + "as_of: filename %Y%m%d", ("Code",)),
    "id_in_float_column": apply_floats,
}


def assert_is_told(problem: Problem, *, words: Iterable[str]) -> None:
    for language in LANGUAGES:
        message, way_out = render(problem, language=language, file_name="file.csv")
        assert message.startswith("file.csv")
        assert len(way_out) > 5
        for word in words:
            assert word in message + way_out, (language, word)
        assert not re.search(r"[{}]", message)


def test_every_rule_has_both_languages_and_a_way_out() -> None:
    fields = {"ja", "en", "way_out_ja", "way_out_en"}
    for rule, texts in RULES.items():
        assert set(texts) == fields, rule
        assert all(texts.values()), rule
        for language in LANGUAGES:
            render(Problem(rule), language=language)


def test_both_languages_say_the_same_facts() -> None:
    def list_names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for rule, texts in RULES.items():
        ja = list_names(texts["ja"] + texts["way_out_ja"])
        assert ja == list_names(texts["en"] + texts["way_out_en"]), rule


def test_japanese_and_english_are_not_mixed() -> None:
    for rule, texts in RULES.items():
        assert re.search(r"[ぁ-ん]", texts["ja"] + texts["way_out_ja"]), rule
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", texts["en"] + texts["way_out_en"]), rule


def test_the_texts_are_those_of_the_rules_in_use() -> None:
    ours = {*BROKEN_VALUES, *BROKEN_MAPPINGS, *REFUSED_FILES}
    ours |= {"one_of_missing", "record_of_other_currency"}
    assert set(RULES) == ours | READING_RULES


def test_what_a_file_really_is_is_said_in_words() -> None:
    problem = Problem("not_a_table", parameters={"what": "password_zip"})
    assert "a ZIP file with a password" in render(problem, language="en")[0]
    assert "パスワード付きZIP" in render(problem, language="ja")[0]
    assert "rar" in render(Problem("not_a_table", parameters={"what": "rar"}), language="ja")[0]


@pytest.mark.parametrize("rule", BROKEN_VALUES)
def test_a_broken_value_is_told_with_file_line_column_and_way_out(rule: str) -> None:
    target, text = BROKEN_VALUES[rule]
    problem = next(p for p in read_one(target, text).problems if p.rule == rule)
    assert problem.line == 2
    assert problem.column == "x"
    for language, line in (("ja", "2行目"), ("en", "line 2")):
        message, _ = render(problem, language=language, file_name="file.csv")
        assert line in message
    quoted = [text] if text and "\x0b" not in text else []
    assert_is_told(problem, words=["x", *quoted])


def test_records_that_lack_one_of_several_or_have_another_currency_are_told() -> None:
    mapping = """
    source: t
    read: {currency_column: Currency}
    entities:
      return_requests:
        columns: {return_line_id: id, sku: sku, order_line_id: line, requested_at: day}
    """
    header = ("id", "sku", "line", "day", "Currency")
    applied = apply_mapping(mapping, header, ("1", "", "", "2026-01-05", "USD"))
    currency, missing = applied.problems
    assert (currency.rule, missing.rule) == ("record_of_other_currency", "one_of_missing")
    assert_is_told(currency, words=["Currency", "USD", "JPY"])
    assert_is_told(missing, words=["order_line_id", "sku"])


@pytest.mark.parametrize("rule", REFUSED_FILES)
def test_a_refused_file_is_told_with_a_way_out(rule: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        REFUSED_FILES[rule]()
    problem = caught.value.problem
    assert problem.rule == rule
    assert problem.line is None
    assert_is_told(problem, words=problem.parameters.values())


@pytest.mark.parametrize("rule", BROKEN_MAPPINGS)
def test_a_broken_mapping_is_told_with_its_name_and_place(rule: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping(BROKEN_MAPPINGS[rule], name="shop.yml")
    problem = caught.value.problem
    assert problem.rule == rule
    assert_is_told(problem, words=["shop.yml"])


def test_what_follows_an_unclosed_quote_is_told_apart_from_the_quote(tmp_path: Path) -> None:
    data = b'order_id,name,note\n1,"a,x\nrest of the text\n2,b,y\n'
    found = read_bytes(tmp_path, data)
    assert [problem.rule for problem in found.problems] == [
        "unclosed_quote",
        "after_unclosed_quote",
    ]
    for problem in found.problems:
        assert_is_told(problem, words=[str(problem.line)])


@pytest.mark.parametrize("rule", sorted(READING_RULES))
def test_every_rule_of_the_reader_is_reached_by_a_fixture(rule: str) -> None:
    constant = next(name for name in dir(reading_rules) if getattr(reading_rules, name) == rule)
    here = Path(__file__)
    tests = {*here.parent.glob("test_*.py"), *here.parents[2].glob("fixtures/*.py")}
    texts = [path.read_text("utf-8") for path in tests]
    assert any(re.search(rf"rules\.{constant}\b|[\"']{rule}[\"']", text) for text in texts)
