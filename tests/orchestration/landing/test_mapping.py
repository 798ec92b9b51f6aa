"""Mapping files: what their syntax means, and how a wrong one is refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from orchestration.landing.canonical import load_model
from orchestration.landing.conditions import TESTS, AnyOf
from orchestration.landing.contracts import ReadOptions
from orchestration.landing.expression_parsing import CHANGE_OPTIONS, SOURCE_OPTIONS
from orchestration.landing.mapping import (
    OPTIONS,
    Mapping,
    MappingError,
    load_mapping,
    load_mappings,
    parse_mapping,
)
from orchestration.landing.mapping_options import READ_OPTIONS
from orchestration.landing.messages import LANGUAGES, render
from tests.orchestration.landing.applied import apply_mapping

MINIMAL = """
source: till
entities:
  products:
    columns:
      sku: Code
"""


def parse(text: str) -> Mapping:
    return parse_mapping(text, name="till.yml")


def refuse(text: str) -> dict[str, str]:
    with pytest.raises(MappingError) as caught:
        parse(text)
    problem = caught.value.problem
    for language in LANGUAGES:
        message, way_out = render(problem, language=language)
        assert "till.yml" in message
        assert way_out
    return {"rule": problem.rule, **problem.parameters}


def columns(text: str) -> str:
    return f"source: till\nentities: {{products: {{columns: {{sku: Code, {text}}}}}}}"


def test_the_smallest_mapping_is_a_source_and_one_entity() -> None:
    mapping = parse(MINIMAL)
    assert (mapping.source, mapping.first_entity, list(mapping.entities)) == (
        "till",
        "products",
        ["products"],
    )
    assert mapping.title == {"ja": "till", "en": "till"}
    assert mapping.requirements == ("Code",)
    assert mapping.read_options() == ReadOptions()


def test_scalars_are_text_and_never_guessed() -> None:
    mapping = parse(columns("season: {from: s, none: [no, 1990-12-31, 1e3, ~]}"))
    changes = mapping.entities["products"].columns["season"].changes
    assert changes.none == {"no", "1990-12-31", "1e3", "~"}


def test_read_options_say_what_the_reader_must_know() -> None:
    mapping = parse(
        """
        source: till
        read: {format: csv, encoding: euc_jp, delimiter: "\\t", header_line: 3, explode: a.b}
        keep_rows_where: [{column: Kind, equals: goods}]
        allow_extra: [Remark]
        entities:
          order_lines:
            columns:
              order_line_id: {join: [Order, Line], with: "-"}
              order_id: Order
              sku: [SKU, Code]
              quantity: Pieces
              unit_price: Price
        """
    )
    header = ("Order", "line", "コード", "Code", "Pieces", "Ｐｒｉｃｅ", "Kind", "Remark", "Other")
    options = mapping.bind(file_name="a.csv", header=header).read_options()
    assert options == ReadOptions(
        format="csv",
        encoding="euc_jp",
        delimiter="\t",
        header_line=3,
        explode="a.b",
        required_headers=frozenset({"Order", "line", "Code", "Pieces", "Ｐｒｉｃｅ"}),
        key_headers=("Order", "line"),
        required_value_headers=("Code", "Pieces", "Ｐｒｉｃｅ"),
        mapped_headers=frozenset(
            {"Order", "line", "Code", "Pieces", "Ｐｒｉｃｅ", "Kind", "Remark"}
        ),
    )


def test_conditions_are_all_or_any() -> None:
    mapping = parse(
        MINIMAL
        + """
keep_rows_where:
  - {column: Kind, in: [a, b]}
  - any: [{column: Name, matches: "^X"}, {column: Price, is_empty: true}]
"""
    )
    kind, either = mapping.keep_rows_where
    assert not isinstance(kind, AnyOf)
    assert [kind.holds(text) for text in ("a", " ｂ ", "c", None)] == [True, True, False, False]
    assert isinstance(either, AnyOf)
    assert [c.holds(None) for c in either.conditions] == [False, True]
    assert mapping.requirements == ("Kind", "Name", "Price", "Code")


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("equals: a", "a", True),
        ("equals: a", None, False),
        ("not_equals: a", "b", True),
        ("not_equals: a", None, True),
        ("in: [a, b]", "b", True),
        ("not_in: [a, b]", "b", False),
        ("not_in: [a, b]", None, True),
        ('matches: "^C"', "C5", True),
        ('matches: "^C"', None, False),
        ('not_matches: "^C"', "C5", False),
        ('not_matches: "^C"', None, True),
        ("is_empty: true", None, True),
        ("is_empty: true", "　", True),
        ("is_empty: false", None, False),
        ("is_empty: false", "x", True),
    ],
)
def test_an_empty_value_equals_and_matches_nothing(
    test: str,
    value: str | None,
    expected: bool,
) -> None:
    [condition] = parse(MINIMAL + f"\nkeep_rows_where: [{{column: Kind, {test}}}]").keep_rows_where
    assert not isinstance(condition, AnyOf)
    assert condition.holds(value) is expected


def test_the_hash_is_of_the_meaning() -> None:
    first = parse(MINIMAL)
    assert parse("# a comment\n" + MINIMAL + "\ntitle: {ja: 店, en: Till}\n").sha256 == first.sha256
    assert parse(MINIMAL.replace("Code", "SKU")).sha256 != first.sha256
    assert parse(MINIMAL + "\nlead_time_days: 0\n").sha256 != first.sha256


def test_delivery_data_follow_the_file() -> None:
    mapping = parse(
        "source: till\nentities: {shipments: {columns: {shipment_id: P, order_id: O, "
        "shipped_at: S, delivered_at: D}}}"
    )
    assert mapping.has_delivery_data
    assert not mapping.bind(file_name="a.csv", header=("P", "O", "S")).has_delivery_data
    assert mapping.bind(file_name="a.csv", header=("P", "O", "S", "D")).has_delivery_data
    assert not parse(MINIMAL).has_delivery_data


def test_absent_optional_headers_are_named() -> None:
    mapping = parse(columns("season: [Saison, Season], brand: Marke"))
    assert mapping.bind(file_name="a.csv", header=("Code", "season")).find_absent() == ("Marke",)


def test_an_unknown_column_is_refused_with_the_nearest_names() -> None:
    found = refuse(columns("styel_id: Style"))
    assert found["rule"] == "mapping_unknown_column"
    assert found["key"] == "entities.products.columns"
    assert found["found"] == "styel_id"
    assert found["nearest"].split(", ")[0] == "style_id"


def test_an_unknown_entity_is_refused_with_the_nearest_names() -> None:
    found = refuse("source: till\nentities: {order_line: {columns: {sku: Code}}}")
    assert found["rule"] == "mapping_unknown_entity"
    assert found["nearest"].split(", ")[0] == "order_lines"


def test_a_missing_required_column_is_refused_by_name() -> None:
    found = refuse("source: till\nentities: {orders: {columns: {order_id: No, channel: Shop}}}")
    assert found["rule"] == "mapping_missing_column"
    assert found["found"] == "ordered_at"
    found = refuse(
        "source: till\nentities: {return_requests: {columns: {return_line_id: R, requested_at: D}}}"
    )
    assert found["found"] == "order_line_id / sku"


def test_an_unknown_option_is_refused_with_the_nearest_names() -> None:
    assert refuse(MINIMAL + "\nlead_time: 2")["nearest"].split(", ")[0] == "lead_time_days"
    found = refuse(columns("season: {from: s, uper: true}"))
    assert (found["rule"], found["found"]) == ("mapping_unknown_option", "uper")
    assert refuse(MINIMAL + "\nread: {encodign: cp932}")["nearest"].split(", ")[0] == "encoding"
    found = refuse(MINIMAL + "\nkeep_rows_where: [{column: a, equal: b}]")
    assert found["nearest"].split(", ")[0] in {"equals", "not_equals"}
    assert refuse(columns("season: {constant: s, with: x}"))["found"] == "with"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("source: [", "mapping_not_yaml"),
        ("source: till\n\tentities: {}", "mapping_not_yaml"),
        ("source: till\nsource: till", "mapping_duplicate_key"),
        ("- a", "mapping_bad_value"),
        ("", "mapping_bad_value"),
        ("entities: {products: {columns: {sku: Code}}}", "mapping_missing_option"),
        ("source: till", "mapping_missing_option"),
        ("source: till\nentities: {}", "mapping_bad_value"),
        ("source: My Till\nentities: {products: {columns: {sku: Code}}}", "mapping_bad_value"),
        ("source: till\nentities: {products: {columns: {sku: ''}}}", "mapping_bad_value"),
        ("source: till\nentities: {products: {where: []}}", "mapping_missing_option"),
        (columns("season: {extract: '('}"), "mapping_bad_value"),
        (columns("season: {from: s, extract: '('}"), "mapping_bad_pattern"),
        (columns("season: {from: s, join: [a, b]}"), "mapping_bad_value"),
        (columns("season: {from: s, case: title}"), "mapping_bad_value"),
        (columns("season: {from: s, values: [a]}"), "mapping_bad_value"),
        (columns("season: {number: {}}"), "mapping_missing_option"),
        (columns("season: {from: s, unknown: ['?']}"), "mapping_option_of_other_type"),
        (columns("launched_on: {from: s, unknown: ['?']}"), "mapping_option_of_other_type"),
        (columns("season: {from: s, negate: true}"), "mapping_option_of_other_type"),
        (columns("list_price: {from: s, percent: true}"), "mapping_option_of_other_type"),
        (columns("list_price: {from: s, epoch: seconds}"), "mapping_option_of_other_type"),
        (columns("season: {join: [{from: a, unknown: [x]}, b]}"), "mapping_option_of_other_type"),
        (MINIMAL + "\nread: {currency: euro}", "mapping_bad_value"),
        (MINIMAL + "\nread: {time_zone: Tokyo}", "mapping_bad_value"),
        (MINIMAL + "\nread: {date_order: ydm}", "mapping_bad_value"),
        (MINIMAL + "\nread: {header_line: third}", "mapping_bad_value"),
        (MINIMAL + "\nas_of: filename", "mapping_bad_value"),
        (MINIMAL + "\nas_of: filename %Y%m", "mapping_bad_value"),
        (MINIMAL + "\nas_of: column", "mapping_bad_value"),
        (MINIMAL + "\nlead_time_days: -1", "mapping_bad_value"),
        (MINIMAL + "\ntitle: {ja: 店}", "mapping_missing_option"),
        (MINIMAL + "\nfill_down: {within: a}", "mapping_missing_option"),
        (MINIMAL + "\nkeep_rows_where: [{column: a}]", "mapping_bad_value"),
        (MINIMAL + "\nkeep_rows_where: [{column: a, equals: b, in: [c]}]", "mapping_bad_value"),
        (MINIMAL + "\nkeep_rows_where: [{column: a, matches: '['}]", "mapping_bad_pattern"),
        (MINIMAL + "    optional: true\n", "mapping_bad_value"),
        ("source: c\naliases: {orders: {order_id: {constant: a}}}", "mapping_bad_value"),
        ("source: c\naliases: {order: {order_id: [a]}}", "mapping_unknown_entity"),
        ("source: c\naliases: {orders: {order: [a]}}", "mapping_unknown_column"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(text: str, rule: str) -> None:
    assert refuse(text)["rule"] == rule


def test_files_are_loaded_in_order_of_name(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text(MINIMAL, "utf-8")
    (tmp_path / "a.yaml").write_text("\ufeff" + MINIMAL.replace("till", "other"), "utf-8")
    (tmp_path / ".hidden.yml").write_text("nonsense: [", "utf-8")
    (tmp_path / "notes.txt").write_text("nonsense", "utf-8")
    assert [mapping.name for mapping in load_mappings(tmp_path)] == ["a.yaml", "b.yml"]
    assert load_mappings(tmp_path / "absent") == ()
    (tmp_path / "c.yml").write_bytes("source: 店".encode("cp932"))
    with pytest.raises(MappingError) as caught:
        load_mapping(tmp_path / "c.yml")
    assert caught.value.problem.rule == "mapping_not_yaml"
    assert "c.yml" in str(caught.value)


DOCUMENT = (Path(__file__).parents[3] / "docs" / "MAPPING.md").read_text("utf-8")


def find_blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, flags=re.DOTALL)


def test_the_document_names_every_option_entity_and_column() -> None:
    for option in (*OPTIONS, *READ_OPTIONS, *SOURCE_OPTIONS, *CHANGE_OPTIONS, *TESTS):
        assert re.search(rf"`{option}\b|\b{option}:", DOCUMENT), option
    for entity in load_model().entities.values():
        [line] = re.findall(rf"^- `{entity.name}`.*$", DOCUMENT, flags=re.MULTILINE)
        for column in entity.columns.values():
            mark = "**" if column.is_key else ""
            star = "*" if column.is_required else ""
            assert f"{mark}`{column.name}`{mark}{star} (" in line, (entity.name, column.name)
            assert all(word in line for word in column.values)


def test_the_mappings_in_the_document_are_good() -> None:
    blocks = find_blocks("yaml")
    assert len(blocks) >= 5
    for block in blocks:
        parse(block)


def test_the_first_mapping_of_the_document_does_what_it_says() -> None:
    [rows] = find_blocks("csv")
    header, *records = csv.reader(io.StringIO(rows))
    applied = apply_mapping(
        find_blocks("yaml")[0], header, *records, file_name="uriage_20260105.csv"
    )
    assert applied.problems == []
    assert applied.counts == (4, 4, 0, 0)
    lines = applied.full_rows("order_lines")
    assert [(row["order_line_id"], row["is_filtered"]) for row in lines] == [
        ("A-17-1", False),
        ("A-17-2", False),
        ("A-19-1", True),
    ]
    assert [row["order_id"] for row in applied.rows("orders")] == ["A-17"]
    assert [row["sku"] for row in applied.rows("return_requests")] == ["LS/白/L"]
    assert applied.rows("return_requests")[0]["quantity"] == "1"


def test_the_document_lists_the_shipped_mappings() -> None:
    folder = Path(__file__).parents[3] / "orchestration" / "sources" / "mappings"
    for mapping in load_mappings(folder):
        assert f"`{mapping.name}`" in DOCUMENT or mapping.is_canonical
