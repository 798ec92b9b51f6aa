"""A published version with what the endpoint decides by: four order lines and the shipped rules."""

from __future__ import annotations

import contextlib
import csv
from pathlib import Path

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.landing.customers import hash_customer
from orchestration.policy_rules import RULE_COLUMNS, SHIPPED_RULES, insert_rules, read_policy_rules
from orchestration.policy_sql import render_rules
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from tests.orchestration.small_shops import KEY, make_small_shop

SHIPPED_DISPOSITIONS = DBT_PROJECT / "seeds" / "disposition_rules.csv"
MARTS = """
create schema marts;
create table marts.dim_products (sku varchar, is_hygiene boolean, is_final_sale boolean);
insert into marts.dim_products values
    ('shirt', null, null), ('socks', true, null), ('sample', false, true);
create table marts.fct_order_lines (
    order_line_id varchar, order_id varchar, customer_id varchar, sku varchar,
    source_system varchar, ordered_count bigint, is_estimated_delivery boolean, is_sale boolean,
    is_final_sale boolean, is_gift boolean, ordered_date date, shipped_date date,
    delivered_date date, net_amount bigint
);
create table marts.fct_offer_variants (
    sku varchar, style_id varchar, size_label varchar, colour_name varchar, size_order bigint,
    available_count bigint, unit_cost_amount bigint, return_probability double,
    small_thousandths bigint, large_thousandths bigint, is_in_catalogue boolean
);
insert into marts.fct_offer_variants values
    ('shirt', 'shirts', 'M', 'white', 2, 4, 1000, 0.25, null, null, true),
    ('shirt-l', 'shirts', 'L', 'white', 3, 1, 1000, 0.25, null, null, true),
    ('shirt-s', 'shirts', 'S', 'white', 1, 9, 1000, 0.25, null, null, true),
    ('shirt-blue', 'shirts', 'M', 'blue', 2, 9, 1000, 0.25, null, null, true);
create table marts.fct_offer_kinds (
    offer_kind_code varchar, accept_probability double, freight_amount bigint,
    second_return_line_amount bigint, second_return_unit_amount bigint, saved_refund_amount bigint
);
insert into marts.fct_offer_kinds values
    ('next_size', 0.5, 500, 800, 200, 300), ('second_size', 0.25, 500, 800, 200, 300),
    ('other_colour', 0.25, 500, 800, 200, 300), ('other_variant', null, 500, 800, 200, 300);
create table marts.fct_order_terms (
    order_id varchar, policy_id varchar, member_tier_name varchar, is_policy_shown boolean
);
insert into marts.fct_order_terms values
    ('member', 'standard', 'gold', true), ('hidden', 'standard', null, false);
create table marts.rpt_reason_labels (
    reason_code varchar, fault_side_code varchar, is_size_reason boolean,
    size_direction_code varchar
);
insert into marts.rpt_reason_labels values
    ('size_small', 'customer', true, 'small'), ('defect', 'seller', false, null),
    ('LOOK.COLOR', 'customer', false, null), ('damaged', 'carrier', false, null);
create table marts.rpt_disposition_rules (
    grade_code varchar, reason_side_code varchar, resolution_code varchar,
    stock_action_code varchar, refund_ratio double, next_action_code varchar, message_ja varchar,
    message_en varchar
);
create table marts.fct_return_lines (
    return_line_id varchar, decision_code varchar, requested_count bigint
);
create table marts.fct_return_decisions (
    return_line_id varchar, order_line_id varchar, event_date date, requested_at timestamp
);
"""
LINE = (
    "insert into marts.fct_order_lines"
    " values (?, ?, ?, ?, 'till', 2, ?, ?, null, null, ?, ?, ?, 4001)"
)
DAYS = ("2026-09-01", "2026-09-02", "2026-09-04")
# Order line, order, customer, SKU, whether its delivery is estimated, on sale.
LINES = (
    ("plain", "plain", "C-1", "shirt", False, None),
    ("member", "member", "C-2", "shirt", False, False),
    ("hidden", "hidden", "C-3", "shirt", True, None),
    ("socks", "plain", "C-1", "socks", False, True),
)
# C-1 asked for one of two on the 10th, C-2 on the 90th and 91st day before 2026-12-03.
ASKED = (
    ("R-1", "plain", "approved", 1, "2026-09-10", "2026-09-10 01:00:00"),
    ("R-2", "member", "denied", 2, "2026-09-04", "2026-09-04 01:00:00"),
    ("R-3", "member", "approved", 1, "2026-09-03", "2026-09-03 01:00:00"),
)


def publish_deciding_shop(folder: Path, *, version: str = "v1") -> Path:
    """Make a shop that knows ``LINES`` and publish it."""
    shop = make_small_shop(folder)
    publish_rules(shop, version=version)
    return shop


def write_dispositions(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the shipped table of what becomes of a graded unit."""
    with SHIPPED_DISPOSITIONS.open(encoding="utf-8", newline="") as file:
        rows = [list(row.values()) for row in csv.DictReader(file)]
    places = ", ".join("?" for _ in rows[0])
    connection.executemany(f"insert into marts.rpt_disposition_rules values ({places})", rows)


def publish_rules(shop: Path, *, version: str, effect: str | None = None) -> None:
    """Publish another version; ``effect`` stands for the effect of every rule."""
    place = ShopFolder(shop)
    place.make_folders()
    with contextlib.suppress(FileNotFoundError):
        place.serving_database.unlink()
    with duckdb.connect(str(place.serving_database)) as connection:
        connection.execute(MARTS)
        for line, order, customer, sku, is_estimated, is_sale in LINES:
            hashed = hash_customer(customer, key=KEY)
            connection.execute(LINE, [line, order, hashed, sku, is_estimated, is_sale, *DAYS])
        for key, line, decision, count, day, moment in ASKED:
            connection.execute(
                "insert into marts.fct_return_lines values (?, ?, ?)", [key, decision, count]
            )
            connection.execute(
                "insert into marts.fct_return_decisions values (?, ?, ?, ?)",
                [key, line, day, moment],
            )
        write_dispositions(connection)
        columns = ", ".join(f"{name} varchar" for name in RULE_COLUMNS)
        connection.execute(f"create temp table policy_rules ({columns})")
        insert_rules(connection, read_policy_rules(SHIPPED_RULES), schema="temp")
        rules = render_rules("policy_rules")
        connection.execute(f"create table marts.rpt_policy_rules as {rules}")
        if effect:
            connection.execute("update marts.rpt_policy_rules set effect_code = ?", [effect])
    publish(shop, run_id=version, as_of="2026-10-31", tests=CheckCounts(passed=3), models=2)
