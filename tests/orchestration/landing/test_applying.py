"""Records become canonical rows; what cannot is held back with every reason."""

from __future__ import annotations

import json
from dataclasses import replace

import pyarrow as pa
import pytest

from orchestration.landing.applying import MappingApplier
from orchestration.landing.canonical import load_model
from orchestration.landing.contracts import FileRefusedError, Problem
from orchestration.landing.customers import hash_customer
from orchestration.landing.mapping import parse_mapping
from orchestration.landing.masking import MASK
from tests.orchestration.landing.applied import (
    SETTINGS,
    Applied,
    apply_mapping,
    build_batch,
    read_one,
)

LINES = """
source: till
entities:
  order_lines:
    columns: {order_line_id: Line, order_id: Order, sku: SKU, quantity: Pieces, unit_price: Price}
  orders:
    columns: {order_id: Order, ordered_at: Day, customer_id: Customer}
"""
HEADER = ("Line", "Order", "SKU", "Pieces", "Price", "Day", "Customer")
GOOD = ("L1", "O1", "S1", "2", "¥1,000", "2026/1/5", "taro@example.jp")


def hashed(text: str) -> str:
    return hash_customer(text, key=SETTINGS.hash_key)


def test_a_record_feeds_all_entities_of_its_mapping() -> None:
    applied = apply_mapping(LINES, HEADER, GOOD)
    assert applied.rows("order_lines") == [
        {
            "order_line_id": "L1",
            "order_id": "O1",
            "sku": "S1",
            "quantity": "2",
            "unit_price": "1000",
        }
    ]
    assert applied.rows("orders") == [
        {
            "order_id": "O1",
            "ordered_at": "2026-01-04 15:00:00",
            "customer_id": hashed("taro@example.jp"),
        }
    ]
    assert applied.counts == (1, 1, 0, 0)


def test_tables_have_all_canonical_columns_in_order() -> None:
    table = apply_mapping(LINES, HEADER, GOOD).batch.rows["orders"]
    entity = load_model().entities["orders"]
    bookkeeping = ["source_updated_at", "extra", "file_line", "file_as_of", "is_filtered"]
    assert table.column_names == [*entity.columns, *bookkeeping]
    kinds = {"file_line": pa.int64(), "is_filtered": pa.bool_()}
    assert all(f.type == kinds.get(f.name, pa.string()) for f in table.schema)
    assert table["file_line"].to_pylist() == [2]


def test_a_record_is_loaded_only_if_all_its_parts_are() -> None:
    bad_order = ("L2", "O2", "S1", "1", "500", "1月5日", "C2")
    applied = apply_mapping(LINES, HEADER, GOOD, bad_order)
    assert [row["order_line_id"] for row in applied.rows("order_lines")] == ["L1"]
    assert [row["order_id"] for row in applied.rows("orders")] == ["O1"]
    assert applied.counts == (2, 1, 1, 0)
    [problem] = applied.problems
    assert (problem.rule, problem.line, problem.column, problem.value) == (
        "date_without_year",
        3,
        "Day",
        "1月5日",
    )
    assert problem.parameters["entity"] == "orders"


def test_every_problem_of_a_record_is_told() -> None:
    applied = apply_mapping(LINES, HEADER, ("", "1.2E+15", "S1", "三", "12.5", "2026-01-05", ""))
    assert sorted((p.rule, p.column or "") for p in applied.problems) == [
        ("id_scientific", "Order"),
        ("id_scientific", "Order"),
        ("money_fraction", "Price"),
        ("quantity_not_read", "Pieces"),
        ("value_missing", "Line"),
    ]
    assert applied.counts == (1, 0, 1, 0)


def test_identical_rows_of_secondary_entities_land_once_over_batches() -> None:
    rows = [(f"L{n}", f"O{n // 3}", "S1", "1", "10", "2026-01-05", "C") for n in range(9)]
    applied = apply_mapping(LINES, HEADER, *rows, batch_size=2)
    assert len(applied.rows("order_lines")) == 9
    assert [row["order_id"] for row in applied.rows("orders")] == ["O0", "O1", "O2"]
    assert [row["file_line"] for row in applied.full_rows("orders")] == [2, 5, 8]
    assert applied.counts == (9, 9, 0, 0)


def test_different_rows_of_one_key_all_land() -> None:
    other = ("L2", "O1", "S1", "1", "10", "2026-01-06", "C")
    assert len(apply_mapping(LINES, HEADER, GOOD, other).rows("orders")) == 2


def test_repeated_rows_of_the_first_entity_all_land() -> None:
    assert len(apply_mapping(LINES, HEADER, GOOD, GOOD).rows("order_lines")) == 2


def test_filtered_records_land_in_the_first_entity_and_are_never_held_back() -> None:
    mapping = LINES + '\nkeep_rows_where: [{column: SKU, matches: "^S"}]'
    postage = ("L2", "O1", "POST", "-3", "0.001", "nonsense", "")
    applied = apply_mapping(mapping, HEADER, GOOD, postage)
    assert [row["is_filtered"] for row in applied.full_rows("order_lines")] == [False, True]
    assert applied.rows("order_lines")[1] == {
        "order_line_id": "L2",
        "order_id": "O1",
        "sku": "POST",
    }
    assert len(applied.rows("orders")) == 1
    assert applied.counts == (2, 2, 0, 0)


def test_records_that_feed_no_entity_are_filtered_too() -> None:
    mapping = LINES.replace(
        "columns: {order_line_id", "where: [{column: SKU, equals: S1}]\n    columns: {order_line_id"
    )
    mapping = mapping.replace(
        "columns: {order_id: Order, ordered",
        "where: [{column: SKU, equals: S1}]\n    columns: {order_id: Order, ordered",
    )
    applied = apply_mapping(mapping, HEADER, GOOD, ("", "", "S2", "", "", "", ""))
    assert [row["is_filtered"] for row in applied.full_rows("order_lines")] == [False, True]
    assert applied.counts == (2, 2, 0, 0)


def test_conditions_of_an_entity_choose_its_records() -> None:
    mapping = """
    source: till
    entities:
      order_lines:
        where: [{column: No, not_matches: "^C"}]
        columns: {order_line_id: No, order_id: No, sku: SKU, quantity: Pieces, unit_price: Price}
      return_requests:
        where: [{column: No, matches: "^C"}]
        columns:
          return_line_id: No
          sku: SKU
          requested_at: {constant: unknown}
          quantity: {from: Pieces, negate: true}
    """
    header = ("No", "SKU", "Pieces", "Price")
    applied = apply_mapping(
        mapping, header, ("1", "S", "2", "9"), ("C2", "S", "-2", "9"), ("3", "S", "-2", "9")
    )
    assert [row["order_line_id"] for row in applied.rows("order_lines")] == ["1"]
    assert applied.rows("return_requests") == [
        {"return_line_id": "C2", "sku": "S", "requested_at": "unknown", "quantity": "2"}
    ]
    assert applied.rules == ["quantity_below_one"]
    assert applied.counts == (3, 2, 1, 0)


def identified(*rows: tuple[str, ...], **options: int) -> list[str]:
    mapping = """
    source: till
    entities:
      order_lines:
        columns:
          order_line_id: {identify: [Order, SKU, Pieces, Price]}
          order_id: Order
          sku: SKU
          quantity: Pieces
          unit_price: Price
    """
    applied = apply_mapping(mapping, ("Order", "SKU", "Pieces", "Price"), *rows, **options)
    return [row["order_line_id"] for row in applied.rows("order_lines")]


ONE, TWO, THREE = ("O1", "S1", "1", "5"), ("O1", "S2", "1", "5"), ("O2", "S1", "1", "5")


def test_identified_lines_are_the_same_in_any_order_and_file() -> None:
    first = identified(ONE, TWO, ONE, THREE, ONE)
    assert len(set(first)) == 5
    assert [one.rsplit("-")[1] for one in first] == ["1", "1", "2", "1", "3"]
    assert sorted(identified(THREE, ONE, ONE, ONE, TWO)) == sorted(first)
    assert sorted(identified(ONE, TWO, ONE, THREE, ONE, batch_size=1)) == sorted(first)


def test_identified_lines_of_two_halves_count_repeats_once_where_cut() -> None:
    whole = set(identified(ONE, TWO, ONE, THREE))
    assert set(identified(ONE, TWO, ONE)) | set(identified(THREE)) == whole
    assert len(set(identified(ONE, TWO)) | set(identified(ONE, THREE))) == 3


def test_the_same_identity_links_entities_whichever_records_feed_them() -> None:
    mapping = """
    source: till
    entities:
      return_requests:
        columns: {return_line_id: &id {identify: [No]}, sku: SKU, requested_at: {constant: unknown}}
      return_receipts:
        where: [{column: Arrived, is_empty: false}]
        columns: {return_line_id: *id, received_at: Arrived}
    """
    applied = apply_mapping(
        mapping, ("No", "SKU", "Arrived"), ("1", "S", ""), ("1", "S", "2026-01-05")
    )
    second = applied.rows("return_requests")[1]["return_line_id"]
    assert second.endswith("-2")
    assert [row["return_line_id"] for row in applied.rows("return_receipts")] == [second]


def test_running_numbers_count_within_their_group_over_batches() -> None:
    mapping = """
    source: till
    entities:
      order_lines:
        columns:
          order_line_id: {join: [Order, {number: {within: [Order]}}], with: "-"}
          order_id: Order
          sku: SKU
          quantity: {constant: 1}
          unit_price: {constant: 0}
    """
    rows = [("A", "x"), ("A", "y"), ("B", "x"), ("A", "z"), ("B", "y")]
    applied = apply_mapping(mapping, ("Order", "SKU"), *rows, batch_size=2)
    found = [row["order_line_id"] for row in applied.rows("order_lines")]
    assert found == ["A-1", "A-2", "B-1", "A-3", "B-2"]


def test_fields_of_the_first_line_are_filled_down_within_their_group() -> None:
    mapping = """
    source: till
    fill_down: {columns: [Day, Customer], within: Order}
    entities:
      orders: {columns: {order_id: Order, ordered_at: Day, customer_id: Customer}}
    """
    rows = [
        ("A", "2026-01-05", "c"),
        ("A", "", ""),
        ("A", "", "d"),
        ("B", "", "e"),
        ("B", "2026-01-06", ""),
        ("A", "", ""),
    ]
    header = ("Order", "Day", "Customer")
    for batch_size in (1, 2, 3, 10):
        applied = apply_mapping(mapping, header, *rows, batch_size=batch_size)
        landed = {row["file_line"]: row for row in applied.full_rows("orders")}
        days = {line: row["ordered_at"][:10] for line, row in landed.items()}
        assert days == {2: "2026-01-04", 3: "2026-01-04", 4: "2026-01-04", 6: "2026-01-05"}
        customers = [landed[line]["customer_id"] for line in (2, 3, 4, 6)]
        assert customers == [hashed("c"), hashed("c"), hashed("d"), hashed("e")]
        assert [(p.rule, p.line) for p in applied.problems] == [
            ("value_missing", 5),
            ("value_missing", 7),
        ]


def test_filling_down_without_a_group_takes_any_line_above() -> None:
    mapping = """
    source: till
    fill_down: {columns: [Order, Day]}
    entities: {orders: {columns: {order_id: Order, ordered_at: Day}}}
    """
    rows = [("A", "2026-01-05"), ("", ""), ("B", "2026-01-06"), ("", "")]
    for batch_size in (1, 3):
        applied = apply_mapping(mapping, ("Order", "Day"), *rows, batch_size=batch_size)
        assert [row["order_id"] for row in applied.rows("orders")] == ["A", "A", "B", "B"]


@pytest.mark.parametrize(
    ("spec", "text", "expected"),
    [
        ("from: x", " 春夏 ", "春夏"),
        ("from: [y, X]", "春夏", "春夏"),
        ("from: x, none: ['-', n/a]", "－", None),
        ('from: x, extract: "サイズ:(\\\\S+)"', "色:黒 サイズ:M 他", "M"),
        ('from: x, extract: "[0-9]+"', "AW26", "26"),
        ('from: x, extract: "([0-9]+)"', "none", None),
        ("from: x, case: upper", "xl", "XL"),
        ("from: x, pad: 3", "60", "060"),
        ("from: x, pad: 3", "6a", "6a"),
        ("from: x, values: {SS: 春夏}", "ＳＳ", "春夏"),
        ("from: x, values: {SS: 春夏}", "AW", "AW"),
        ("join: [x, {constant: '1'}], with: '/'", "A", "A/1"),
        ("join: [{from: x, case: lower}, x], with: '-'", " A", "a-A"),
        ("concat: [x, {from: x, none: [A]}], with: '+'", "A", "A"),
        ("concat: [x, absent], with: '+'", "A", "A"),
        ("first_filled: [{from: x, none: [A]}, {constant: other}]", "A", "other"),
        ("from: absent, else: {from: x, case: lower}", "A", "a"),
        ("constant: fixed", "A", "fixed"),
    ],
)
def test_sources_and_changes(spec: str, text: str, expected: str | None) -> None:
    applied = read_one(("products", "season"), text, spec=spec)
    assert applied.rules == []
    assert applied.rows("products")[0].get("season") == expected


def test_a_part_without_a_value_leaves_a_join_empty() -> None:
    mapping = "source: t\nentities: {products: {columns: {sku: {join: [a, b]}}}}"
    applied = apply_mapping(mapping, ("a", "b"), ("1", ""), ("1", "2"), ("　", "2"))
    assert [row["sku"] for row in applied.rows("products")] == ["12"]
    assert [(p.rule, p.column) for p in applied.problems] == [("value_missing", "a + b")] * 2


@pytest.mark.parametrize(
    ("target", "spec", "text", "expected"),
    [
        (("shipments", "delivered_at"), "from: x, none: ['?']", "?", None),
        (("shipments", "delivered_at"), "from: x, unknown: [1990-12-31]", "1990-12-31", "unknown"),
        (("shipments", "delivered_at"), "constant: unknown", "", "unknown"),
        (
            ("shipments", "delivered_at"),
            "from: x, epoch: seconds",
            "1767538800",
            "2026-01-04 15:00:00",
        ),
        (("products", "launched_on"), "from: x", "2026/1/5", "2026-01-05"),
        (("orders", "total"), "from: x", "▲500", "-500"),
        (("orders", "discount"), "from: x, negate: true", "-500", "500"),
        (("orders", "ship_to_store"), "from: x", "はい", "true"),
        (("orders", "source_updated_at"), "from: x", "2026-01-05T00:00:00Z", "2026-01-05 00:00:00"),
        (("products", "size_order"), "from: x", "-2", "-2"),
        (("products", "waist_cm"), "from: x", "72.5cm", "72.5"),
        (("return_requests", "decision"), "from: x, values: {済: approved}", "済", "approved"),
        (("return_requests", "request_channel"), "from: x", "電話", "phone"),
        (("return_requests", "reason_code"), "from: x", " SIZE ", "SIZE"),
    ],
)
def test_columns_are_read_as_their_type(
    target: tuple[str, str], spec: str, text: str, expected: str | None
) -> None:
    entity, column = target
    applied = read_one(target, text, spec=spec)
    assert applied.rules == []
    assert applied.full_rows(entity)[0][column] == expected


def test_unknown_is_a_word_of_mappings_not_of_files() -> None:
    assert read_one(("shipments", "delivered_at"), "unknown").rules == ["date_not_read"]


def test_percent_is_declared() -> None:
    mapping = LINES.replace(
        "unit_price: Price", "unit_price: Price, tax_rate: {from: Tax, percent: true}"
    )
    applied = apply_mapping(mapping, (*HEADER, "Tax"), (*GOOD, "10"), (*GOOD, "8％"))
    assert [row["tax_rate"] for row in applied.rows("order_lines")] == ["0.1", "0.08"]


def test_free_text_is_redacted_before_it_lands() -> None:
    applied = read_one(("return_requests", "reason_text"), "きつい。090-1234-5678 a@b.jp まで")
    text = applied.rows("return_requests")[0]["reason_text"]
    assert "きつい" in text
    assert "1234" not in text
    assert "a@b.jp" not in text


def test_several_notes_are_kept_in_one_text() -> None:
    mapping = """
    source: t
    entities:
      return_requests:
        columns:
          return_line_id: id
          sku: sku
          requested_at: {constant: unknown}
          reason_text: {concat: [note, comment], with: " / "}
    """
    header = ("id", "sku", "note", "comment")
    notes = [("small", "tight"), ("", "loose"), ("", ""), ("long", "")]
    rows = [(str(n), "S", *both) for n, both in enumerate(notes)]
    applied = apply_mapping(mapping, header, *rows)
    found = [row["reason_text"] for row in applied.full_rows("return_requests")]
    assert found == ["small / tight", "loose", None, "long"]


def test_headers_no_mapping_names_are_dropped_and_allowed_ones_kept_as_json() -> None:
    mapping = LINES + "\nallow_extra: [Colour, Missing]"
    header = (*HEADER, "colour", "Phone")
    applied = apply_mapping(mapping, header, (*GOOD, '黒 "X"', "090"), ("L2", *GOOD[1:], "", "090"))
    first, second = applied.full_rows("order_lines")
    assert json.loads(first["extra"]) == {"colour": '黒 "X"'}
    assert second["extra"] is None
    assert applied.full_rows("orders")[0]["extra"] is None
    assert "090" not in str([batch.rows for batch in applied.batches])


def test_one_of_several_columns_is_enough() -> None:
    mapping = """
    source: t
    entities:
      return_requests:
        columns: {return_line_id: id, sku: sku, order_line_id: line, requested_at: day}
    """
    header = ("id", "sku", "line", "day")
    rows = [("1", "S", ""), ("2", "", "L"), ("3", "", ""), ("4", "1.2E+15", "")]
    rows = [(*row, "2026-01-05") for row in rows]
    applied = apply_mapping(mapping, header, *rows)
    assert [(p.rule, p.line) for p in applied.problems] == [
        ("id_scientific", 5),
        ("one_of_missing", 4),
    ]
    assert applied.counts == (4, 2, 2, 0)


def test_an_optional_entity_is_left_out_where_the_file_lacks_its_headers() -> None:
    mapping = LINES.replace("  orders:\n", "  orders:\n    optional: true\n")
    assert set(apply_mapping(mapping, HEADER, GOOD).batch.rows) == {"order_lines", "orders"}
    assert set(apply_mapping(mapping, HEADER[:5], GOOD[:5]).batch.rows) == {"order_lines"}


def test_the_files_day_comes_from_its_name_or_a_column() -> None:
    named = LINES + "\nas_of: filename %Y%m%d"
    applied = apply_mapping(named, HEADER, GOOD, file_name="till-20260105.csv")
    assert applied.full_rows("orders")[0]["file_as_of"] == "2026-01-04 15:00:00"
    with pytest.raises(FileRefusedError) as caught:
        apply_mapping(named, HEADER, GOOD, file_name="till.csv")
    assert caught.value.problem.rule == "as_of_not_in_file_name"
    lenient = apply_mapping(named + " else none", HEADER, GOOD, file_name="till.csv")
    assert lenient.full_rows("orders")[0]["file_as_of"] is None
    column = LINES + "\nas_of: column Made"
    applied = apply_mapping(column, (*HEADER, "Made"), (*GOOD, "2026-01-05"), (*GOOD, "soon"))
    assert applied.full_rows("orders")[0]["file_as_of"] == "2026-01-04 15:00:00"
    assert [(p.rule, p.column) for p in applied.problems] == [("date_not_read", "Made")]


def test_a_mapping_of_another_currency_refuses_the_file() -> None:
    text = LINES + "\nread: {currency: EUR}"
    with pytest.raises(FileRefusedError) as caught:
        apply_mapping(text, HEADER, GOOD)
    assert caught.value.problem.rule == "currency_of_mapping"
    assert caught.value.problem.parameters == {"found": "EUR", "currency": "JPY"}
    euro = ("L1", "O1", "S1", "2", "24.9", "2026-01-05", "C")
    assert (
        apply_mapping(text, HEADER, euro, currency="EUR").rows("order_lines")[0]["unit_price"]
        == "2490"
    )


def test_a_record_of_another_currency_is_held_back() -> None:
    text = LINES + "\nread: {currency_column: Currency}"
    header = (*HEADER, "currency")
    applied = apply_mapping(text, header, (*GOOD, "JPY"), (*GOOD, "usd"), (*GOOD, ""))
    assert [(p.rule, p.line, p.value) for p in applied.problems] == [
        ("record_of_other_currency", 3, "usd")
    ]


def test_declared_zone_order_and_decimal_mark_are_used() -> None:
    text = LINES + '\nread: {time_zone: Europe/Berlin, date_order: dmy, decimal_mark: ","}'
    row = ("L1", "O1", "S1", "2", "1.234,5", "05/01/2026", "C")
    applied = apply_mapping(text, HEADER, row, currency="EUR")
    assert applied.rows("orders")[0]["ordered_at"] == "2026-01-04 23:00:00"
    assert applied.rows("order_lines")[0]["unit_price"] == "123450"


def test_ids_in_a_float_column_of_parquet_refuse_the_file() -> None:
    batch = build_batch(HEADER, GOOD)
    for name, is_refused in (("Order", True), ("Customer", True), ("Price", False)):
        place = HEADER.index(name)
        field = pa.field(name, pa.string(), metadata={b"kaeru_type": b"float"})
        table = batch.table.set_column(place, field, batch.table[name])
        mapping = parse_mapping(LINES, name="t.yml").bind(file_name="a.parquet", header=HEADER)
        applier = MappingApplier(mapping, SETTINGS)
        if is_refused:
            with pytest.raises(FileRefusedError) as caught:
                applier.apply(replace(batch, table=table))
            assert caught.value.problem.rule == "id_in_float_column"
            assert caught.value.problem.column == name
        else:
            assert applier.apply(replace(batch, table=table)).rows_loaded == 1


def test_records_the_reader_held_back_are_counted_and_masked() -> None:
    problems = (
        Problem("short_row", line=9, value="山田太郎,090", parameters={"found": "2"}),
        Problem("nul_byte", line=10, column="Email", value="a@b.jp"),
        Problem("field_too_long", line=11, column="SKU", value="S1"),
    )
    batch = replace(build_batch(HEADER, GOOD), problems=problems)
    mapping = parse_mapping(LINES, name="t.yml").bind(file_name="a.csv", header=HEADER)
    mapped = MappingApplier(mapping, SETTINGS).apply(batch)
    assert (mapped.rows_in, mapped.rows_loaded, mapped.rows_quarantined) == (4, 1, 3)
    assert [p.value for p in mapped.problems] == [MASK, MASK, "S1"]
    assert [p.line for p in mapped.problems] == [9, 10, 11]


def test_personal_values_are_masked_in_problems() -> None:
    mapping = """
    source: t
    entities:
      shipments:
        columns: {shipment_id: Name, order_id: No, shipped_at: Mail, postal_code: Zip}
    """
    header = ("Name", "No", "Mail", "Zip")
    applied = apply_mapping(
        mapping, header, ("1.2E+15", "1.2E+15", "soon", "1"), ("A", "B", "a@b.jp", "")
    )
    found = {(p.column, p.line): p.value for p in applied.problems}
    assert found[("Name", 2)] == MASK
    assert found[("No", 2)] == "1.2E+15"
    assert found[("Mail", 2)] == MASK
    assert found[("Mail", 3)] == MASK


def erased(mapping: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> Applied:
    return apply_mapping(
        mapping,
        header,
        *rows,
        erased_customer_ids=frozenset({hashed("gone@example.jp")}),
        erased_order_ids=frozenset({"O9"}),
    )


def test_rows_of_erased_customers_do_not_land_and_are_counted() -> None:
    mapping = "source: t\nentities: {customers: {columns: {customer_id: Mail, age_band: Age}}}"
    applied = erased(
        mapping, ("Mail", "Age"), ("GONE@example.jp ", "30"), ("stays@example.jp", "40")
    )
    assert [row["age_band"] for row in applied.rows("customers")] == ["40"]
    assert applied.counts == (2, 1, 0, 1)


def test_other_rows_of_erased_customers_land_without_what_is_personal() -> None:
    mapping = """
    source: t
    allow_extra: [Remark]
    entities:
      shipments:
        columns: {shipment_id: P, order_id: O, shipped_at: On, city: City, carrier: By}
      orders:
        columns: {order_id: O, ordered_at: {constant: unknown}, customer_id: Mail, channel: By}
      customers:
        columns: {customer_id: Mail}
    """
    header = ("P", "O", "City", "By", "Mail", "Remark", "On")
    applied = erased(
        mapping,
        header,
        ("1", "O1", "渋谷区", "黒猫", "gone@example.jp", "r", "20260105"),
        ("2", "O9", "港区", "黒猫", "other@example.jp", "r", "20260105"),
        ("3", "O3", "中野区", "黒猫", "stays@example.jp", "r", "20260105"),
    )
    shipments = applied.full_rows("shipments")
    assert [row["city"] for row in shipments] == [None, None, "中野区"]
    assert [row["extra"] is None for row in shipments] == [True, True, False]
    assert [row["carrier"] for row in shipments] == ["黒猫"] * 3
    assert [row["customer_id"] for row in applied.full_rows("orders")] == [
        None,
        None,
        hashed("stays@example.jp"),
    ]
    assert [row["customer_id"] for row in applied.full_rows("customers")] == [
        hashed("stays@example.jp")
    ]
    assert applied.counts == (3, 3, 0, 0)


def test_a_mapping_may_name_the_customer_for_nothing_but_erasure() -> None:
    mapping = """
    source: t
    customer: Mail
    entities:
      return_requests:
        columns: {return_line_id: R, sku: S, requested_at: {constant: unknown}, reason_text: Why}
    """
    header = ("R", "S", "Why", "Mail")
    applied = erased(
        mapping, header, ("1", "S", "small", "gone@example.jp"), ("2", "S", "big", "x")
    )
    assert [row.get("reason_text") for row in applied.rows("return_requests")] == [None, "big"]
    assert applied.counts == (2, 2, 0, 0)


def test_many_distinct_values_are_read_like_few() -> None:
    """The fast path starts at 256 distinct values: both must land the same."""
    rows = [
        (
            f"L{n}",
            f"#{n}",
            f"S {n}",
            str(n + 1),
            f"{n},000" if n % 2 else str(n),
            f"2026-01-05 {n % 24:02d}:{n // 24:02d}:07",
            f"c{n}",
        )
        for n in range(600)
    ]
    rows[100] = ("L100", "1.2E+15", "S", "0", "1.5", "2026-02-30 00:00:00", "c")
    together = apply_mapping(LINES, HEADER, *rows)
    apart = apply_mapping(LINES, HEADER, *rows, batch_size=50)
    for entity in ("order_lines", "orders"):
        assert together.full_rows(entity) == apart.full_rows(entity)
    assert together.counts == apart.counts == (600, 599, 1, 0)
    assert sorted(together.rules) == sorted(apart.rules)
    assert len(together.rules) == 5


def test_an_empty_batch_maps_to_empty_tables() -> None:
    applied = apply_mapping(LINES + "\nfill_down: {columns: [Day], within: Order}", HEADER)
    assert applied.counts == (0, 0, 0, 0)
    assert [table.num_rows for table in applied.batch.rows.values()] == [0, 0]


def test_columns_that_appear_in_a_later_batch_are_read() -> None:
    mapping = parse_mapping(LINES.replace("sku: SKU", "sku: SKU, list_price: List"), name="t.yml")
    applier = MappingApplier(mapping.bind(file_name="a.jsonl", header=HEADER), SETTINGS)
    first = applier.apply(build_batch(HEADER, GOOD))
    second = applier.apply(build_batch((*HEADER, "List"), ("L2", *GOOD[1:], "1200")))
    assert first.rows["order_lines"]["list_price"].to_pylist() == [None]
    assert second.rows["order_lines"]["list_price"].to_pylist() == ["1200"]
    assert second.rows["orders"].num_rows == 0
