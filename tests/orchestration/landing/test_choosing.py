"""Which mapping reads a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.landing.choosing import choose_mapping
from orchestration.landing.contracts import FileRefusedError, Problem
from orchestration.landing.file_names import find_entity, parse_file_moment
from orchestration.landing.mapping import Mapping, load_mappings, parse_mapping
from orchestration.landing.messages import render

SHIPPED = load_mappings(Path(__file__).parents[3] / "orchestration" / "sources" / "mappings")


def build(name: str, *, sku: str = "Code", extra: str = "") -> Mapping:
    text = f"source: {name}\nentities: {{products: {{columns: {{sku: {sku}}}}}}}\n{extra}"
    return parse_mapping(text, name=f"{name}.yml")


def choose(
    file_name: str, *header: str, shop: tuple[Mapping, ...] = (), shipped: tuple[Mapping, ...] = ()
) -> Mapping:
    return choose_mapping(file_name, header, shop=shop, shipped=shipped)


def refuse(
    file_name: str, *header: str, shop: tuple[Mapping, ...] = (), shipped: tuple[Mapping, ...] = ()
) -> Problem:
    with pytest.raises(FileRefusedError) as caught:
        choose(file_name, *header, shop=shop, shipped=shipped)
    return caught.value.problem


def test_the_shop_comes_before_the_shipped_and_the_built_in() -> None:
    header = ("sku", "Code")
    assert choose("products.csv", *header, shop=(build("own"),), shipped=SHIPPED).source == "own"
    shipped = (build("ours"), *SHIPPED)
    assert choose("products.csv", *header, shipped=shipped).source == "ours"
    assert choose("products.csv", "sku", shipped=shipped).source == "canonical"


def test_a_chosen_mapping_knows_its_file() -> None:
    chosen = choose("products.csv", "Code", shop=(build("own"),))
    assert (chosen.file_name, chosen.header) == ("products.csv", ("Code",))


def test_name_and_header_must_both_fit_whatever_the_case() -> None:
    own = build("own", extra='files: ["Stock*.CSV"]')
    assert choose("STOCK-1.csv", "ｃｏｄｅ ", shop=(own,)).source == "own"
    problem = refuse("other.csv", "Code", shop=(own,))
    assert problem.rule == "no_mapping_fits"
    assert "Stock*.CSV" in problem.parameters["first_missing"]


def test_two_that_fit_equally_refuse_the_file_and_are_both_named() -> None:
    problem = refuse("a.csv", "Code", shop=(build("one"), build("two")))
    assert problem.rule == "several_mappings_fit"
    assert (problem.parameters["first"], problem.parameters["second"]) == ("one.yml", "two.yml")
    for word in ("one.yml", "two.yml"):
        assert word in render(problem, language="en")[0]
        assert word in render(problem, language="ja")[0]


def test_a_declared_name_or_a_longer_header_decides_between_two() -> None:
    plain = build("plain")
    named = build("named", extra='files: ["a*"]')
    longer = build("longer", extra="required_headers: [Season]")
    assert choose("a.csv", "Code", "Season", shop=(plain, named, longer)).source == "named"
    assert choose("b.csv", "Code", "Season", shop=(plain, named, longer)).source == "longer"


def test_none_that_fits_names_the_two_nearest_and_what_they_lack() -> None:
    near = build("near", extra="required_headers: [A, B, C]")
    far = build("far", sku="Nothing", extra="required_headers: [X, Y]")
    middle = build("middle", extra="required_headers: [A, Q]")
    problem = refuse("a.csv", "Code", "A", "B", shop=(far, middle, near))
    assert problem.parameters["first"] == "near.yml"
    assert problem.parameters["first_missing"] == "C"
    assert problem.parameters["second"] == "middle.yml"
    assert problem.parameters["second_missing"] == "Q"
    assert problem.line is None


def test_a_canonical_file_says_which_headers_it_lacks() -> None:
    problem = refuse("orders-1.csv", "order_id", "channel", shipped=SHIPPED)
    assert problem.parameters["first"].startswith("canonical.yml (orders-")
    assert problem.parameters["first_missing"].startswith("ordered_at / 注文日時")


@pytest.mark.parametrize(
    ("file_name", "entity"),
    [
        ("orders.csv", "orders"),
        ("orders-2026-01.tsv", "orders"),
        ("orders_x.jsonl.gz", "orders"),
        ("ORDERS.CSV.GZ", "orders"),
        ("order_lines_x.csv", "order_lines"),
        ("shipment_lines.parquet", "shipment_lines"),
        ("orders.parquet.gz", None),
        ("orders.xlsx", None),
        ("orders2026.csv", None),
        ("myorders.csv", None),
        ("orders", None),
    ],
)
def test_canonical_files_are_known_by_name(file_name: str, entity: str | None) -> None:
    [built_in] = [mapping for mapping in SHIPPED if mapping.is_canonical]
    assert find_entity(file_name, entities=built_in.entities) == entity


def test_canonical_headers_may_be_aliases() -> None:
    header = ("注文番号", "受注日", "会員ID")
    chosen = choose("orders.csv", *header, shipped=SHIPPED)
    assert (chosen.source, chosen.first_entity) == ("canonical", "orders")
    assert chosen.read_options().key_headers == ("注文番号",)
    assert chosen.find_missing(index=chosen.header_index) == ()


def test_a_shop_may_teach_the_built_in_format_its_own_headers() -> None:
    own = parse_mapping(
        "source: canonical\naliases: {orders: {order_id: [伝票], ordered_at: [日]}}", name="own.yml"
    )
    chosen = choose("orders.csv", "伝票", "日", shop=(own,), shipped=SHIPPED)
    assert chosen.name == "own.yml"
    refuse("orders.csv", "注文番号", "受注日", shop=(own,), shipped=SHIPPED)


def test_an_alias_of_one_entity_does_not_touch_the_others() -> None:
    text = "source: canonical\naliases: {{orders: {{order_id: [{}]}}, products: {{sku: [品]}}}}"
    first, second = (parse_mapping(text.format(alias), name="c.yml") for alias in ("伝票", "番号"))
    assert first.narrow("products").sha256 == second.narrow("products").sha256
    assert first.narrow("orders").sha256 != second.narrow("orders").sha256
    assert first.narrow("customers").sha256 == second.narrow("customers").sha256


def test_a_day_is_read_from_a_file_name() -> None:
    assert str(parse_file_moment("r_20260105_1.csv", template="%Y%m%d")) == "2026-01-05 00:00:00"
    assert str(parse_file_moment("order_20260105103000.csv", template="%Y%m%d%H%M%S")) == (
        "2026-01-05 10:30:00"
    )
    assert parse_file_moment("r_20261305.csv", template="%Y%m%d") is None
    assert parse_file_moment("r_120260105.csv", template="%Y%m%d") is None
    assert str(parse_file_moment("x-2026-01-05.csv", template="%Y-%m-%d")) == "2026-01-05 00:00:00"
